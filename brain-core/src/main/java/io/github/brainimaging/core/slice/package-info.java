/**
 * A model of slices on a volume: which slices are asked ({@link
 * io.github.brainimaging.core.slice.SliceSampling}), and what becomes of their answers ({@link
 * io.github.brainimaging.core.slice.SliceRule}).
 */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.core.slice;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

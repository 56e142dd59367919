/** Transforms of the pixel grid: crop, pad, resize. */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.core.transform.spatial;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

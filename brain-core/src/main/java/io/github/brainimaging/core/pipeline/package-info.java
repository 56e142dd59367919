/**
 * The fluent pipeline and the two interfaces it knows, {@link
 * io.github.brainimaging.core.pipeline.Classifier} and {@link
 * io.github.brainimaging.core.pipeline.Segmenter}.
 */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.core.pipeline;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

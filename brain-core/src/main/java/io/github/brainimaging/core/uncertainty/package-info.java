/**
 * How sure an answer is, from several runs of the same question. {@link
 * io.github.brainimaging.core.uncertainty.Ensemble} asks several models, {@link
 * io.github.brainimaging.core.uncertainty.TestTimeAugmentation} one model about changed copies of
 * the image. Both are classifiers and segmenters themselves, which any pipeline takes; what they
 * found out is told by {@link io.github.brainimaging.core.inference.Prediction#uncertainty} and
 * {@link io.github.brainimaging.core.inference.Segmentation#uncertainty}.
 */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.core.uncertainty;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

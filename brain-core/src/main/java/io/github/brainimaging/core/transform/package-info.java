/**
 * Deterministic steps from image to image ({@link io.github.brainimaging.core.transform.Transform})
 * or volume to volume ({@link io.github.brainimaging.core.transform.VolumeTransform}). One small
 * class per step: gray values in {@code transform.intensity}, size and place in {@code
 * transform.spatial}, volumes in {@code geometry}.
 *
 * <p>A step never changes its input, is safe to share between threads, and keeps pixel size,
 * modality and nominal maximum unless it says otherwise. Steps are given to a pipeline, or joined:
 *
 * <pre>{@code
 * Transform prepare = CropToForeground.withDefaults().then(ZScore.ofImage());
 * MedicalImage prepared = prepare.apply(image);
 * }</pre>
 */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.core.transform;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

/**
 * The contracts that everything else meets, and their results: a {@link
 * io.github.brainimaging.core.inference.Classifier} gives a {@link
 * io.github.brainimaging.core.inference.Prediction}, a {@link
 * io.github.brainimaging.core.inference.Segmenter} a {@link
 * io.github.brainimaging.core.inference.Segmentation}; for volumes {@link
 * io.github.brainimaging.core.inference.VolumeClassifier} and {@link
 * io.github.brainimaging.core.inference.VolumeSegmenter}. Knows images only: no file, no engine.
 */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.core.inference;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

/**
 * The contracts that everything else meets, and their results: a {@link
 * io.github.brainimaging.core.inference.Classifier} gives a {@link
 * io.github.brainimaging.core.inference.Prediction}, a {@link
 * io.github.brainimaging.core.inference.Segmenter} a {@link
 * io.github.brainimaging.core.inference.Segmentation}; for volumes {@link
 * io.github.brainimaging.core.inference.VolumeClassifier} and {@link
 * io.github.brainimaging.core.inference.VolumeSegmenter}. Knows images only: no file, no engine.
 *
 * <p>A prediction tells the probability of each label, which labels mean a tumor, and by {@link
 * io.github.brainimaging.core.inference.Assessment} whether the model should have been asked at
 * all: out of its domain no class is claimed. Whoever implements a contract meets the rest of the
 * library; results are immutable.
 *
 * <pre>{@code
 * Segmenter bright = slice ->
 *     new Segmentation(Mask.above(slice, 200), slice.spacing(), OptionalDouble.empty());
 * Segmentation found = bright.segment(image);
 * System.out.println(found.mask().count() + " pixels");
 * }</pre>
 */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.core.inference;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

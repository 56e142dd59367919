/**
 * How good answers are: {@code classification}, {@code segmentation}, {@code significance} of the
 * difference between models, {@code parity} with another program. This package has what they share:
 * {@link io.github.brainimaging.core.evaluation.ConfidenceInterval} and the bootstrap tell how far
 * a figure can be trusted.
 *
 * <p>Results print themselves as tables. Truth is named in the call, since two masks in the wrong
 * order look right. Intervals and p values, but those of the bootstrap, need {@code
 * org.apache.commons:commons-statistics-distribution}, which an application that wants them adds.
 *
 * <pre>{@code
 * Mask truth = Mask.above(image, 200), found = Mask.above(image, 180);
 * SegmentationEvaluation score = SegmentationEvaluation.ofTruth(truth).against(found);
 * System.out.println("Dice " + score.dice() + ", HD95 " + score.hausdorff95());
 * System.out.println("right: " + ConfidenceInterval.jeffreys(90, 100, 0.95));
 * }</pre>
 */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.core.evaluation;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

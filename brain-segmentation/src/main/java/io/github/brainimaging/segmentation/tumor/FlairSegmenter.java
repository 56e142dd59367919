package io.github.brainimaging.segmentation.tumor;

import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.Spacing;
import io.github.brainimaging.core.inference.Classifier;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.inference.Segmentation;
import io.github.brainimaging.core.inference.Segmenter;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.internal.LogOdds;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Finds a lesion on FLAIR by two opinions that know nothing of each other: {@link TumorSegmenter},
 * which looks for what is brighter than the brain, and a segmenter that has learned on another
 * sequence, such as a network for contrast-enhanced T1. What either of them finds is the region.
 *
 * <p>Whether there is a lesion at all is told by both: the logarithm of its odds is that of the
 * first's confidence plus half of that of the second's, who has seen no FLAIR and says nothing
 * where it finds nothing; {@link #withPresence a third} can be asked. Below {@link #withMinimum the
 * minimum} nothing is found, with a remark. The half and the minimum were chosen on the FLAIR
 * slices of 25 patients: docs/segmentation.md.
 *
 * <p>Immutable and as safe to share between threads as the second segmenter, which stays its
 * owner's to close.
 *
 * @since 0.1.0
 */
public final class FlairSegmenter implements Segmenter {

  /** Leaves 86 % of the slices without a lesion of the 25 patients empty. */
  private static final double DEFAULT_MINIMUM = 0.45;

  /** Draws in 4 % of the slices of healthy older adults. */
  private static final double MINIMUM_OF_THREE = 0.73;

  private static final double SECOND_WEIGHT = 0.5;

  /** Confidences are no nearer to 0 and 1 than this. */
  private static final double LEAST = 1e-3;

  private final TumorSegmenter bright = TumorSegmenter.ofMinimumScore(0);
  private final Segmenter learned;
  private final @Nullable Classifier presence;
  private final OptionalDouble chosen;

  private FlairSegmenter(Segmenter learned, @Nullable Classifier presence, OptionalDouble chosen) {
    this.learned = Objects.requireNonNull(learned, "learned");
    this.presence = presence;
    this.chosen = chosen;
  }

  private double minimum() {
    return chosen.orElse(presence == null ? DEFAULT_MINIMUM : MINIMUM_OF_THREE);
  }

  /**
   * A segmenter that finds what is about as likely a lesion as not.
   *
   * @param learned the second opinion, whose findings tell their confidence
   * @return the segmenter
   */
  public static FlairSegmenter of(Segmenter learned) {
    return new FlairSegmenter(learned, null, OptionalDouble.empty());
  }

  /**
   * The same with another minimum.
   *
   * @param probability 0 (whatever is found) to 1; 0.45 by default, 0.73 with a third opinion
   * @return a new segmenter
   * @throws IllegalArgumentException if it is out of range
   */
  public FlairSegmenter withMinimum(double probability) {
    return new FlairSegmenter(
        learned, presence, OptionalDouble.of(Arguments.requireShare("minimum", probability)));
  }

  /**
   * The same with a third opinion, on whether the slice holds a tumor at all: the log-odds of both
   * segmenters and its own are added. Without one, every bright spot of a healthy head may be
   * drawn.
   *
   * @param classifier asked for its {@link Prediction#tumorProbability}, where the segmenters find
   *     something; stays the caller's to close
   * @return a new segmenter, whose minimum is 0.73 unless another was chosen
   */
  public FlairSegmenter withPresence(Classifier classifier) {
    return new FlairSegmenter(learned, Objects.requireNonNull(classifier, "classifier"), chosen);
  }

  /**
   * What either of both finds.
   *
   * @param image a FLAIR slice, gray or in color
   * @return the region, with the probability that it is a lesion for its confidence, and the
   *     remarks of both
   */
  @Override
  public Segmentation segment(MedicalImage image) {
    Segmentation first = bright.segment(image);
    Segmentation second = learned.segment(image);
    Mask both = union(first.mask(), second.mask());
    Spacing spacing = image.spacing();
    if (both.isEmpty()) {
      return told(both, spacing, OptionalDouble.empty(), first, second);
    }
    double evidence =
        LogOdds.of(first.confidence().orElse(0), LEAST)
            + (second.confidence().isPresent()
                ? SECOND_WEIGHT * LogOdds.of(second.confidence().getAsDouble(), LEAST)
                : 0)
            + (presence == null
                ? 0
                : LogOdds.of(presence.classify(image).tumorProbability(), LEAST));
    double probability = LogOdds.probability(evidence);
    Segmentation found = told(both, spacing, OptionalDouble.of(probability), first, second);
    double minimum = minimum();
    return probability >= minimum
        ? found
        : found.leaving(
            Mask.empty(both.width(), both.height()),
            String.format(
                Locale.ROOT,
                "left out %d px: a lesion on FLAIR with a probability of %.2f, at least %.2f",
                both.count(),
                probability,
                minimum));
  }

  private static Segmentation told(
      Mask mask,
      Spacing spacing,
      OptionalDouble confidence,
      Segmentation first,
      Segmentation second) {
    List<String> remarks = new ArrayList<>(first.remarks());
    remarks.addAll(second.remarks());
    return new Segmentation(mask, spacing, confidence, remarks, Optional.empty());
  }

  private static Mask union(Mask a, Mask b) {
    boolean[] inside = a.toArray();
    boolean[] other = b.toArray();
    for (int i = 0; i < inside.length; i++) {
      inside[i] |= other[i];
    }
    return Mask.wrap(a.width(), a.height(), inside);
  }

  /** All settings. */
  @Override
  public String toString() {
    return "FlairSegmenter["
        + learned
        + (presence == null ? "" : ", " + presence)
        + ", minimum="
        + minimum()
        + "]";
  }
}

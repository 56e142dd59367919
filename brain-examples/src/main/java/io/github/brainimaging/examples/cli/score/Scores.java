package io.github.brainimaging.examples.cli.score;

import io.github.brainimaging.core.evaluation.segmentation.DiceFigures;
import io.github.brainimaging.core.evaluation.segmentation.Overlap;
import io.github.brainimaging.core.evaluation.segmentation.SegmentationEvaluation;
import io.github.brainimaging.core.evaluation.segmentation.SegmentationSummary;
import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.Percentiles;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.inference.Segmentation;
import io.github.brainimaging.core.report.CaseSheet;
import io.github.brainimaging.examples.cli.file.Terminal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.PriorityQueue;

/**
 * Masks against the truth: what shows something by overlap and distance, the rest by whether
 * nothing was found. Of images, the slices of one folder also count as the volume of a patient.
 */
public final class Scores {

  private static final int WORST = 10;
  private static final String IMAGES = "images";

  /** A case, and what its segmenter thought of the mask where it said so. */
  record Scored(
      String name,
      SegmentationEvaluation evaluation,
      OptionalDouble expected,
      OptionalDouble agreement) {}

  private record Shown(double dice, CaseSheet.Case pictures) {

    /** The lowest Dice first; of equal ones, such as the 0 of what was missed, the largest. */
    static final Comparator<Shown> WORST_FIRST =
        Comparator.comparingDouble(Shown::dice)
            .thenComparing(
                shown -> shown.pictures.truth().count() + shown.pictures.found().count(),
                Comparator.reverseOrder());
  }

  /** Not a map: two folders may hold a file of the same name. */
  private final List<Scored> cases = new ArrayList<>();

  /** Those with the lowest Dice, the best of them first: only their images stay in memory. */
  private final PriorityQueue<Shown> worst = new PriorityQueue<>(Shown.WORST_FIRST.reversed());

  private final List<String> failures = new ArrayList<>();
  private final String noun;
  private int withoutTruth;

  private Scores(String noun) {
    this.noun = noun;
  }

  static Scores ofImages() {
    return new Scores(IMAGES);
  }

  static Scores ofVolumes() {
    return new Scores("volumes");
  }

  /** Scores an image, and gives its pictures. */
  CaseSheet.Case add(String name, MedicalImage image, Mask truth, Segmentation found) {
    SegmentationEvaluation evaluation =
        SegmentationEvaluation.ofTruth(truth, found.spacing()).against(found.mask());
    OptionalDouble agreement =
        found
            .uncertainty()
            .map(u -> OptionalDouble.of(u.agreement()))
            .orElse(OptionalDouble.empty());
    cases.add(new Scored(name, evaluation, found.expectedDice(), agreement));
    return show(evaluation, new CaseSheet.Case(name, image, truth, found.mask()));
  }

  /**
   * Scores a volume, and gives the pictures of one slice.
   *
   * @throws IllegalArgumentException if the truth does not lie on the grid of the volume
   */
  CaseSheet.Case add(String name, MedicalVolume volume, VolumeMask truth, VolumeMask found) {
    if (!truth.grid().matches(found.grid())) {
      throw new IllegalArgumentException(
          "the true mask lies on another grid: "
              + truth.grid()
              + ", the volume on "
              + found.grid());
    }
    // A mask that tells no spacing has that of its volume.
    VolumeMask placed = VolumeMask.of(found.grid(), truth.toArray());
    SegmentationEvaluation evaluation = SegmentationEvaluation.ofTruth(placed).against(found);
    cases.add(new Scored(name, evaluation, OptionalDouble.empty(), OptionalDouble.empty()));
    return show(evaluation, CaseSheet.Case.of(name, volume, placed, found));
  }

  private CaseSheet.Case show(SegmentationEvaluation evaluation, CaseSheet.Case pictures) {
    String caption =
        String.format(
            Locale.ROOT, "Dice %.3f  %s", evaluation.dice(), Terminal.plain(pictures.caption()));
    CaseSheet.Case shown =
        new CaseSheet.Case(caption, pictures.image(), pictures.truth(), pictures.found());
    // Of what shows nothing, what was found there all the same.
    if (!evaluation.overlap().truthEmpty() || !evaluation.overlap().predictionEmpty()) {
      worst.add(new Shown(evaluation.dice(), shown));
      if (worst.size() > WORST) {
        worst.remove();
      }
    }
    return shown;
  }

  boolean areOfImages() {
    return noun.equals(IMAGES);
  }

  /** Whether nothing was scored, or should have been. */
  boolean isEmpty() {
    return cases.isEmpty() && failures.isEmpty() && withoutTruth == 0;
  }

  /** An input whose true mask cannot be read or is no mask of it. */
  void addFailure(String name, String error) {
    failures.add(name + ": " + error);
  }

  void addWithoutTruth() {
    withoutTruth++;
  }

  List<String> failures() {
    return Collections.unmodifiableList(failures);
  }

  int withoutTruth() {
    return withoutTruth;
  }

  List<Scored> cases() {
    return Collections.unmodifiableList(cases);
  }

  /** The ten cases with the lowest Dice, false finds among them, the lowest first. */
  List<CaseSheet.Case> worst() {
    return worst.stream().sorted(Shown.WORST_FIRST).map(Shown::pictures).toList();
  }

  SegmentationSummary where(boolean truthEmpty) {
    return SegmentationSummary.of(
        cases.stream()
            .map(Scored::evaluation)
            .filter(c -> c.overlap().truthEmpty() == truthEmpty)
            .toList());
  }

  /**
   * Of each folder with several slices, the Dice of all of them taken together; in a flat folder
   * nothing tells which slices belong together. Empty for volumes.
   */
  Map<String, Double> volumes() {
    List<String> folders = new ArrayList<>();
    List<Overlap> overlaps = new ArrayList<>();
    for (Scored c : cases) {
      int slash = c.name.lastIndexOf('/');
      if (slash >= 0 && areOfImages()) {
        folders.add(c.name.substring(0, slash));
        overlaps.add(c.evaluation.overlap());
      }
    }
    Map<String, Double> dice = new LinkedHashMap<>();
    DiceFigures.byPatient(folders, overlaps)
        .forEach(
            (folder, all) -> {
              if (Collections.frequency(folders, folder) > 1) {
                dice.put(folder, all.dice());
              }
            });
    return dice;
  }

  /**
   * How well the segmenter's own estimates rank the cases with a true region by their Dice:
   * Spearman's correlations; empty where it gave none.
   */
  Map<String, Double> predicted() {
    List<Scored> known =
        cases.stream()
            .filter(c -> c.expected.isPresent() && !c.evaluation.overlap().truthEmpty())
            .toList();
    Map<String, Double> correlations = new LinkedHashMap<>();
    if (known.size() > 1) {
      double[] dice = known.stream().mapToDouble(c -> c.evaluation.dice()).toArray();
      double[] expected = known.stream().mapToDouble(c -> c.expected.orElseThrow()).toArray();
      double[] agreement = known.stream().mapToDouble(c -> c.agreement.orElseThrow()).toArray();
      correlations.put("expectedDice", RankCorrelation.of(expected, dice));
      correlations.put("agreement", RankCorrelation.of(agreement, dice));
    }
    return correlations;
  }

  /** All groups, one after the other. */
  @Override
  public String toString() {
    SegmentationSummary negatives = where(true);
    StringBuilder text =
        new StringBuilder(
            String.format(
                Locale.ROOT,
                "%n%s with a true region:%n%s%nWithout one: %d, of which nothing was found in %d"
                    + " (false lesions: %d)",
                Character.toUpperCase(noun.charAt(0)) + noun.substring(1),
                where(false),
                negatives.count(),
                negatives.bothEmpty(),
                negatives.lesions().predictedLesions()));
    double[] volumes = volumes().values().stream().mapToDouble(d -> d).sorted().toArray();
    if (volumes.length > 0) {
      text.append(
          String.format(
              Locale.ROOT,
              "%nVolumes (all slices of a folder together): %d, mean Dice %.4f, median %.4f",
              volumes.length,
              Arrays.stream(volumes).average().orElse(Double.NaN),
              Percentiles.inSorted(volumes, 50)));
    }
    predicted()
        .forEach(
            (name, value) ->
                text.append(
                    String.format(
                        Locale.ROOT, "%nRank correlation of %s with the Dice: %.3f", name, value)));
    if (withoutTruth > 0) {
      text.append(String.format(Locale.ROOT, "%nNo true mask for %d %s", withoutTruth, noun));
    }
    for (String failure : failures) {
      text.append(String.format("%nFAILED to score %s", Terminal.plain(failure)));
    }
    return text.toString();
  }
}

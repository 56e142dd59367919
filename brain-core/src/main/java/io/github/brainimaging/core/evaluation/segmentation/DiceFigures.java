package io.github.brainimaging.core.evaluation.segmentation;

import io.github.brainimaging.core.image.Percentiles;
import io.github.brainimaging.core.internal.Arguments;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Dice coefficients of a segmenter: per image with a tumor, per patient over all slices together
 * (where a patient has several), and how often nothing is found where nothing is.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param count number of images
 * @param byName {@code meanDice} and {@code medianDice} of the images with a tumor, {@code
 *     meanPatientDice} and {@code medianPatientDice}, {@code emptyLeftEmpty}, the share of the
 *     images without a tumor in which nothing was found; what is undefined is left out
 * @since 0.1.0
 */
public record DiceFigures(int count, Map<String, Double> byName) {

  /**
   * Measures.
   *
   * @param patients for every image, whose it is
   * @param overlaps for every image, the overlap with the truth
   * @return the figures
   * @throws IllegalArgumentException if the lists differ in length
   */
  public static DiceFigures of(List<String> patients, List<Overlap> overlaps) {
    Map<String, Overlap> byPatient = byPatient(patients, overlaps);
    List<Double> dice = new ArrayList<>();
    int without = 0;
    int leftEmpty = 0;
    for (Overlap overlap : overlaps) {
      if (!overlap.truthEmpty()) {
        dice.add(overlap.dice());
      } else {
        without++;
        leftEmpty += overlap.predictionEmpty() ? 1 : 0;
      }
    }
    Map<String, Double> figures = new LinkedHashMap<>();
    if (!dice.isEmpty()) {
      figures.put("meanDice", mean(dice));
      figures.put("medianDice", median(dice));
    }
    if (byPatient.size() < overlaps.size()) {
      List<Double> volumes = byPatient.values().stream().map(Overlap::dice).toList();
      figures.put("meanPatientDice", mean(volumes));
      figures.put("medianPatientDice", median(volumes));
    }
    if (without > 0) {
      figures.put("emptyLeftEmpty", (double) leftEmpty / without);
    }
    return new DiceFigures(overlaps.size(), figures);
  }

  /**
   * The overlap of each patient's slices taken together: its Dice is that of the volume, not the
   * mean of the slices'.
   *
   * @param patients for every slice, whose it is
   * @param overlaps for every slice, the overlap with the truth
   * @return patient to sum, in the order in which the patients occur
   * @throws IllegalArgumentException if the lists differ in length
   * @throws ArithmeticException if a sum is above the largest int
   */
  public static Map<String, Overlap> byPatient(List<String> patients, List<Overlap> overlaps) {
    Arguments.require(
        patients.size() == overlaps.size(),
        "patients must be one for each of %s overlaps, got %s",
        overlaps.size(),
        patients.size());
    Map<String, Overlap> sums = new LinkedHashMap<>();
    for (int i = 0; i < patients.size(); i++) {
      sums.merge(patients.get(i), overlaps.get(i), Overlap::plus);
    }
    return sums;
  }

  private static double mean(Collection<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
  }

  private static double median(Collection<Double> values) {
    return Percentiles.inSorted(
        values.stream().mapToDouble(Double::doubleValue).sorted().toArray(), 50);
  }

  /** One figure a line. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(count + " images\n");
    byName.forEach(
        (name, value) -> text.append(String.format(Locale.ROOT, "%-20s %.4f%n", name, value)));
    return text.toString();
  }
}

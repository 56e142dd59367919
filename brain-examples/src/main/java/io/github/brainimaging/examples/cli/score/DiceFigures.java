package io.github.brainimaging.examples.cli.score;

import io.github.brainimaging.core.data.ImageMaskPairs;
import io.github.brainimaging.core.evaluation.segmentation.Overlap;
import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.inference.Segmenter;
import io.github.brainimaging.core.io.MedicalImageReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Dice coefficients of a segmenter: per image with a tumor, per patient over all slices together
 * (where a patient has several), and how often nothing is found where nothing is.
 *
 * @param count number of images
 * @param byName measure to value, NaN left out
 */
public record DiceFigures(int count, Map<String, Double> byName) {

  public static DiceFigures measure(ImageMaskPairs pairs, Segmenter segmenter) throws IOException {
    MedicalImageReader reader = MedicalImageReader.withDefaults();
    Map<String, Overlap> patients = new LinkedHashMap<>();
    List<Double> dice = new ArrayList<>();
    int without = 0;
    int leftEmpty = 0;
    for (ImageMaskPairs.Pair pair : pairs.pairs()) {
      Mask found = segmenter.segment(reader.read(pair.image())).mask();
      Overlap overlap = Overlap.of(pairs.reader().read(pair.mask()), found);
      patients.merge(pair.group(), overlap, DiceFigures::sum);
      if (!overlap.truthEmpty()) {
        dice.add(overlap.dice());
      } else {
        without++;
        leftEmpty += found.isEmpty() ? 1 : 0;
      }
    }
    Map<String, Double> figures = new LinkedHashMap<>();
    if (!dice.isEmpty()) {
      figures.put("meanDice", mean(dice));
      figures.put("medianDice", median(dice));
    }
    if (patients.size() < pairs.pairs().size()) {
      List<Double> volumes = patients.values().stream().map(Overlap::dice).toList();
      figures.put("meanPatientDice", mean(volumes));
      figures.put("medianPatientDice", median(volumes));
    }
    if (without > 0) {
      figures.put("emptyLeftEmpty", (double) leftEmpty / without);
    }
    return new DiceFigures(pairs.pairs().size(), figures);
  }

  private static Overlap sum(Overlap a, Overlap b) {
    return new Overlap(
        a.truePositives() + b.truePositives(),
        a.falsePositives() + b.falsePositives(),
        a.falseNegatives() + b.falseNegatives());
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int n = sorted.size();
    return (sorted.get((n - 1) / 2) + sorted.get(n / 2)) / 2;
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

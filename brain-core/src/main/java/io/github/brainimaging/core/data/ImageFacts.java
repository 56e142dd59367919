package io.github.brainimaging.core.data;

import io.github.brainimaging.core.data.DataSet.LabeledFile;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.Percentiles;
import io.github.brainimaging.core.internal.Moments;
import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.core.transform.intensity.Grayscale;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an inspection keeps of an image.
 *
 * @param image the file, its class and group
 * @param width columns
 * @param height rows
 * @param fingerprint what tells copies
 * @param gray ten statistics of its gray values, in the order of {@link #GRAY}
 */
record ImageFacts(
    LabeledFile image, int width, int height, ImageFingerprint fingerprint, List<Double> gray) {

  /** The statistics; "dark" is the share of pixels at a tenth of the 95th percentile or below. */
  static final List<String> GRAY =
      List.of(
          "mean", "deviation", "skewness", "kurtosis", "p5", "p25", "median", "p75", "p95", "dark");

  private static final double[] PERCENTS = {5, 25, 50, 75, 95};

  /** The facts of all files that can be read, in their order; why others cannot be. */
  record Read(List<ImageFacts> facts, Map<Path, String> unreadable) {

    List<ImageFingerprint> fingerprints() {
      return facts.stream().map(ImageFacts::fingerprint).toList();
    }

    DataSet of(DataSet data) {
      return data.without(unreadable.keySet());
    }
  }

  static Read read(DataSet data) {
    MedicalImageReader reader = MedicalImageReader.withDefaults();
    List<Object> all =
        data.images().parallelStream()
            .map(
                image -> {
                  try {
                    return (Object) of(image, reader.read(image.file()));
                  } catch (IOException e) {
                    return Map.entry(image.file(), String.valueOf(e.getMessage()));
                  }
                })
            .toList();
    List<ImageFacts> facts = new ArrayList<>();
    Map<Path, String> unreadable = new TreeMap<>();
    for (Object each : all) {
      if (each instanceof ImageFacts found) {
        facts.add(found);
      } else if (each instanceof Map.Entry<?, ?> failed) {
        unreadable.put((Path) failed.getKey(), (String) failed.getValue());
      }
    }
    return new Read(facts, unreadable);
  }

  private static ImageFacts of(LabeledFile file, MedicalImage image) {
    return new ImageFacts(
        file,
        image.width(),
        image.height(),
        ImageFingerprint.of(image),
        statistics(Grayscale.bt601().apply(image).samples()));
  }

  /** Of a constant image skewness and kurtosis are 0. */
  static List<Double> statistics(float[] samples) {
    double[] sorted = new double[samples.length];
    Arrays.setAll(sorted, i -> samples[i]);
    Arrays.sort(sorted);
    Moments moments = Moments.of(sorted);
    List<Double> found = new ArrayList<>();
    found.add(moments.mean());
    found.add(moments.deviation());
    found.add(moments.skewness());
    found.add(moments.kurtosis());
    for (double percent : PERCENTS) {
      found.add(Percentiles.ofSorted(sorted, percent));
    }
    double dark = found.get(found.size() - 1) / 10;
    found.add((double) Arrays.stream(sorted).filter(v -> v <= dark).count() / sorted.length);
    return found;
  }
}

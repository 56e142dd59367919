package io.github.brainimaging.core.data;

import io.github.brainimaging.core.data.DataSet.LabeledFile;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.Percentiles;
import io.github.brainimaging.core.internal.Moments;
import io.github.brainimaging.core.transform.intensity.Grayscale;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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

  static ReadImages<ImageFacts> read(DataSet data) {
    return ReadImages.of(data, ImageFacts::of);
  }

  Duplicates.Candidate candidate() {
    return new Duplicates.Candidate(image.file(), fingerprint);
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
      found.add(Percentiles.inSorted(sorted, percent));
    }
    double dark = found.get(found.size() - 1) / 10;
    found.add((double) Arrays.stream(sorted).filter(v -> v <= dark).count() / sorted.length);
    return found;
  }
}

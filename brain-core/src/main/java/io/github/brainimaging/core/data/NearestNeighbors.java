package io.github.brainimaging.core.data;

import java.util.Arrays;
import java.util.List;

/** The class of most of the five nearest images, by standardized gray-value statistics. */
final class NearestNeighbors {

  private static final int COUNT = 5;

  private final double[] mean;
  private final double[] deviation;
  private final double[][] known;
  private final int[] labels;

  private NearestNeighbors(double[] mean, double[] deviation, List<ImageFacts> images) {
    this.mean = mean;
    this.deviation = deviation;
    this.known = images.stream().map(each -> standardized(each.gray())).toArray(double[][]::new);
    this.labels = images.stream().mapToInt(each -> each.image().label()).toArray();
  }

  static NearestNeighbors of(List<ImageFacts> images) {
    double[] mean = new double[ImageFacts.GRAY.size()];
    double[] deviation = new double[mean.length];
    for (int i = 0; i < mean.length; i++) {
      int at = i;
      mean[i] = images.stream().mapToDouble(f -> f.gray().get(at)).average().orElse(0);
      deviation[i] =
          Math.sqrt(
              images.stream()
                  .mapToDouble(f -> Math.pow(f.gray().get(at) - mean[at], 2))
                  .average()
                  .orElse(0));
    }
    return new NearestNeighbors(mean, deviation, images);
  }

  private double[] standardized(List<Double> gray) {
    double[] values = new double[mean.length];
    Arrays.setAll(values, i -> deviation[i] == 0 ? 0 : (gray.get(i) - mean[i]) / deviation[i]);
    return values;
  }

  /** Of classes with as many neighbors, that of the nearest. */
  int label(List<Double> gray) {
    double[] asked = standardized(gray);
    int count = Math.min(COUNT, labels.length);
    double[] nearest = new double[count];
    int[] owners = new int[count];
    Arrays.fill(nearest, Double.POSITIVE_INFINITY);
    for (int i = 0; i < known.length; i++) {
      double distance = 0;
      for (int k = 0; k < asked.length; k++) {
        distance += (asked[k] - known[i][k]) * (asked[k] - known[i][k]);
      }
      if (distance < nearest[count - 1]) {
        int at = count - 1;
        while (at > 0 && nearest[at - 1] > distance) {
          nearest[at] = nearest[at - 1];
          owners[at] = owners[at - 1];
          at--;
        }
        nearest[at] = distance;
        owners[at] = labels[i];
      }
    }
    int best = owners[0];
    for (int owner : owners) {
      best = votes(owners, owner) > votes(owners, best) ? owner : best;
    }
    return best;
  }

  private static long votes(int[] owners, int label) {
    return Arrays.stream(owners).filter(owner -> owner == label).count();
  }
}

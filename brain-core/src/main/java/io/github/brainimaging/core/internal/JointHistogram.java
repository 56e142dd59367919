package io.github.brainimaging.core.internal;

/**
 * How often each pair of gray levels occurs in two images; entropies in bits. Not for several
 * threads at once.
 */
public final class JointHistogram {

  private final int levels;
  private final double[] counts;

  /**
   * An empty histogram.
   *
   * @param levels number of gray levels of each image, positive
   */
  public JointHistogram(int levels) {
    this.levels = levels;
    this.counts = new double[levels * levels];
  }

  /**
   * Counts a pair.
   *
   * @param first level in the first image, 0 to levels - 1
   * @param second level in the second image, 0 to levels - 1
   * @param weight how much it counts, not negative
   */
  public void add(int first, int second, double weight) {
    counts[first * levels + second] += weight;
  }

  /**
   * The entropies {@code -sum p log2 p}.
   *
   * @return those of the first image, of the second and of both together
   */
  public Entropies entropies() {
    double[] ofFirst = new double[levels];
    double[] ofSecond = new double[levels];
    for (int i = 0; i < counts.length; i++) {
      ofFirst[i / levels] += counts[i];
      ofSecond[i % levels] += counts[i];
    }
    return new Entropies(entropy(ofFirst), entropy(ofSecond), entropy(counts));
  }

  private static double entropy(double[] counts) {
    double total = 0;
    double sum = 0;
    for (double count : counts) {
      if (count > 0) {
        total += count;
        sum += count * Math.log(count);
      }
    }
    return total > 0 ? (Math.log(total) - sum / total) / Math.log(2) : 0;
  }

  /**
   * Entropies of two images in bits.
   *
   * @param first of the first image
   * @param second of the second image
   * @param joint of both together
   */
  public record Entropies(double first, double second, double joint) {

    /**
     * What one image tells of the other.
     *
     * @return {@code first + second - joint}, 0 or more
     */
    public double mutualInformation() {
      return first + second - joint;
    }

    /**
     * Mutual information that does not grow with the overlap (Studholme 1999).
     *
     * @return {@code (first + second) / joint}, 1 to 2; 1 if both images are constant
     */
    public double normalizedMutualInformation() {
      return joint > 0 ? (first + second) / joint : 1;
    }
  }
}

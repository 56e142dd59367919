package io.github.brainimaging.core.fusion;

/**
 * One level of the stationary wavelet transform by db2, periodic: the filters' taps lie {@code
 * 2^level} pixels apart and nothing is decimated. {@link #join} of {@link #split} is the identity.
 */
final class StationaryWavelet {

  private static final double ROOT3 = Math.sqrt(3);
  private static final double SCALE = 1 / 8.0;

  /** db2's scaling filter with a sum of 1, so that an approximation keeps the image's range. */
  private static final float[] LOW = {
    (float) (SCALE * (1 + ROOT3)),
    (float) (SCALE * (3 + ROOT3)),
    (float) (SCALE * (3 - ROOT3)),
    (float) (SCALE * (1 - ROOT3))
  };

  /** Its mirror filter. */
  private static final float[] HIGH = {LOW[3], -LOW[2], LOW[1], -LOW[0]};

  private final int distance;

  private StationaryWavelet(int distance) {
    this.distance = distance;
  }

  /** What a plane is split into. Named by the lines that a band shows. */
  record Bands(Channel approximation, Channel horizontal, Channel vertical, Channel diagonal) {}

  static StationaryWavelet atLevel(int level) {
    return new StationaryWavelet(1 << level);
  }

  Bands split(Channel plane) {
    Channel low = alongX(plane, LOW, distance);
    Channel high = alongX(plane, HIGH, distance);
    return new Bands(
        alongY(low, LOW, distance),
        alongY(low, HIGH, distance),
        alongY(high, LOW, distance),
        alongY(high, HIGH, distance));
  }

  /**
   * The transposed filters, which undo the split, since the squares of low and high pass sum to 1.
   */
  Channel join(Bands bands) {
    Channel low =
        alongY(bands.approximation(), LOW, -distance)
            .with(alongY(bands.horizontal(), HIGH, -distance), Channel.SUM);
    Channel high =
        alongY(bands.vertical(), LOW, -distance)
            .with(alongY(bands.diagonal(), HIGH, -distance), Channel.SUM);
    return alongX(low, LOW, -distance).with(alongX(high, HIGH, -distance), Channel.SUM);
  }

  private static Channel alongX(Channel plane, float[] filter, int step) {
    int width = plane.width();
    float[] from = plane.samples();
    float[] result = new float[from.length];
    for (int k = 0; k < filter.length; k++) {
      float weight = filter[k];
      int shift = Math.floorMod(k * step, width);
      for (int row = 0; row < from.length; row += width) {
        add(result, row, from, row + shift, weight, width - shift);
        add(result, row + width - shift, from, row, weight, shift);
      }
    }
    return new Channel(width, plane.height(), result);
  }

  private static Channel alongY(Channel plane, float[] filter, int step) {
    float[] from = plane.samples();
    float[] result = new float[from.length];
    for (int k = 0; k < filter.length; k++) {
      int shift = Math.floorMod(k * step, plane.height()) * plane.width();
      add(result, 0, from, shift, filter[k], from.length - shift);
      add(result, from.length - shift, from, 0, filter[k], shift);
    }
    return new Channel(plane.width(), plane.height(), result);
  }

  private static void add(float[] to, int at, float[] from, int start, float weight, int count) {
    for (int i = 0; i < count; i++) {
      to[at + i] += weight * from[start + i];
    }
  }
}

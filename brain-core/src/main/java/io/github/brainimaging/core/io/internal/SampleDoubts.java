package io.github.brainimaging.core.io.internal;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What is doubtful about the samples that a file holds: some are no numbers, all are one value, or
 * a few lie so far from all others that whatever is scaled by the range is spoiled.
 */
public final class SampleDoubts {

  /** Far: so many times the usual range from it. */
  private static final int FAR = 10;

  /** At most one sample in so many can be far from the others. */
  private static final int RARE = 10_000;

  /** The usual range is that of so many samples, without one in a thousand at either end. */
  private static final int LOOKED_AT = 10_000;

  private static final double USUAL = 0.001;

  /** Told of each sample. */
  @FunctionalInterface
  private interface Sink {
    void accept(float sample);
  }

  /** Tells all samples, one by one, since a copy of them would take as much memory again. */
  @FunctionalInterface
  private interface Samples {
    void forEach(Sink sink);
  }

  private SampleDoubts() {}

  /**
   * The image with what is doubtful about its samples among its warnings.
   *
   * @param image as decoded
   * @return the image itself if nothing is
   */
  public static MedicalImage addTo(MedicalImage image) {
    long count = (long) image.channels() * image.height() * image.width();
    // Among the 256 values of 8 bits none is far enough to spoil anything.
    boolean wide = !(image.nominalMaximum() <= 255);
    List<String> found = sentences(count, image.range(), wide, sink -> each(image, sink));
    return found.isEmpty() ? image : image.withWarnings(and(image.warnings(), found));
  }

  private static void each(MedicalImage image, Sink sink) {
    for (int c = 0; c < image.channels(); c++) {
      for (int y = 0; y < image.height(); y++) {
        for (int x = 0; x < image.width(); x++) {
          sink.accept(image.get(x, y, c));
        }
      }
    }
  }

  /**
   * The volume with what is doubtful about its samples among its warnings.
   *
   * @param volume as decoded
   * @return the volume itself if nothing is
   */
  public static MedicalVolume addTo(MedicalVolume volume) {
    long count = (long) volume.channels() * volume.grid().voxels();
    List<String> found = sentences(count, volume.range(), true, sink -> each(volume, sink));
    return found.isEmpty() ? volume : volume.withWarnings(and(volume.warnings(), found));
  }

  private static void each(MedicalVolume volume, Sink sink) {
    float[] slice = new float[volume.channels() * volume.height() * volume.width()];
    for (int z = 0; z < volume.depth(); z++) {
      volume.copySliceTo(z, slice, 0);
      for (float sample : slice) {
        sink.accept(sample);
      }
    }
  }

  private static List<String> and(List<String> told, List<String> more) {
    List<String> all = new ArrayList<>(told);
    all.addAll(more);
    return all;
  }

  private static List<String> sentences(long count, float[] range, boolean wide, Samples samples) {
    List<String> sentences = new ArrayList<>();
    Look look = new Look(count);
    samples.forEach(look);
    if (look.finite < count) {
      sentences.add(
          String.format(
              Locale.ROOT, "%d of %d samples are no numbers", count - look.finite, count));
    }
    if (look.finite > 1 && range[0] == range[1]) {
      sentences.add("all samples are " + text(range[0]));
    }
    double[] near = wide ? look.near() : new double[] {range[0], range[1]};
    if (range[0] < near[0] || range[1] > near[1]) {
      Ends ends = new Ends(near);
      samples.forEach(ends);
      long most = Math.max(1, look.finite / RARE);
      add(sentences, ends.above, most, count, "above", range[1], ends.highest);
      add(sentences, ends.below, most, count, "below", range[0], ends.lowest);
    }
    return sentences;
  }

  private static void add(
      List<String> sentences,
      long far,
      long most,
      long count,
      String side,
      float reached,
      float others) {
    if (far > 0 && far <= most) {
      sentences.add(
          String.format(
              Locale.ROOT,
              "%d of %d samples lie far %s the others, at up to %s where those end at %s",
              far,
              count,
              side,
              text(reached),
              text(others)));
    }
  }

  /** The first look: how many samples are finite, and some of those. */
  private static final class Look implements Sink {
    private final float[] some;
    private final long step;
    private long untilNext = 1;
    private long finite;
    private int looked;

    /** The step is odd, so that it does not run down a column of an even image. */
    Look(long count) {
      step = count / LOOKED_AT | 1;
      // No more than there are: a file may hold millions of volumes of a voxel.
      some = new float[(int) Math.min(count, 2 * LOOKED_AT)];
    }

    @Override
    public void accept(float sample) {
      if (Float.isFinite(sample)) {
        finite++;
        if (--untilNext == 0 && looked < some.length) {
          some[looked++] = sample;
          untilNext = step;
        }
      }
    }

    /** Beyond these ends a sample is far. All is near where the usual samples are one value. */
    double[] near() {
      Arrays.sort(some, 0, looked);
      int left = (int) Math.ceil(USUAL * looked);
      double low = looked > 2 * left ? some[left] : 0;
      double high = looked > 2 * left ? some[looked - 1 - left] : 0;
      double reach = low < high ? FAR * (high - low) : Double.POSITIVE_INFINITY;
      return new double[] {low - reach, high + reach};
    }
  }

  /** The second look, where something is far: how much, and where the others end. */
  private static final class Ends implements Sink {
    private final double[] near;
    private long below;
    private long above;
    private float lowest = Float.POSITIVE_INFINITY;
    private float highest = Float.NEGATIVE_INFINITY;

    Ends(double[] near) {
      this.near = near;
    }

    @Override
    public void accept(float sample) {
      if (!Float.isFinite(sample)) {
        return;
      }
      if (sample < near[0]) {
        below++;
      } else if (sample > near[1]) {
        above++;
      } else {
        lowest = Math.min(lowest, sample);
        highest = Math.max(highest, sample);
      }
    }
  }

  private static String text(float value) {
    return value == Math.rint(value) && Math.abs(value) < 1e7f
        ? Integer.toString((int) value)
        : Float.toString(value);
  }
}

package io.github.brainimaging.models.onnx.internal.volume;

import io.github.brainimaging.core.internal.Interrupts;
import io.github.brainimaging.models.card.VolumeCard;
import io.github.brainimaging.models.card.VolumeCard.Convention;
import java.util.Arrays;
import java.util.List;

/**
 * Covers a volume with overlapping patches and gives the mean of what a network says of them, or
 * the largest, as the network's program does. Where the volume is smaller than a patch, zeros are
 * put around it, or the values of its border.
 *
 * <p>Only as many slices as a patch has are summed at a time; what is complete is handed on.
 */
public final class SlidingWindow {

  /** Of a patch, as nnU-Net and MONAI have it. */
  private static final double SIGMA = 1 / 8.0;

  /** MONAI's least weight. */
  private static final double LEAST_WEIGHT = 1e-3;

  /** A network of patches. */
  public interface Network {
    /** Gives, for channels x patch values, labels x patch values. */
    float[] run(float[] patch);
  }

  /** Takes slices of means, in their order. */
  public interface Slices {
    /** Takes a slice: labels x height x width values, which are used again afterwards. */
    void slice(int z, float[] values);
  }

  /** The patches along one axis. */
  private static final class Axis {
    final int size;
    final int patch;

    /** How many voxels are put before the volume. */
    final int before;

    final int padded;
    final int[] starts;

    Axis(int size, int patch, VolumeCard card) {
      this.size = size;
      this.patch = patch;
      int missing = Math.max(0, patch - size);
      boolean equalEnds = card.convention() == Convention.RAIDIONICS;
      this.before = equalEnds ? (missing + 1) / 2 : missing / 2;
      this.padded = equalEnds ? size + 2 * before : size + missing;
      double step = patch == 1 ? 1 : patch * (1 - card.overlap());
      this.starts =
          card.convention() == Convention.NNUNET
              ? atEqualDistances(padded - patch, step)
              : atFixedDistances(
                  padded - patch, Math.max(1, (int) (equalEnds ? Math.rint(step) : step)));
    }

    private static int[] atEqualDistances(int last, double step) {
      int count = (int) Math.ceil(last / step) + 1;
      int[] starts = new int[count];
      for (int i = 1; i < count; i++) {
        starts[i] = (int) Math.rint(last / (double) (count - 1) * i);
      }
      return starts;
    }

    private static int[] atFixedDistances(int last, int step) {
      int[] starts = new int[(last + step - 1) / step + 1];
      for (int i = 0; i < starts.length; i++) {
        starts[i] = Math.min(i * step, last);
      }
      return starts;
    }

    double weight(int i, Convention convention) {
      double middle = convention == Convention.MONAI ? (patch - 1) / 2.0 : Math.floor(patch / 2.0);
      double distance = (i - middle) / (patch * SIGMA);
      return Math.exp(-distance * distance / 2);
    }
  }

  private final Axis x;
  private final Axis y;
  private final Axis z;
  private final int labels;
  private final boolean largest;
  private final int neighbors;
  private final float[] weight;

  /**
   * A window.
   *
   * @param size columns, rows and slices of the volume
   * @param card how patches are placed and weighed
   */
  public SlidingWindow(List<Integer> size, VolumeCard card) {
    x = new Axis(size.get(0), card.patch().get(0), card);
    y = new Axis(size.get(1), card.patch().get(1), card);
    z = new Axis(size.get(2), card.patch().get(2), card);
    labels = card.labels().size();
    largest = card.convention() == Convention.RAIDIONICS;
    neighbors = card.neighbors();
    weight = new float[x.patch * y.patch * z.patch];
    for (int i = 0; i < weight.length; i++) {
      weight[i] = card.gaussian() && !largest ? (float) gaussian(i, card.convention()) : 1;
    }
  }

  private double gaussian(int i, Convention convention) {
    double product =
        x.weight(i % x.patch, convention)
            * y.weight(i / x.patch % y.patch, convention)
            * z.weight(i / x.patch / y.patch, convention);
    return convention == Convention.MONAI ? Math.max(product, LEAST_WEIGHT) : product;
  }

  /** Runs the network over all channels, each a volume, slice after slice. */
  public void run(List<float[]> channels, Network network, Slices slices) {
    // The last of its maps is the sum of the weights.
    float[] band = new float[Math.multiplyExact((labels + 1) * z.patch, y.padded * x.padded)];
    float[] patch = new float[channels.size() * (2 * neighbors + 1) * weight.length];
    for (int k = 0; k < z.starts.length; k++) {
      for (int startY : y.starts) {
        for (int startX : x.starts) {
          Interrupts.heed("slice %s of %s", z.starts[k], z.padded);
          cut(channels, startX, startY, z.starts[k], patch);
          add(network.run(patch), startX, startY, z.starts[k], band);
        }
      }
      int next = k + 1 < z.starts.length ? z.starts[k + 1] : z.padded;
      for (int at = z.starts[k]; at < next; at++) {
        handOn(band, at, slices);
      }
    }
  }

  private void cut(List<float[]> channels, int startX, int startY, int startZ, float[] patch) {
    int to = 0;
    for (float[] channel : channels) {
      for (int neighbor = -neighbors; neighbor <= neighbors; neighbor++) {
        to = cut(channel, startX, startY, startZ, neighbor, patch, to);
      }
    }
  }

  private int cut(
      float[] channel, int startX, int startY, int startZ, int neighbor, float[] patch, int at) {
    int to = at;
    for (int k = 0; k < z.patch; k++) {
      int atZ = startZ + k - z.before;
      int slice = within(atZ + neighbor, z.size);
      for (int j = 0; j < y.patch; j++) {
        int atY = startY + j - y.before;
        boolean beyond = atZ != within(atZ, z.size) || atY != within(atY, y.size);
        int row = (slice * y.size + within(atY, y.size)) * x.size;
        for (int i = 0; i < x.patch; i++) {
          int atX = startX + i - x.before;
          boolean empty = !largest && (beyond || atX != within(atX, x.size));
          patch[to++] = empty ? 0 : channel[row + within(atX, x.size)];
        }
      }
    }
    return to;
  }

  private static int within(int i, int size) {
    return Math.min(Math.max(i, 0), size - 1);
  }

  private void add(float[] output, int startX, int startY, int startZ, float[] band) {
    int from = 0;
    for (int map = 0; map <= labels; map++) {
      int w = 0;
      for (int k = 0; k < z.patch; k++) {
        int slice = map * z.patch + (startZ + k) % z.patch;
        for (int j = 0; j < y.patch; j++) {
          int to = (slice * y.padded + startY + j) * x.padded + startX;
          for (int i = 0; i < x.patch; i++, to++, w++) {
            if (map == labels) {
              band[to] = largest ? 1 : band[to] + weight[w];
            } else if (largest) {
              band[to] = Math.max(band[to], output[from++]);
            } else {
              band[to] += weight[w] * output[from++];
            }
          }
        }
      }
    }
  }

  private void handOn(float[] band, int at, Slices slices) {
    float[] values = new float[labels * y.size * x.size];
    int pixels = y.padded * x.padded;
    int weights = (labels * z.patch + at % z.patch) * pixels;
    int to = 0;
    for (int label = 0; label < labels; label++) {
      int slice = (label * z.patch + at % z.patch) * pixels;
      for (int j = y.before; j < y.before + y.size; j++) {
        for (int i = x.before; i < x.before + x.size; i++) {
          int pixel = j * x.padded + i;
          values[to++] = band[slice + pixel] / band[weights + pixel];
        }
      }
      Arrays.fill(band, slice, slice + pixels, 0);
    }
    Arrays.fill(band, weights, weights + pixels, 0);
    if (at >= z.before && at < z.before + z.size) {
      slices.slice(at - z.before, values);
    }
  }
}

package io.github.brainimaging.models.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * Covers a volume with overlapping patches and gives the mean of what a network says of them, their
 * middles weighing most: a Gaussian of an eighth of the patch, patches at equal distances, as
 * nnU-Net places them. Where the volume is smaller than a patch, zeros are put around it.
 *
 * <p>Only as many slices as a patch has are summed at a time; what is complete is handed on.
 */
final class SlidingWindow {

  /** A network of patches. */
  interface Network {
    /** Gives, for channels x patch values, labels x patch values. */
    float[] run(float[] patch);
  }

  /** Takes slices of means, in their order. */
  interface Slices {
    /** Takes a slice: labels x height x width values, which are used again afterwards. */
    void slice(int z, float[] values);
  }

  /** The patches along one axis. */
  private static final class Axis {
    final int size;
    final int patch;

    /** How many zeros lie before the volume. */
    final int before;

    final int[] starts;
    final double[] weight;

    /** The sum of the weights at each place of the volume with its zeros. */
    final double[] sum;

    Axis(int size, int patch, double overlap) {
      this.size = size;
      this.patch = patch;
      int padded = Math.max(size, patch);
      this.before = (padded - size) / 2;
      int count = (int) Math.ceil((padded - patch) / (patch * (1 - overlap))) + 1;
      starts = new int[count];
      for (int i = 1; i < count; i++) {
        starts[i] = (int) Math.rint((padded - patch) / (double) (count - 1) * i);
      }
      weight = new double[patch];
      for (int i = 0; i < patch; i++) {
        double distance = (i - patch / 2) / (patch / 8.0);
        weight[i] = Math.exp(-distance * distance / 2);
      }
      sum = new double[padded];
      for (int start : starts) {
        for (int i = 0; i < patch; i++) {
          sum[start + i] += weight[i];
        }
      }
    }

    int padded() {
      return sum.length;
    }
  }

  private final Axis x;
  private final Axis y;
  private final Axis z;
  private final int labels;

  /**
   * A window.
   *
   * @param size columns, rows and slices of the volume
   * @param patch those of a patch
   */
  SlidingWindow(List<Integer> size, List<Integer> patch, double overlap, int labels) {
    x = new Axis(size.get(0), patch.get(0), overlap);
    y = new Axis(size.get(1), patch.get(1), overlap);
    z = new Axis(size.get(2), patch.get(2), overlap);
    this.labels = labels;
  }

  /** Runs the network over all channels, each a volume, slice after slice. */
  void run(List<float[]> channels, Network network, Slices slices) {
    float[] band = new float[Math.multiplyExact(labels * z.patch, y.padded() * x.padded())];
    float[] patch = new float[channels.size() * x.patch * y.patch * z.patch];
    for (int k = 0; k < z.starts.length; k++) {
      for (int startY : y.starts) {
        for (int startX : x.starts) {
          if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException(
                "interrupted at slice %s of %s".formatted(z.starts[k], z.padded()));
          }
          cut(channels, startX, startY, z.starts[k], patch);
          add(network.run(patch), startX, startY, z.starts[k], band);
        }
      }
      int next = k + 1 < z.starts.length ? z.starts[k + 1] : z.padded();
      for (int at = z.starts[k]; at < next; at++) {
        handOn(band, at, slices);
      }
    }
  }

  private void cut(List<float[]> channels, int startX, int startY, int startZ, float[] patch) {
    Arrays.fill(patch, 0);
    int firstX = Math.max(0, x.before - startX);
    int width = Math.min(x.patch, x.before + x.size - startX) - firstX;
    int row = 0;
    for (float[] channel : channels) {
      for (int k = 0; k < z.patch; k++) {
        int atZ = startZ + k - z.before;
        for (int j = 0; j < y.patch; j++, row += x.patch) {
          int atY = startY + j - y.before;
          if (atZ >= 0 && atZ < z.size && atY >= 0 && atY < y.size) {
            int from = (atZ * y.size + atY) * x.size + startX + firstX - x.before;
            System.arraycopy(channel, from, patch, row + firstX, width);
          }
        }
      }
    }
  }

  private void add(float[] output, int startX, int startY, int startZ, float[] band) {
    int from = 0;
    for (int label = 0; label < labels; label++) {
      for (int k = 0; k < z.patch; k++) {
        int slice = label * z.patch + (startZ + k) % z.patch;
        for (int j = 0; j < y.patch; j++) {
          double weight = z.weight[k] * y.weight[j];
          int to = (slice * y.padded() + startY + j) * x.padded() + startX;
          for (int i = 0; i < x.patch; i++) {
            band[to++] += (float) (weight * x.weight[i]) * output[from++];
          }
        }
      }
    }
  }

  private void handOn(float[] band, int at, Slices slices) {
    float[] values = new float[labels * y.size * x.size];
    int to = 0;
    for (int label = 0; label < labels; label++) {
      int slice = (label * z.patch + at % z.patch) * y.padded() * x.padded();
      for (int j = y.before; j < y.before + y.size; j++) {
        double sum = z.sum[at] * y.sum[j];
        for (int i = x.before; i < x.before + x.size; i++) {
          values[to++] = (float) (band[slice + j * x.padded() + i] / (sum * x.sum[i]));
        }
      }
      Arrays.fill(band, slice, slice + y.padded() * x.padded(), 0);
    }
    if (at >= z.before && at < z.before + z.size) {
      slices.slice(at - z.before, values);
    }
  }
}

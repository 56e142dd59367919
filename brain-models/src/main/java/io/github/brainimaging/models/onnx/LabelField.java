package io.github.brainimaging.models.onnx;

import io.github.brainimaging.core.geometry.Resample;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.models.card.VolumeCard;

/**
 * Which labels each voxel has, collected slice by slice from a network's outputs and brought to the
 * grid of the input. On the network's own voxels labels are decided at once; where these are others
 * than the input's, probabilities are kept (16 bits each), resampled linearly and decided then.
 */
final class LabelField {

  private static final int ONE = 65535;

  private final VolumeCard card;
  private final PreparedSequences prepared;
  private final int labels;

  /** Per label and voxel of the network's grid: 0 or 1, or a probability times {@link #ONE}. */
  private final short[][] maps;

  LabelField(VolumeCard card, PreparedSequences prepared) {
    this.card = card;
    this.prepared = prepared;
    this.labels = card.labels().size();
    boolean decided = card.hasClasses() && !prepared.resampled();
    this.maps = new short[decided ? 1 : labels][prepared.grid().voxels()];
  }

  /** Takes the outputs of one slice: labels x height x width. */
  void add(int z, float[] values) {
    int pixels = values.length / labels;
    double[] outputs = new double[labels];
    for (int i = 0; i < pixels; i++) {
      for (int label = 0; label < labels; label++) {
        outputs[label] = values[label * pixels + i];
      }
      int at = z * pixels + i;
      if (card.hasClasses() && !prepared.resampled()) {
        maps[0][at] = (short) largest(outputs);
        continue;
      }
      double[] p = card.activation().probabilities(outputs);
      for (int label = 0; label < labels; label++) {
        maps[label][at] =
            (short)
                (prepared.resampled() ? Math.round(p[label] * ONE) : isInside(p[label]) ? 1 : 0);
      }
    }
  }

  private boolean isInside(double probability) {
    return probability > card.threshold();
  }

  private static int largest(double[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      best = values[i] > values[best] ? i : best;
    }
    return best;
  }

  /** The labels on the input's grid: of classes each voxel's number, of regions one map each. */
  short[][] onInput() {
    if (!prepared.resampled()) {
      short[][] result = new short[maps.length][];
      for (int i = 0; i < maps.length; i++) {
        result[i] = toShorts(resampled(maps[i], Resample.Method.NEAREST));
      }
      return result;
    }
    int voxels = prepared.input().voxels();
    short[][] result = new short[card.hasClasses() ? 1 : labels][voxels];
    float[] best = new float[voxels];
    for (int label = 0; label < labels; label++) {
      float[] p = resampled(maps[label], Resample.Method.LINEAR);
      for (int i = 0; i < voxels; i++) {
        if (!card.hasClasses()) {
          result[label][i] = (short) (isInside(p[i] / ONE) ? 1 : 0);
        } else if (p[i] > best[i]) {
          best[i] = p[i];
          result[0][i] = (short) label;
        }
      }
    }
    return result;
  }

  private float[] resampled(short[] map, Resample.Method method) {
    float[] values = new float[map.length];
    for (int i = 0; i < map.length; i++) {
      values[i] = Short.toUnsignedInt(map[i]);
    }
    return Resample.toGrid(prepared.input())
        .withInterpolation(method)
        .apply(MedicalVolume.wrap(prepared.grid(), 1, values))
        .samples();
  }

  private static short[] toShorts(float[] values) {
    short[] result = new short[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = (short) values[i];
    }
    return result;
  }

  /** The voxels of one label. */
  static VolumeMask mask(VolumeGrid grid, short[][] found, int label, boolean classes) {
    boolean[] inside = new boolean[grid.voxels()];
    for (int i = 0; i < inside.length; i++) {
      inside[i] = has(found, label, classes, i);
    }
    return VolumeMask.wrap(grid, inside);
  }

  /** Whether a voxel has a label. */
  static boolean has(short[][] found, int label, boolean classes, int voxel) {
    return classes ? found[0][voxel] == label : found[label][voxel] != 0;
  }
}

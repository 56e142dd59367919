package io.github.brainimaging.models.onnx.internal.volume;

import io.github.brainimaging.core.geometry.Resample;
import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VolumeLabels;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.models.card.VolumeCard;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which labels each voxel has, collected slice by slice from a network's outputs and brought to the
 * grid of the input. Where the network's voxels are others than the input's, two of its slices are
 * kept, out of which those of the input between them are made and decided.
 */
public final class LabelField {

  private final VolumeCard card;
  private final PreparedSequences prepared;
  private final int labels;

  /** The voxels that are decided: the network's or, where it was resampled, those before. */
  private final VolumeGrid grid;

  /** From a slice of that grid to one of the network's: scale and offset. */
  private final double step;

  private final double first;

  /** Of classes each voxel's number, of regions one map each. */
  private final short[][] found;

  /** How probable each voxel is to be of the tumor, if that is asked for; else of no length. */
  private final float[] tumor;

  private float[] before = new float[0];
  private int next;

  /**
   * Nothing yet.
   *
   * @param probable whether {@link #tumorOnInput} is asked for
   */
  public LabelField(VolumeCard card, PreparedSequences prepared, boolean probable) {
    this.card = card;
    this.prepared = prepared;
    this.labels = card.labels().size();
    this.grid = prepared.regridding().map(Regridding::from).orElse(prepared.grid());
    this.found = new short[card.hasClasses() ? 1 : labels][grid.voxels()];
    this.tumor = new float[probable ? grid.voxels() : 0];
    Affine map = grid.requireAffine().then(prepared.grid().requireAffine().inverse());
    this.step = map.get(2, 2);
    this.first = map.get(2, 3);
  }

  /** Takes the outputs of one slice: labels x height x width. */
  public void add(int z, float[] values) {
    if (prepared.regridding().isEmpty()) {
      decide(z, values, true);
      return;
    }
    boolean outputs =
        card.convention() == VolumeCard.Convention.NNUNET
            || card.convention() == VolumeCard.Convention.WHOLE;
    float[] slice = outputs ? values.clone() : probabilities(values);
    float[] both = slice;
    if (z > 0) {
      both = new float[2 * slice.length];
      int pixels = slice.length / labels;
      for (int label = 0; label < labels; label++) {
        System.arraycopy(before, label * pixels, both, 2 * label * pixels, pixels);
        System.arraycopy(slice, label * pixels, both, (2 * label + 1) * pixels, pixels);
      }
    }
    boolean last = z == prepared.grid().depth() - 1;
    for (; next < grid.depth() && (last || step * next + first <= z); next++) {
      decide(next, onSlice(next, z, both), outputs);
    }
    before = slice;
  }

  private float[] probabilities(float[] values) {
    int pixels = values.length / labels;
    float[] result = new float[values.length];
    double[] outputs = new double[labels];
    for (int i = 0; i < pixels; i++) {
      for (int label = 0; label < labels; label++) {
        outputs[label] = values[label * pixels + i];
      }
      double[] p = card.activation().probabilities(outputs);
      for (int label = 0; label < labels; label++) {
        result[label * pixels + i] = (float) p[label];
      }
    }
    return result;
  }

  /** The values at the voxels of a slice of the grid, out of the network's slices up to z. */
  private float[] onSlice(int slice, int z, float[] values) {
    VolumeGrid network = prepared.grid();
    int depth = z > 0 ? 2 : 1;
    VolumeGrid slices =
        VolumeGrid.ofSize(network.width(), network.height(), depth)
            .withAffine(Affine.translation(0, 0, z - depth + 1).then(network.requireAffine()));
    VolumeGrid target =
        VolumeGrid.ofSize(grid.width(), grid.height(), 1)
            .withAffine(Affine.translation(0, 0, slice).then(grid.requireAffine()));
    Regridding regridding = prepared.regridding().orElseThrow();
    MedicalVolume volume = MedicalVolume.wrap(slices, labels, values);
    return regridding.resampled(volume, target, card.interpolationBack());
  }

  private void decide(int z, float[] values, boolean beforeActivation) {
    int pixels = values.length / labels;
    double[] outputs = new double[labels];
    for (int i = 0; i < pixels; i++) {
      for (int label = 0; label < labels; label++) {
        outputs[label] = values[label * pixels + i];
      }
      int at = z * pixels + i;
      if (card.hasClasses()) {
        found[0][at] = (short) largest(outputs);
      }
      if (card.hasClasses() && tumor.length == 0) {
        continue; // The largest is the largest before and after the activation.
      }
      double[] p = beforeActivation ? card.activation().probabilities(outputs) : outputs;
      if (tumor.length > 0) {
        tumor[at] = (float) ofTumor(p);
      }
      for (int label = 0; label < labels && !card.hasClasses(); label++) {
        found[label][at] = (short) (p[label] > card.threshold() ? 1 : 0);
      }
    }
  }

  /** Classes exclude each other; of regions, which may lie in each other, the likeliest counts. */
  private double ofTumor(double[] p) {
    double sum = 0;
    double most = 0;
    for (String label : card.tumorLabels()) {
      double one = p[card.labels().indexOf(label)];
      sum += one;
      most = Math.max(most, one);
    }
    return Math.min(1, Math.max(0, card.hasClasses() ? sum : most));
  }

  /** How probable each voxel of the input is to be of the tumor, 0 to 1. */
  public MedicalVolume tumorOnInput() {
    return turnedBack(tumor);
  }

  /** The grid on which labels are decided is the input's, but for turns and what was cut off. */
  private MedicalVolume turnedBack(float[] values) {
    return Resample.toGrid(prepared.input())
        .withInterpolation(Resample.Method.NEAREST)
        .apply(MedicalVolume.wrap(grid, 1, values));
  }

  private static int largest(double[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      best = values[i] > values[best] ? i : best;
    }
    return best;
  }

  /** The labels on the grid on which they were decided, of one piece each if the card says so. */
  public short[][] onGrid() {
    if (card.onePiece()) {
      for (int label = card.hasClasses() ? 1 : 0; label < labels; label++) {
        boolean[] inside = mask(grid, found, label, card.hasClasses()).toArray();
        OnePiece.of(inside, grid);
        short[] map = found[card.hasClasses() ? 0 : label];
        short worth = (short) (card.hasClasses() ? label : 1);
        for (int i = 0; i < map.length; i++) {
          if (map[i] == worth || map[i] == 0) {
            map[i] = inside[i] ? worth : 0;
          }
        }
      }
    }
    return found;
  }

  /** The labels on the input's grid: of classes each voxel's number, of regions one map each. */
  public short[][] onInput() {
    return Arrays.stream(onGrid()).map(this::onInput).toArray(short[][]::new);
  }

  private short[] onInput(short[] map) {
    float[] values = new float[map.length];
    for (int i = 0; i < map.length; i++) {
      values[i] = map[i];
    }
    float[] there = turnedBack(values).samples();
    short[] result = new short[there.length];
    for (int i = 0; i < there.length; i++) {
      result[i] = (short) there[i];
    }
    return result;
  }

  /** All labels but the background of classes; empty where there is one only. */
  public static Optional<VolumeLabels> labels(VolumeGrid grid, short[][] found, VolumeCard card) {
    List<String> names = card.labels();
    if (card.hasClasses()) {
      return names.size() <= 2
          ? Optional.empty()
          : Optional.of(VolumeLabels.of(grid, names.subList(1, names.size()), found[0]));
    }
    Map<String, VolumeMask> regions = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      regions.put(names.get(i), mask(grid, found, i, false));
    }
    return names.size() == 1 ? Optional.empty() : Optional.of(VolumeLabels.of(regions));
  }

  /** The voxels of one label. */
  public static VolumeMask mask(VolumeGrid grid, short[][] found, int label, boolean classes) {
    boolean[] inside = new boolean[grid.voxels()];
    for (int i = 0; i < inside.length; i++) {
      inside[i] = has(found, label, classes, i);
    }
    return VolumeMask.wrap(grid, inside);
  }

  /** Whether a voxel has a label. */
  public static boolean has(short[][] found, int label, boolean classes, int voxel) {
    return classes ? found[0][voxel] == label : found[label][voxel] != 0;
  }
}

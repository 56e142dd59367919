package io.github.brainimaging.core.pipeline;

import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.inference.VolumeSegmentation;
import java.util.List;

/** Volumes. Their grid is size, spacing and place in the patient. */
enum VolumeKind implements Kind<MedicalVolume, VolumeSegmentation> {
  INSTANCE;

  private static final VolumeGrid PROBE =
      VolumeGrid.ofSize(15, 13, 11).withAffine(Affine.scaling(1, 1, 1));

  @Override
  public String noun() {
    return "volume";
  }

  @Override
  public MedicalVolume probe() {
    float[] ramp = new float[PROBE.voxels()];
    for (int i = 0; i < ramp.length; i++) {
      ramp[i] = i % 256;
    }
    return MedicalVolume.wrap(PROBE, 1, ramp);
  }

  @Override
  public long samples(MedicalVolume volume) {
    return (long) volume.grid().voxels() * volume.channels();
  }

  @Override
  public String grid(MedicalVolume volume) {
    return volume.grid().toString();
  }

  @Override
  public String gridOf(VolumeSegmentation found) {
    return found.mask().grid().toString();
  }

  @Override
  public boolean sameGrid(MedicalVolume volume, MedicalVolume other) {
    return volume.grid().matches(other.grid());
  }

  @Override
  public boolean liesOn(VolumeSegmentation found, MedicalVolume volume) {
    return found.mask().grid().matches(volume.grid());
  }

  @Override
  public List<String> remarks(VolumeSegmentation found) {
    return found.remarks();
  }

  @Override
  public boolean found(VolumeSegmentation found) {
    return found.found();
  }

  @Override
  public String size(VolumeSegmentation found) {
    return found.mask().count() + " voxels";
  }

  @Override
  public VolumeSegmentation leftOut(VolumeSegmentation found, String reason) {
    return found.leaving(VolumeMask.empty(found.mask().grid()), reason);
  }

  @Override
  public MedicalVolume placed(MedicalVolume volume, MedicalVolume input) {
    return volume.grid().equals(input.grid())
        ? volume
        : volume.wrapVoxels(input.grid(), volume.samples());
  }
}

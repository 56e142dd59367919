package io.github.brainimaging.core.fusion;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.Modality;
import io.github.brainimaging.core.internal.Arguments;

/** Fuses volumes slice by slice, in the range of the whole volumes. */
final class VolumeFusion {

  private VolumeFusion() {}

  static MedicalVolume fuse(ImageFusion method, MedicalVolume mri, MedicalVolume ct) {
    Arguments.require(
        ct.grid().matches(mri.grid()),
        "ct must lie on mri's grid, %s, got %s",
        mri.grid(),
        ct.grid());
    float[] fused = new float[mri.grid().voxels()];
    float[] mriRange = mri.range();
    float[] ctRange = ct.range();
    for (int z = 0; z < mri.depth(); z++) {
      method
          .fuse(unit(mri.slice(z), mriRange), unit(ct.slice(z), ctRange))
          .copySamplesTo(fused, z * mri.width() * mri.height());
    }
    return MedicalVolume.wrap(mri.grid(), 1, fused).withModality(Modality.UNKNOWN);
  }

  private static MedicalImage unit(MedicalImage slice, float[] range) {
    double width = (double) range[1] - range[0];
    double factor = width > 0 ? 1 / width : 0;
    float[] samples = slice.samples();
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) ((samples[i] - range[0]) * factor);
    }
    return slice.wrapSamples(samples).withNominalMaximum(1);
  }
}

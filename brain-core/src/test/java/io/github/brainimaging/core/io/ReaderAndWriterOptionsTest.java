package io.github.brainimaging.core.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.brainimaging.core.image.VoxelType;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReaderAndWriterOptionsTest {

  @Test
  void everyOptionShowsInTheDescription() {
    MedicalVolumeReader volumes = MedicalVolumeReader.withDefaults();
    NiftiWriter nifti = NiftiWriter.withDefaults();
    DicomSegWriter seg = DicomSegWriter.ofTumor();

    assertThat(MedicalImageReader.withDefaults().withMaximumPixels(7))
        .hasToString("MedicalImageReader[maximumPixels=7]");
    assertThat(
            List.of(
                volumes.toString(),
                volumes.withMaximumVoxels(7).toString(),
                volumes.withRegularGrid().toString(),
                volumes.withRegularGrid().withMaximumVoxels(7).toString(),
                nifti.toString(),
                nifti.withType(VoxelType.INT16).toString(),
                nifti.withVersion(2).toString(),
                nifti.withVersion(2).withType(VoxelType.INT16).toString(),
                seg.toString(),
                seg.withAlgorithm("another").toString(),
                seg.withManualCorrection().toString(),
                DicomSegWriter.ofBrain().toString()))
        .doesNotHaveDuplicates();
  }
}

package io.github.brainimaging.examples.quickstart;

import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.io.MedicalVolumeReader;
import io.github.brainimaging.core.io.NiftiWriter;
import io.github.brainimaging.core.pipeline.CtFusion;
import java.io.IOException;
import java.nio.file.Path;

/** Lays a CT on the MRI of the same head and fuses both into one volume. */
public final class FuseMriAndCt {

  private FuseMriAndCt() {}

  /**
   * Prints how the CT was moved.
   *
   * @param arguments the MRI, the CT, and the NIfTI file to write
   * @throws IOException if a volume cannot be read or written
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length < 3) {
      System.err.println("usage: FuseMriAndCt MRI CT OUT.nii.gz");
      return;
    }
    MedicalVolume mri = MedicalVolumeReader.withDefaults().read(Path.of(arguments[0]));
    MedicalVolume ct = MedicalVolumeReader.withDefaults().read(Path.of(arguments[1]));

    // To classify it: VolumePipeline.builder().classify(...).build().analyze("case 1", fused)
    MedicalVolume fused = CtFusion.withDefaults().fuse(mri, ct);

    fused.warnings().forEach(System.out::println); // how the CT was moved, and doubts
    NiftiWriter.withDefaults().write(fused, Path.of(arguments[2]));
  }
}

package io.github.brainimaging.examples.quickstart;

import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.io.MedicalVolumeReader;
import io.github.brainimaging.core.io.NiftiWriter;
import io.github.brainimaging.core.registration.Registration;
import java.io.IOException;
import java.nio.file.Path;

/** Lays a volume on another of the same head, such as a scan on the one of last year. */
public final class RegisterVolumes {

  private RegisterVolumes() {}

  /**
   * Prints how the second volume was moved, and writes it on the grid of the first.
   *
   * @param arguments the volume that stays, the volume that is moved, and the NIfTI file to write
   * @throws IOException if a volume cannot be read or written
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length < 3) {
      System.err.println("usage: RegisterVolumes FIXED MOVING OUT.nii.gz");
      return;
    }
    MedicalVolumeReader reader = MedicalVolumeReader.withDefaults();
    Registration.Aligned<MedicalVolume> found =
        Registration.withDefaults()
            .align(reader.read(Path.of(arguments[0])), reader.read(Path.of(arguments[1])));

    System.out.println(found.rigid()); // degrees and mm
    System.out.println(found.converged() ? "converged" : "not converged: look at the result");
    NiftiWriter.withDefaults().write(found.aligned(), Path.of(arguments[2]));
  }
}

package io.github.brainimaging.examples.cli.option;

import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.io.MedicalVolumeReader;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A volume of a head whose brain is looked for. */
public final class HeadInput {

  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Parameters(
      paramLabel = "INPUT",
      description = "A NIfTI file, a DICOM file of several frames, or a folder with one series.")
  private Path input = Path.of("");

  @Mixin private final BrainOptions options = new BrainOptions();

  /**
   * What was found.
   *
   * @param volume the head
   * @param brain where its brain is, on the same grid
   */
  public record Head(MedicalVolume volume, VolumeMask brain) {}

  /** Reads the head and finds the brain; the message of a failure begins with the input. */
  public Head read() throws IOException {
    options.requireRange(spec);
    MedicalVolume head = MedicalVolumeReader.withDefaults().read(input);
    try {
      return new Head(head, options.extract(head));
    } catch (IllegalArgumentException e) {
      String advice = head.channels() == 1 ? " (other species: --minimum-ml, --maximum-ml)" : "";
      throw new IOException(input + ": " + e.getMessage() + advice, e);
    }
  }

  public Path path() {
    return input;
  }
}

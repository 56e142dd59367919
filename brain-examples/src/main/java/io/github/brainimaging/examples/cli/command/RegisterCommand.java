package io.github.brainimaging.examples.cli.command;

import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.io.MedicalVolumeReader;
import io.github.brainimaging.core.registration.Registration;
import io.github.brainimaging.core.registration.Registration.Aligned;
import io.github.brainimaging.examples.cli.file.PictureFile;
import io.github.brainimaging.examples.cli.file.Terminal;
import io.github.brainimaging.examples.cli.run.Registered;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lays one volume of a head on another. */
@Command(
    name = "register",
    mixinStandardHelpOptions = true,
    description = {
      "Turns and shifts a volume so that it lies on another one of the same head, such as CT on"
          + " MRI, and tells how it was moved.",
      "Writes nothing where both cannot be brought to overlap; where the search did not come to an"
          + " end, writes the best so far, says so and ends with 1. Look at the result: another"
          + " head has a best place too."
    })
public final class RegisterCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "FIXED", description = "The volume that stays.")
  private Path fixedFile = Path.of("");

  @Parameters(
      index = "1",
      paramLabel = "MOVING",
      description =
          "The volume that is moved: like FIXED a NIfTI, NRRD, MetaImage, MGH, Analyze or DICOM"
              + " file, or a folder with one series.")
  private Path movingFile = Path.of("");

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "MOVING on the grid of FIXED: .nii, .nii.gz or .nrrd.")
  private Path out = Path.of("");

  @Option(
      names = "--affine",
      description =
          "Also stretches and shears (12 parameters in the place of 6), to lay one head on another,"
              + " such as a template (default: not).")
  private boolean affine;

  @Override
  public Integer call() throws IOException {
    PictureFile file = new PictureFile(out);
    file.check(spec.commandLine(), "--out", true, fixedFile, movingFile);
    MedicalVolume fixed = MedicalVolumeReader.withDefaults().read(fixedFile);
    MedicalVolume moving = MedicalVolumeReader.withDefaults().read(movingFile);
    note(fixedFile, fixed);
    note(movingFile, moving);
    Aligned<MedicalVolume> result =
        Registered.align(
            Registration.withDefaults().withAffine(affine),
            fixedFile,
            movingFile,
            r -> r.align(fixed, moving));
    file.write(result.aligned());
    PrintWriter text = spec.commandLine().getOut();
    text.println(
        Registered.text(
            movingFile.getFileName().toString(),
            result,
            fixed.spacing().isKnown() ? "mm" : "voxels"));
    text.println("registered volume: " + out);
    text.flush();
    return result.converged() ? 0 : 1;
  }

  private void note(Path file, MedicalVolume volume) {
    volume
        .warnings()
        .forEach(
            warning ->
                spec.commandLine()
                    .getErr()
                    .println("note: " + Terminal.plain(file + ": " + warning)));
  }
}

package io.github.brainimaging.examples.cli.command;

import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.examples.cli.file.PictureFile;
import io.github.brainimaging.examples.cli.file.Terminal;
import io.github.brainimaging.examples.cli.option.HeadInput;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Takes the brain out of a volume of a head. */
@Command(
    name = "strip",
    mixinStandardHelpOptions = true,
    description = {
      "Finds the brain in a volume of a head and sets everything else to the smallest value.",
      "Tells the brain's volume, and writes nothing where no brain can have it."
    })
public final class StripCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Mixin private final HeadInput input = new HeadInput();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "The brain: .nii or .nii.gz.")
  private Path out = Path.of("");

  @Option(
      names = "--mask",
      paramLabel = "FILE",
      description = "Where to write the mask, 1 in the brain: .nii or .nii.gz.")
  private @Nullable Path maskFile;

  @Override
  public Integer call() throws IOException {
    new PictureFile(out).check(spec.commandLine(), "--out", true, input.path());
    if (maskFile != null) {
      new PictureFile(maskFile).check(spec.commandLine(), "--mask", true, input.path());
    }
    HeadInput.Head head = input.read();
    VolumeMask brain = head.brain();
    new PictureFile(out).write(brain.keep(head.volume()));
    if (maskFile != null) {
      new PictureFile(maskFile).write(brain.toVolume());
    }
    PrintWriter text = spec.commandLine().getOut();
    String size =
        brain.volumeMl().isPresent()
            ? String.format(Locale.ROOT, "%,.0f ml", brain.volumeMl().getAsDouble())
            : Terminal.count(brain.count(), "voxel") + " of unknown size";
    text.println("brain of " + size + ": " + out);
    text.flush();
    return 0;
  }
}

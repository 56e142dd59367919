package io.github.brainimaging.examples.cli.command;

import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.privacy.Defacing;
import io.github.brainimaging.examples.cli.file.PictureFile;
import io.github.brainimaging.examples.cli.option.HeadInput;
import io.github.brainimaging.examples.cli.option.Numbers;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Takes the face out of a head. */
@Command(
    name = "deface",
    mixinStandardHelpOptions = true,
    description = {
      "Overwrites the face in a volume of a head: what lies before and below a plane that leans by"
          + " 45 degrees and leaves the brain, with a margin, behind it.",
      "The copy has no texts. Look at it before you give it away."
    })
public final class DefaceCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Mixin private final HeadInput input = new HeadInput();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "The head without its face: .nii or .nii.gz.")
  private Path out = Path.of("");

  @Option(
      names = "--margin",
      converter = Numbers.Margin.class,
      paramLabel = "MM",
      description = "Between brain and plane, 0 to 50 mm (default: 5).")
  private double margin = 5;

  @Override
  public Integer call() throws IOException {
    new PictureFile(out).check(spec.commandLine(), "--out", true, input.path());
    Defacing defacing = Defacing.withDefaults().withMarginMm(margin);
    HeadInput.Head head = input.read();
    MedicalVolume defaced;
    try {
      defaced = defacing.apply(head.volume(), head.brain());
    } catch (IllegalArgumentException e) {
      throw new IOException(input.path() + ": " + e.getMessage(), e);
    }
    new PictureFile(out).write(defaced);
    PrintWriter text = spec.commandLine().getOut();
    text.println("head without its face: " + out);
    text.flush();
    return 0;
  }
}

package io.github.brainimaging.examples.cli.command;

import io.github.brainimaging.core.bias.BiasCorrection;
import io.github.brainimaging.core.data.MaskReader;
import io.github.brainimaging.core.domain.ContentAssessor;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.Modality;
import io.github.brainimaging.core.inference.Assessment;
import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.core.io.MedicalVolumeReader;
import io.github.brainimaging.core.transform.intensity.Grayscale;
import io.github.brainimaging.examples.cli.file.PictureFile;
import io.github.brainimaging.examples.cli.file.Terminal;
import io.github.brainimaging.examples.cli.option.ForceOption;
import io.github.brainimaging.examples.cli.option.Numbers;
import io.github.brainimaging.examples.cli.option.PreparationOptions;
import io.github.brainimaging.examples.cli.run.ProgressLine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Removes the bias field of an MR slice or volume. */
@Command(
    name = "bias-correct",
    mixinStandardHelpOptions = true,
    description = "Removes the bias field of an MR volume or slice by N4 or N3.")
public final class BiasCorrectCommand implements Callable<Integer> {

  /** The choices of {@code --method}. */
  enum Method {
    N4,
    N3
  }

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Parameters(
      paramLabel = "INPUT",
      description =
          "A volume (NIfTI, NRRD, MetaImage, MGH, Analyze or DICOM), or an image of one slice.")
  private Path input = Path.of("");

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "The corrected image: .nii, .nii.gz or .nrrd; .png for a slice.")
  private Path out = Path.of("");

  @Option(
      names = "--mask",
      paramLabel = "FILE",
      description = "What to look at, above 0 (default: the foreground).")
  private @Nullable Path maskFile;

  @Option(
      names = "--field",
      paramLabel = "FILE",
      description = "Where to write the field: .nii, .nii.gz or .nrrd.")
  private @Nullable Path fieldFile;

  @Option(
      names = "--volume",
      converter = Numbers.NotNegative.class,
      paramLabel = "N",
      description = "Which volume of a file that holds several, counted from 0.")
  private @Nullable Integer index;

  @Option(names = "--method", paramLabel = "n4|n3", description = "The method (default: n4).")
  private Method method = Method.N4;

  @Mixin private final ForceOption force = new ForceOption();

  @Override
  public Integer call() throws IOException {
    boolean isVolume = MedicalVolumeReader.recognizes(input);
    new PictureFile(out).check(spec.commandLine(), "--out", isVolume, input);
    if (fieldFile != null) {
      // A field lies around 1: no gray levels of a PNG.
      new PictureFile(fieldFile).check(spec.commandLine(), "--field", true, input);
    }
    int iterations = correct(isVolume);
    // Only now that the bar is gone: it would share its line with the result.
    spec.commandLine()
        .getOut()
        .println(Terminal.count(iterations, "iteration") + "; corrected image: " + out);
    spec.commandLine().getOut().flush();
    return 0;
  }

  private int correct(boolean isVolume) throws IOException {
    try (ProgressLine progress = new ProgressLine("iterations", -1)) {
      BiasCorrection base = method == Method.N3 ? BiasCorrection.n3() : BiasCorrection.n4();
      BiasCorrection correction = base.withProgress(progress);
      return isVolume ? volume(correction) : slice(correction);
    }
  }

  /** Its values are calibrated: what N4 takes for a field would be anatomy. */
  private void refuseCt(Assessment assessment) {
    if (!assessment.answers() && !force.isSet()) {
      throw new IllegalArgumentException(
          input + ": expected MR, found " + assessment + " (--force corrects it all the same)");
    }
  }

  private int volume(BiasCorrection correction) throws IOException {
    MedicalVolumeReader reader = MedicalVolumeReader.withDefaults();
    MedicalVolume volume = index == null ? reader.read(input) : reader.read(input, index);
    refuseCt(PreparationOptions.assess(volume));
    BiasCorrection.Corrected<MedicalVolume> result =
        maskFile == null
            ? correction.correct(volume)
            : correction.correct(volume, MaskReader.withDefaults().readVolume(maskFile));
    new PictureFile(out).write(result.corrected());
    if (fieldFile != null) {
      new PictureFile(fieldFile).write(result.field());
    }
    return result.iterations();
  }

  private int slice(BiasCorrection correction) throws IOException {
    MedicalImage image = gray(input);
    refuseCt(ContentAssessor.of(Modality.MR).assess(image));
    BiasCorrection.Corrected<MedicalImage> result =
        maskFile == null
            ? correction.correct(image)
            : correction.correct(image, MaskReader.withDefaults().read(maskFile));
    new PictureFile(out).write(result.corrected());
    if (fieldFile != null) {
      new PictureFile(fieldFile).write(result.field());
    }
    return result.iterations();
  }

  private static MedicalImage gray(Path file) throws IOException {
    return Grayscale.bt601().apply(MedicalImageReader.withDefaults().read(file));
  }
}

package io.github.brainimaging.examples.cli.command;

import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.core.io.MedicalVolumeReader;
import io.github.brainimaging.core.io.PngImageWriter;
import io.github.brainimaging.core.report.CaseSheet;
import io.github.brainimaging.core.report.Overlay;
import io.github.brainimaging.core.transform.intensity.DisplayWindow;
import io.github.brainimaging.examples.cli.option.MaskOptions;
import io.github.brainimaging.examples.cli.option.WindowOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Draws the outline of a mask on its image. */
@Command(
    name = "overlay",
    mixinStandardHelpOptions = true,
    description = {
      "Draws an image with the outline of a mask, as a PNG.",
      "Of a volume, the slice with most of the mask, in the plane in which it was acquired."
    })
public final class OverlayCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "IMAGE", description = "An image of a slice, or a volume.")
  private Path imageFile = Path.of("");

  @Parameters(
      index = "1",
      paramLabel = "MASK",
      description = "The mask, on the grid of the image; of a volume NIfTI or NRRD.")
  private Path maskFile = Path.of("");

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE.png",
      description = "The picture, in the size of the image.")
  private Path out = Path.of("");

  @Mixin private final MaskOptions masks = new MaskOptions();

  @Mixin private final WindowOptions windows = new WindowOptions();

  @Override
  public Integer call() throws IOException {
    if (!out.toString().toLowerCase(Locale.ROOT).endsWith(".png")) {
      throw new ParameterException(spec.commandLine(), "--out must end with .png, got " + out);
    }
    DisplayWindow window = windows.window(spec);
    CaseSheet.Case shown = shown();
    if (shown.image().width() != shown.found().width()
        || shown.image().height() != shown.found().height()) {
      throw new IOException(maskFile + ": the mask has not the size of " + imageFile);
    }
    MedicalImage image = shown.image();
    PngImageWriter.write(
        window == null
            ? Overlay.draw(image, shown.found())
            : Overlay.draw(image, window, shown.found()),
        out);
    spec.commandLine().getOut().println(shown.caption() + ": " + out);
    spec.commandLine().getOut().flush();
    return 0;
  }

  private CaseSheet.Case shown() throws IOException {
    String name = imageFile.getFileName().toString();
    boolean isVolume =
        MedicalVolumeReader.recognizes(imageFile) && MedicalVolumeReader.recognizes(maskFile);
    if (!isVolume) {
      Mask mask = masks.reader().read(maskFile);
      MedicalImage image = MedicalImageReader.withDefaults().read(imageFile);
      return new CaseSheet.Case(name, image, mask, mask);
    }
    MedicalVolume volume = MedicalVolumeReader.withDefaults().read(imageFile);
    VolumeMask mask = masks.reader().readVolume(maskFile);
    if (!mask.grid().matches(volume.grid())) {
      throw new IOException(maskFile + ": the mask does not lie on the grid of " + imageFile);
    }
    return CaseSheet.Case.of(name, volume, mask, mask);
  }
}

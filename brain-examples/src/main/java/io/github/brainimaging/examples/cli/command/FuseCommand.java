package io.github.brainimaging.examples.cli.command;

import io.github.brainimaging.core.fusion.FusionEvaluation;
import io.github.brainimaging.core.fusion.ImageFusion;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.core.io.MedicalVolumeReader;
import io.github.brainimaging.core.registration.RigidRegistration;
import io.github.brainimaging.core.registration.RigidTransform;
import io.github.brainimaging.core.transform.intensity.Grayscale;
import io.github.brainimaging.examples.cli.file.PictureFile;
import io.github.brainimaging.examples.cli.run.ProgressLine;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Fuses MRI and CT of the same head into one image. */
@Command(
    name = "fuse",
    mixinStandardHelpOptions = true,
    description = "Fuses MRI and CT, slices or volumes, into one image.")
public final class FuseCommand implements Callable<Integer> {

  /** The choices of {@code --method}. */
  enum Method {
    AVERAGE,
    MAXIMUM,
    LAPLACIAN,
    WAVELET,
    GUIDED
  }

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Option(names = "--mri", required = true, paramLabel = "FILE", description = "The MRI.")
  private Path mriFile = Path.of("");

  @Option(
      names = "--ct",
      required = true,
      paramLabel = "FILE",
      description = "The CT, on the grid of the MRI unless --register is given.")
  private Path ctFile = Path.of("");

  @Option(
      names = "--method",
      paramLabel = "average|maximum|laplacian|wavelet|guided",
      description = "The method (default: guided).")
  private Method method = Method.GUIDED;

  @Option(
      names = "--register",
      description = "Turn and shift the CT first so that it lies on the MRI.")
  private boolean register;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "The fused image: .nii, .nii.gz or .nrrd; .png for a slice.")
  private Path out = Path.of("");

  private ImageFusion fusion() {
    return switch (method) {
      case AVERAGE -> ImageFusion.average();
      case MAXIMUM -> ImageFusion.maximum();
      case LAPLACIAN -> ImageFusion.laplacianPyramid();
      case WAVELET -> ImageFusion.wavelet();
      case GUIDED -> ImageFusion.guidedFilter();
    };
  }

  @Override
  public Integer call() throws IOException {
    boolean isVolume = MedicalVolumeReader.recognizes(mriFile);
    if (isVolume != MedicalVolumeReader.recognizes(ctFile)) {
      throw new ParameterException(
          spec.commandLine(), "--mri and --ct must both be volumes or both images of a slice");
    }
    new PictureFile(out).check(spec.commandLine(), "--out", isVolume);
    PrintWriter text = spec.commandLine().getOut();
    if (isVolume) {
      fuseVolumes(text);
    } else {
      fuseSlices(text);
    }
    text.println("fused image: " + out);
    text.flush();
    return 0;
  }

  private void fuseVolumes(PrintWriter text) throws IOException {
    MedicalVolume mri = MedicalVolumeReader.withDefaults().read(mriFile);
    MedicalVolume ct = MedicalVolumeReader.withDefaults().read(ctFile);
    if (register) {
      MedicalVolume moving = ct;
      RigidRegistration.Aligned<MedicalVolume> result = aligned(r -> r.align(mri, moving));
      tell(text, result);
      ct = result.aligned();
    }
    new PictureFile(out).write(fusion().fuse(mri, ct));
  }

  private void fuseSlices(PrintWriter text) throws IOException {
    MedicalImage mri = gray(mriFile);
    MedicalImage ct = gray(ctFile);
    if (register) {
      MedicalImage moving = ct;
      RigidRegistration.Aligned<MedicalImage> result = aligned(r -> r.align(mri, moving));
      tell(text, result);
      ct = result.aligned();
    }
    MedicalImage fused = fusion().fuse(mri, ct);
    new PictureFile(out).write(fused);
    text.println(FusionEvaluation.of(mri, ct, fused));
  }

  private static MedicalImage gray(Path file) throws IOException {
    return Grayscale.bt601().apply(MedicalImageReader.withDefaults().read(file));
  }

  private <T> RigidRegistration.Aligned<T> aligned(
      Function<RigidRegistration, RigidRegistration.Aligned<T>> align) throws IOException {
    RigidRegistration.Aligned<T> result;
    try (ProgressLine progress = new ProgressLine("searches", -1)) {
      result = align.apply(RigidRegistration.withDefaults().withProgress(progress));
    }
    if (!(result.measure() > 1)) {
      throw new IOException(
          ctFile
              + ": cannot be registered, since too little of it lies on "
              + mriFile
              + "; expected an overlap of three tenths of the smaller one. Nothing is written");
    }
    return result;
  }

  private static void tell(PrintWriter text, RigidRegistration.Aligned<?> result) {
    RigidTransform found = result.transform();
    text.printf(
        Locale.ROOT,
        "CT turned by %.2f, %.2f, %.2f degrees, shifted by %.2f, %.2f, %.2f; normalized mutual"
            + " information %.4f%s%n",
        found.rotationXDegrees(),
        found.rotationYDegrees(),
        found.rotationZDegrees(),
        found.shiftX(),
        found.shiftY(),
        found.shiftZ(),
        result.measure(),
        result.converged() ? "" : "; NOT CONVERGED");
  }
}

package io.github.brainimaging.examples.cli.command;

import io.github.brainimaging.core.fusion.FusionEvaluation;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VoxelSpacing;
import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.core.io.MedicalVolumeReader;
import io.github.brainimaging.core.pipeline.CtFusion;
import io.github.brainimaging.core.registration.Registration;
import io.github.brainimaging.core.registration.Registration.Aligned;
import io.github.brainimaging.core.transform.intensity.Grayscale;
import io.github.brainimaging.examples.cli.file.PictureFile;
import io.github.brainimaging.examples.cli.option.CtWindowOptions;
import io.github.brainimaging.examples.cli.option.FusionMethod;
import io.github.brainimaging.examples.cli.run.Registered;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
      paramLabel = FusionMethod.CHOICES,
      description = "The method (default: guided).")
  private FusionMethod method = FusionMethod.GUIDED;

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

  @Mixin private final CtWindowOptions window = new CtWindowOptions();

  /** Of a pair that lies on one grid. */
  private CtFusion fusion() {
    CtFusion fusion = CtFusion.withDefaults().withoutRegistration().withMethod(method.fusion());
    return window.over(spec, fusion);
  }

  @Override
  public Integer call() throws IOException {
    boolean isVolume = MedicalVolumeReader.recognizes(mriFile);
    if (isVolume != MedicalVolumeReader.recognizes(ctFile)) {
      throw new ParameterException(
          spec.commandLine(), "--mri and --ct must both be volumes or both images of a slice");
    }
    new PictureFile(out).check(spec.commandLine(), "--out", isVolume, mriFile, ctFile);
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
      Aligned<MedicalVolume> result =
          Registered.align(Registration.withDefaults(), mriFile, ctFile, r -> r.align(mri, moving));
      text.println(Registered.text("CT", result, mri.spacing().isKnown() ? "mm" : "voxels"));
      ct = result.aligned();
    }
    require(ct.grid().matches(mri.grid()), text(mri.grid()), text(ct.grid()));
    new PictureFile(out).write(fusion().fuse(mri, ct));
  }

  private void fuseSlices(PrintWriter text) throws IOException {
    MedicalImage mri = gray(mriFile);
    MedicalImage ct = gray(ctFile);
    if (register) {
      MedicalImage moving = ct;
      Aligned<MedicalImage> result =
          Registered.align(Registration.withDefaults(), mriFile, ctFile, r -> r.align(mri, moving));
      text.println(Registered.text("CT", result, mri.spacing().isKnown() ? "mm" : "pixels"));
      ct = result.aligned();
    }
    require(
        ct.width() == mri.width() && ct.height() == mri.height(),
        mri.width() + " x " + mri.height(),
        ct.width() + " x " + ct.height());
    MedicalImage fused = fusion().fuse(mri, ct);
    new PictureFile(out).write(fused);
    text.println(FusionEvaluation.of(mri, ct, fused));
  }

  private static MedicalImage gray(Path file) throws IOException {
    return Grayscale.bt601().apply(MedicalImageReader.withDefaults().read(file));
  }

  private void require(boolean same, String expected, String found) throws IOException {
    if (!same) {
      throw new IOException(
          String.format(
              "%s: expected the grid of the MRI, %s, found %s; --register lays the CT on it first",
              ctFile, expected, found));
    }
  }

  private static String text(VolumeGrid grid) {
    VoxelSpacing mm = grid.spacing();
    return String.format(
        Locale.ROOT,
        "%d x %d x %d voxels%s%s",
        grid.width(),
        grid.height(),
        grid.depth(),
        mm.isKnown()
            ? String.format(Locale.ROOT, " of %.3g x %.3g x %.3g mm", mm.x(), mm.y(), mm.z())
            : "",
        grid.affine().map(place -> ", " + place.orientation()).orElse(""));
  }
}

package io.github.brainimaging.examples.cli.option;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.pipeline.CtFusion;
import io.github.brainimaging.core.pipeline.NamedInput;
import io.github.brainimaging.examples.cli.file.Input;
import io.github.brainimaging.examples.cli.file.LeftOut;
import io.github.brainimaging.examples.cli.file.VolumeInput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The CT of the same head, which is fused with the MRI before all else. */
public final class CtOption {

  @Option(
      names = "--ct",
      paramLabel = "FILE|DIR",
      description =
          "The CT of the head in the one INPUT, which is then an MRI: laid on it, cut to a window and"
              + " fused with it; what is analyzed is the fused image, on the grid of the MRI"
              + " (default: none).")
  private @Nullable Path ct;

  @Option(
      names = "--ct-method",
      paramLabel = FusionMethod.CHOICES,
      description = "With --ct: how both are fused (default: guided).")
  private @Nullable FusionMethod method;

  @Option(
      names = "--ct-in-place",
      description = "With --ct: it lies on the grid of the MRI already and is not registered.")
  private boolean inPlace;

  @Mixin private final CtWindowOptions window = new CtWindowOptions();

  public boolean given() {
    return ct != null;
  }

  /**
   * Puts the pair in the place of a volume.
   *
   * @throws ParameterException if it does not go with what was found
   * @throws IOException if the CT is no such file
   */
  public void find(CommandSpec spec, Path out, InputOption.Found found, VolumeFileOptions files)
      throws IOException {
    if (ct == null) {
      if (method != null || inPlace || window.given()) {
        throw new ParameterException(
            spec.commandLine(), "--ct-method, --ct-in-place, --ct-window and --ct-level need --ct");
      }
      return;
    }
    if (found.images().size() + found.volumes().size() != 1) {
      throw new ParameterException(
          spec.commandLine(),
          String.format(
              "--ct goes with one image or one volume, got %d images and %d volumes",
              found.images().size(), found.volumes().size()));
    }
    List<Path> paths = List.of(ct);
    List<Input> images = new ArrayList<>(Input.list(paths, out));
    List<VolumeInput> volumes = VolumeInput.takeFrom(paths, images, files.index(), new LeftOut());
    if (volumes.size() != found.volumes().size() || images.size() != found.images().size()) {
      throw new ParameterException(
          spec.commandLine(),
          String.format(
              "--ct must be one %s as INPUT is, got %d images and %d volumes in %s",
              found.volumes().isEmpty() ? "image" : "volume", images.size(), volumes.size(), ct));
    }
    CtFusion how = fusion(spec);
    if (!found.volumes().isEmpty()) {
      found.volumes().set(0, fused(found.volumes().get(0), volumes.get(0), how));
    }
  }

  private static VolumeInput fused(VolumeInput mri, VolumeInput ct, CtFusion how) {
    List<Path> both = new ArrayList<>(mri.files());
    both.addAll(ct.files());
    return new VolumeInput(
        mri.name(),
        mri.below(),
        both,
        mri.series(),
        () -> {
          MedicalVolume first = mri.read();
          MedicalVolume second = ct.read();
          try {
            return how.fuse(first, second);
          } catch (IllegalArgumentException e) {
            throw new IOException(ct.files().get(0) + ": cannot be fused: " + e.getMessage(), e);
          }
        },
        mri.dicom());
  }

  /** Of slices: the pair. */
  public NamedInput<MedicalImage> pair(CommandSpec spec, Input mri) {
    if (ct == null) {
      throw new IllegalStateException("there is no CT");
    }
    return fusion(spec).slices(mri.file(), ct);
  }

  private CtFusion fusion(CommandSpec spec) {
    CtFusion fusion = CtFusion.withDefaults();
    if (method != null) {
      fusion = fusion.withMethod(method.fusion());
    }
    fusion = inPlace ? fusion.withoutRegistration() : fusion;
    return window.over(spec, fusion);
  }
}

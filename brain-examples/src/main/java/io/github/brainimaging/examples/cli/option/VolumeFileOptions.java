package io.github.brainimaging.examples.cli.option;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which volume of a file is read, and as what masks are written. */
public final class VolumeFileOptions {

  /** The choices of {@code --mask-format}. */
  enum MaskFormat {
    NIFTI(".nii.gz"),
    NRRD(".seg.nrrd");

    private final String ending;

    MaskFormat(String ending) {
      this.ending = ending;
    }
  }

  @Option(
      names = "--volume",
      converter = Numbers.NotNegative.class,
      paramLabel = "N",
      description =
          "Volumes: which one of files and series that hold several, counted from 0 (default: such"
              + " files are refused).")
  private @Nullable Integer volume;

  @Option(
      names = "--mask-format",
      paramLabel = "nifti|nrrd",
      description =
          "Volumes: write masks as NAME.nii.gz, or as NAME.seg.nrrd, a segmentation for 3D Slicer"
              + " (default: nifti).")
  private MaskFormat maskFormat = MaskFormat.NIFTI;

  /** The number of the volume; null if none was asked for. */
  public @Nullable Integer index() {
    return volume;
  }

  public String maskEnding() {
    return maskFormat.ending;
  }
}

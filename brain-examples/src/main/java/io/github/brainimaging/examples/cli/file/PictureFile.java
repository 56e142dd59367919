package io.github.brainimaging.examples.cli.file;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.Spacing;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VoxelSpacing;
import io.github.brainimaging.core.io.NiftiWriter;
import io.github.brainimaging.core.io.PngImageWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine;

/** A file that a command writes: PNG for a slice, NIfTI or NRRD for a volume or a slice. */
public record PictureFile(Path path) {

  /**
   * Refuses a name that does not tell a format, and one of what is read, before the work begins.
   *
   * @param inputs what is read
   */
  public void check(CommandLine line, String option, boolean isVolume, Path... inputs)
      throws IOException {
    if (!isVolumeFile() && (isVolume || !isPng())) {
      throw new CommandLine.ParameterException(
          line,
          option
              + " must end with .nii, .nii.gz or .nrrd"
              + (isVolume ? " for a volume" : ", or .png for a slice")
              + ", got "
              + path);
    }
    requireOther(line, option, path, inputs);
  }

  /** Refuses to write over what is read: what was there would be lost. */
  public static void requireOther(CommandLine line, String option, Path path, Path... inputs)
      throws IOException {
    for (Path input : inputs) {
      if (Files.exists(path) && Files.exists(input) && Files.isSameFile(path, input)) {
        throw new CommandLine.ParameterException(
            line, option + " must be another file than what is read, got " + path);
      }
    }
  }

  public void write(MedicalVolume volume) throws IOException {
    NiftiWriter.withDefaults().write(volume, path);
  }

  /**
   * As NIfTI or NRRD with its own samples, as PNG in whole gray levels: of 0 to 255 if it is in [0,
   * 1].
   */
  public void write(MedicalImage image) throws IOException {
    if (!isPng()) {
      write(volume(image));
      return;
    }
    if (!(image.nominalMaximum() > 0)) {
      throw new IOException(
          path + ": a PNG cannot hold an image without a known range of gray levels; write .nii");
    }
    float factor = image.nominalMaximum() == 1 ? 255 : 1;
    float largest = factor * image.nominalMaximum();
    float[] levels = image.samples();
    for (int i = 0; i < levels.length; i++) {
      levels[i] = Math.min(Math.max(Math.round(factor * levels[i]), 0), largest);
    }
    PngImageWriter.write(image.withSamples(levels).withNominalMaximum(largest), path);
  }

  private static MedicalVolume volume(MedicalImage image) {
    VolumeGrid grid = VolumeGrid.ofSize(image.width(), image.height(), 1);
    Spacing spacing = image.spacing();
    if (spacing.isKnown()) {
      grid = grid.withSpacing(new VoxelSpacing(spacing.x(), spacing.y(), 1));
    }
    return MedicalVolume.of(grid, image.samples());
  }

  private boolean isPng() {
    return name().endsWith(".png");
  }

  private boolean isVolumeFile() {
    return name().endsWith(".nii") || name().endsWith(".nii.gz") || name().endsWith(".nrrd");
  }

  private String name() {
    return path.toString().toLowerCase(Locale.ROOT);
  }
}

package io.github.brainimaging.examples.cli.option;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.examples.cli.file.Input;
import io.github.brainimaging.examples.cli.file.LeftOut;
import io.github.brainimaging.examples.cli.file.VolumeInput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** An earlier visit of the same patient. */
public final class EarlierOption {

  @Option(
      names = "--earlier",
      paramLabel = "VISIT",
      description =
          "Volumes: an earlier scan of the same patient, a file or the folder of a series. It is"
              + " treated like the one INPUT and laid on it; what became of volume and diameters of"
              + " each lesion stands in the row, in volumes.json and on the page (default: none).")
  private @Nullable Path earlier;

  public boolean given() {
    return earlier != null;
  }

  /**
   * The earlier visit; null if none was given.
   *
   * @param now what is compared with it, one volume
   * @param sequences those that the network of volumes takes
   */
  public @Nullable VolumeInput find(
      CommandSpec spec,
      Path out,
      InputOption.Found now,
      VolumeFileOptions files,
      List<String> sequences)
      throws IOException {
    if (earlier == null) {
      return null;
    }
    if (now.volumes().size() != 1 || !now.images().isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          String.format(
              "--earlier goes with one volume, got %d volumes and %d images",
              now.volumes().size(), now.images().size()));
    }
    if (sequences.size() > 1) {
      throw new ParameterException(
          spec.commandLine(),
          "--earlier goes with networks of one sequence, this one takes "
              + String.join(", ", sequences));
    }
    List<Path> paths = List.of(earlier);
    List<Input> images = new ArrayList<>(Input.list(paths, out));
    List<VolumeInput> volumes = VolumeInput.takeFrom(paths, images, files.index(), new LeftOut());
    if (volumes.isEmpty() && images.size() == 1) {
      // Says what is wrong with it, if it cannot be read.
      MedicalImage unused = MedicalImageReader.withDefaults().read(images.get(0).file());
    }
    if (volumes.size() != 1) {
      throw new ParameterException(
          spec.commandLine(),
          String.format(
              "--earlier must be one volume, got %d volumes and %d images in %s",
              volumes.size(), images.size(), earlier));
    }
    return volumes.get(0);
  }
}

package io.github.brainimaging.examples.cli.option;

import io.github.brainimaging.core.report.ReportWriter;
import io.github.brainimaging.core.report.VolumeReportWriter;
import io.github.brainimaging.examples.cli.file.Input;
import io.github.brainimaging.examples.cli.file.LeftOut;
import io.github.brainimaging.examples.cli.file.VolumeInput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;

/** What is analyzed: images and volumes, files and folders. */
public final class InputOption {

  @Parameters(
      arity = "1..*",
      paramLabel = "INPUT",
      description =
          "Image files, volumes (NIfTI, NRRD, MetaImage, MGH, Analyze or DICOM) or folders.")
  private List<Path> paths = List.of();

  @Mixin private final SeriesOption series = new SeriesOption();

  public List<Path> paths() {
    return paths;
  }

  /**
   * What there is to do; lists that may be changed. Options that slices do not heed are told.
   *
   * @param images one by one
   * @param volumes each of one file or several
   */
  public record Found(List<Input> images, List<VolumeInput> volumes) {

    /**
     * Of a kind that there is none of now, the report of an earlier run would be taken for ours.
     */
    public void removeOtherReport(Path out) throws IOException {
      if (liesIn(out)) {
        return; // what is removed could be what is to be read
      }
      if (images.isEmpty()) {
        ReportWriter.remove(out);
      }
      if (volumes.isEmpty()) {
        VolumeReportWriter.remove(out);
      }
    }

    private boolean liesIn(Path out) {
      Path folder = out.toAbsolutePath().normalize();
      return Stream.concat(
              images.stream().map(Input::file),
              volumes.stream().flatMap(volume -> volume.files().stream()))
          .anyMatch(file -> file.toAbsolutePath().normalize().startsWith(folder));
    }

    /** Threads for each model: images run in parallel, volumes one after the other. */
    public int threads(JobsOption jobs) {
      return jobs.threadsPerModel(volumes.isEmpty() ? images.size() : 1);
    }
  }

  /** Looks for images and volumes. */
  public Found find(CommandSpec spec, Path out, VolumeFileOptions files) throws IOException {
    List<Input> images = new ArrayList<>(Input.list(paths, out));
    LeftOut leftOut = new LeftOut();
    List<VolumeInput> volumes = VolumeInput.takeFrom(paths, images, files.index(), leftOut);
    if (series.isAll()) {
      leftOut.print(spec.commandLine().getOut());
    }
    series.choose(spec, paths, images, volumes);
    VolumesOnly.tell(spec, images, volumes);
    return new Found(images, volumes);
  }
}

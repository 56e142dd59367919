package io.github.brainimaging.examples.cli.option;

import io.github.brainimaging.core.study.Study;
import io.github.brainimaging.core.study.StudySeries;
import io.github.brainimaging.examples.cli.file.Input;
import io.github.brainimaging.examples.cli.file.Recognition;
import io.github.brainimaging.examples.cli.file.Terminal;
import io.github.brainimaging.examples.cli.file.VolumeInput;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Which series of a study is taken. */
final class SeriesOption {

  private static final String ALL = "all";
  private static final String BEST = "best";

  @Option(
      names = "--series",
      paramLabel = "all|best|N",
      description =
          "Folders: each is one study, of which only the series that serves best is taken (the"
              + " others are told, each with the reason), or the one to which info gives that"
              + " number (default: all series).")
  private String series = ALL;

  /** Whether nothing is chosen, so that what is left out of all is told by nobody else. */
  boolean isAll() {
    return series.equals(ALL);
  }

  /** Takes out of the inputs what lies in a folder that was given and is not chosen. */
  void choose(CommandSpec spec, List<Path> paths, List<Input> images, List<VolumeInput> volumes)
      throws IOException {
    if (isAll()) {
      return;
    }
    for (Path path : paths) {
      if (Files.isDirectory(path)) {
        Study study = Study.scan(path.toRealPath());
        StudySeries chosen = series.equals(BEST) ? best(spec, path, study) : numbered(spec, study);
        keep(path, chosen, images, volumes);
      }
    }
  }

  private static StudySeries best(CommandSpec spec, Path path, Study study) throws IOException {
    Study.Selection selection;
    try (Recognition looks = new Recognition()) {
      selection = study.describedBy(looks::facts).select();
    }
    PrintWriter out = spec.commandLine().getOut();
    selection
        .chosen()
        .ifPresent(chosen -> out.println(Terminal.plain(path + ": chosen: " + chosen)));
    selection
        .leftOut()
        .forEach(
            (name, reason) -> out.println(Terminal.plain("  left out: " + name + ": " + reason)));
    out.flush();
    return selection
        .chosen()
        .orElseThrow(
            () ->
                new ParameterException(
                    spec.commandLine(), path + ": no series of this study serves; see brain info"));
  }

  private StudySeries numbered(CommandSpec spec, Study study) {
    return study.series().stream()
        .filter(each -> each.name().equals("series " + series))
        .findFirst()
        .orElseThrow(
            () ->
                new ParameterException(
                    spec.commandLine(),
                    "--series must be all, best or the number of a series (see brain info), got "
                        + series));
  }

  private static void keep(
      Path folder, StudySeries chosen, List<Input> images, List<VolumeInput> volumes)
      throws IOException {
    Set<Path> files = new HashSet<>();
    for (Path file : chosen.files()) {
      files.add(file.toRealPath());
    }
    for (Input image : List.copyOf(images)) {
      if (image.file().startsWith(folder) && !files.contains(image.file().toRealPath())) {
        images.remove(image);
      }
    }
    for (VolumeInput volume : List.copyOf(volumes)) {
      Path first = volume.files().get(0).toRealPath();
      boolean other = volume.series() >= 0 && !chosen.name().equals("series " + volume.series());
      if (first.startsWith(folder.toRealPath()) && (other || !files.contains(first))) {
        volumes.remove(volume);
      }
    }
  }
}

package io.github.brainimaging.examples.cli.option;

import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.inference.VolumeSegmenter;
import io.github.brainimaging.core.io.MedicalVolumeReader;
import io.github.brainimaging.core.study.Study;
import io.github.brainimaging.core.study.StudySeries;
import io.github.brainimaging.examples.cli.file.Terminal;
import io.github.brainimaging.examples.cli.file.VolumeInput;
import io.github.brainimaging.models.onnx.OnnxVolumeSegmenter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The other sequences that a network of volumes takes beside the input. */
public final class SequencesOption {

  /** Reads a volume when it is its turn. */
  @FunctionalInterface
  private interface Source {
    MedicalVolume read() throws IOException;
  }

  @Option(
      names = "--sequences",
      split = ",",
      paramLabel = "NAME=FILE",
      description =
          "Volumes: for a --segmenter of several sequences, the file or folder of each, by the names"
              + " that its card has; the one that is missing is the INPUT, on whose grid all are"
              + " brought (default: a folder that is given is one examination, whose series are"
              + " found by header and name).")
  private Map<String, Path> named = new LinkedHashMap<>();

  /**
   * What goes along with an input.
   *
   * @param sources for each sequence where it is; null for the input itself
   * @param files what is read beside the input, files and folders
   */
  private record Case(List<@Nullable Source> sources, List<Path> files) {

    List<MedicalVolume> with(MedicalVolume input) {
      List<MedicalVolume> volumes = new ArrayList<>();
      try {
        for (Source source : sources) {
          volumes.add(source == null ? input : source.read());
        }
        return volumes;
      } catch (IOException e) {
        throw new UncheckedIOException(e.getMessage(), e);
      }
    }
  }

  /** The cases, by the name of their input. */
  public static final class Cases {

    private final Map<String, Case> byName = new LinkedHashMap<>();

    /** What is read beside the inputs, files and folders. */
    public List<Path> files() {
      return byName.values().stream().flatMap(each -> each.files().stream()).toList();
    }

    /**
     * The segmenter of one input.
     *
     * @param network takes several sequences, unless there is no case
     * @param other what is asked where there is none
     */
    VolumeSegmenter of(
        VolumeInput input, @Nullable OnnxVolumeSegmenter network, VolumeSegmenter other) {
      Case found = byName.get(input.name());
      return found == null || network == null
          ? other
          : volume -> network.segment(volume, found.with(volume));
    }
  }

  /**
   * Finds the sequences. Of a folder that is one examination, the other series are taken out of the
   * inputs.
   *
   * @param names the sequences of the network; empty if it is none of volumes
   * @throws ParameterException if there are too few or too many
   * @throws IOException if one is not in a folder
   */
  public Cases find(
      CommandSpec spec, List<String> names, List<Path> paths, List<VolumeInput> volumes)
      throws IOException {
    Cases cases = new Cases();
    if (!named.isEmpty()) {
      VolumeInput input = only(spec, volumes);
      cases.byName.put(input.name(), given(spec, names));
      requireDifferent(spec, input);
    } else if (names.size() > 1) {
      for (Path path : paths) {
        if (Files.isDirectory(path)) {
          ofFolder(spec, path, names, volumes, cases);
        }
      }
      if (volumes.isEmpty() || !cases.byName.keySet().containsAll(names(volumes))) {
        throw new ParameterException(
            spec.commandLine(),
            "--segmenter takes the sequences "
                + names
                + ": give the folder of the examination, or --sequences with the others");
      }
    }
    return cases;
  }

  private static List<String> names(List<VolumeInput> volumes) {
    return volumes.stream().map(VolumeInput::name).toList();
  }

  private static VolumeInput only(CommandSpec spec, List<VolumeInput> volumes) {
    if (volumes.size() != 1) {
      throw new ParameterException(
          spec.commandLine(),
          "--sequences go with one volume as INPUT, found "
              + Terminal.count(volumes.size(), "volume"));
    }
    return volumes.get(0);
  }

  private Case given(CommandSpec spec, List<String> names) {
    List<@Nullable Source> sources = new ArrayList<>();
    int missing = 0;
    for (String name : names) {
      Path file = named.get(name);
      missing += file == null ? 1 : 0;
      sources.add(file == null ? null : () -> MedicalVolumeReader.withDefaults().read(file));
    }
    if (missing > 1 || !names.containsAll(named.keySet())) {
      throw new ParameterException(
          spec.commandLine(),
          "--sequences must name all of "
              + names
              + " but the INPUT, got "
              + named.keySet()
              + (names.isEmpty() ? "; --segmenter names no network of volumes" : ""));
    }
    return new Case(sources, List.copyOf(named.values()));
  }

  /** A network of several sequences that is shown one of them twice answers all the same. */
  private void requireDifferent(CommandSpec spec, VolumeInput input) throws IOException {
    Map<Path, String> known = new HashMap<>(Map.of(input.files().get(0).toRealPath(), "INPUT"));
    for (Map.Entry<String, Path> each : named.entrySet()) {
      String before = known.put(each.getValue().toRealPath(), each.getKey());
      if (before != null) {
        throw new ParameterException(
            spec.commandLine(),
            "--sequences must each be another file, got "
                + each.getValue()
                + " for "
                + before
                + " and "
                + each.getKey());
      }
    }
  }

  private static void ofFolder(
      CommandSpec spec, Path path, List<String> names, List<VolumeInput> volumes, Cases cases)
      throws IOException {
    Path folder = path.toRealPath();
    Map<String, StudySeries> found = Study.scan(folder).sequences(names);
    Study matched = new Study(List.copyOf(found.values()), Map.of());
    StudySeries chosen = matched.select().chosen().orElse(matched.series().get(0));
    Path first = chosen.files().get(0).toRealPath();
    Optional<VolumeInput> input = Optional.empty();
    for (VolumeInput volume : List.copyOf(volumes)) {
      Path file = volume.files().get(0).toRealPath();
      if (input.isEmpty() && file.equals(first)) {
        input = Optional.of(volume);
      } else if (file.startsWith(folder)) {
        volumes.remove(volume);
      }
    }
    String name =
        input
            .map(VolumeInput::name)
            .orElseThrow(
                () ->
                    new ParameterException(
                        spec.commandLine(),
                        path + ": " + chosen + " is no volume among the inputs"));
    List<@Nullable Source> sources = new ArrayList<>();
    List<Path> files = new ArrayList<>();
    for (StudySeries each : found.values()) {
      sources.add(each.equals(chosen) ? null : each::read);
      files.addAll(each.files());
    }
    cases.byName.put(name, new Case(sources, files));
    found.forEach(
        (sequence, each) ->
            spec.commandLine().getOut().println(Terminal.plain("  " + sequence + " is " + each)));
  }
}

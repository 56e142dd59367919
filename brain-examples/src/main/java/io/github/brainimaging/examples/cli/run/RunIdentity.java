package io.github.brainimaging.examples.cli.run;

import static java.util.regex.Pattern.CASE_INSENSITIVE;

import io.github.brainimaging.core.report.ReportWriter;
import io.github.brainimaging.examples.cli.file.Digests;
import io.github.brainimaging.examples.cli.file.Input;
import io.github.brainimaging.examples.cli.file.Outputs;
import io.github.brainimaging.examples.cli.file.VolumeInput;
import io.github.brainimaging.examples.cli.option.JobsOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What makes two runs the same, so that the second can take up what the first left: the arguments,
 * but for how many jobs work; the version and the model; place, size and time of every input, of
 * what is read beside it, of the data beside a header, of every file that is named with its card,
 * and of all files of a folder that is named, such as one of a model.
 */
public final class RunIdentity {

  /** Files of volumes whose voxels lie in another one. */
  private static final Pattern HEADER = Pattern.compile(".*\\.(hdr|mhd|nhdr)", CASE_INSENSITIVE);

  private static final int DEPTH = 4;

  private final MessageDigest digest = Digests.sha256();

  private RunIdentity() {}

  /** A checksum of it, for a run over images. */
  public static String of(
      CommandSpec spec, Path out, ReportWriter.Facts facts, List<Input> inputs) {
    List<String> names = inputs.stream().map(Input::name).toList();
    return of(spec, out, facts, names, inputs.stream().map(Input::file).toList(), List.of());
  }

  /**
   * A checksum of it, for a run over volumes.
   *
   * @param others files and folders that are read beside the volumes
   */
  public static String ofVolumes(
      CommandSpec spec,
      Path out,
      ReportWriter.Facts facts,
      List<VolumeInput> volumes,
      List<Path> others) {
    List<String> names = volumes.stream().map(VolumeInput::name).toList();
    List<Path> files = volumes.stream().flatMap(v -> v.files().stream()).toList();
    return of(spec, out, facts, names, files, others);
  }

  private static String of(
      CommandSpec spec,
      Path out,
      ReportWriter.Facts facts,
      List<String> names,
      List<Path> files,
      List<Path> others) {
    RunIdentity identity = new RunIdentity();
    Set<Path> inputs = files.stream().map(RunIdentity::absolute).collect(Collectors.toSet());
    identity.add(String.join(" ", spec.root().version()));
    identity.add(facts.toString());
    boolean isCount = false;
    for (String argument : spec.commandLine().getParseResult().originalArgs()) {
      if (!isCount && !argument.startsWith(JobsOption.NAME)) {
        identity.add(argument);
        identity.addNamed(argument.substring(argument.indexOf('=') + 1), out, inputs);
      }
      isCount = argument.equals(JobsOption.NAME);
    }
    names.forEach(identity::add);
    files.forEach(identity::addFile);
    for (Path other : others) {
      if (Files.isDirectory(other)) {
        identity.addAll(other, DEPTH);
      } else {
        identity.addFile(other);
      }
    }
    Stream.concat(files.stream(), others.stream())
        .filter(file -> HEADER.matcher(file.getFileName().toString()).matches())
        .map(header -> absolute(header).resolveSibling(""))
        .distinct()
        .forEach(folder -> identity.addAll(folder, 1));
    return HexFormat.of().formatHex(identity.digest.digest());
  }

  private static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }

  /**
   * Of a file that is no input, it and those beside it that are called alike; of a folder without
   * inputs, all.
   */
  private void addNamed(String name, Path out, Set<Path> inputs) {
    try {
      Path path = absolute(Path.of(name));
      if (inputs.contains(path)) {
        return; // It is added as such.
      }
      if (Files.isRegularFile(path)) {
        String alike = path.getFileName().toString().replaceFirst("\\.[^.]*$", "") + ".";
        try (Stream<Path> beside = Files.list(path.getParent())) {
          beside
              .filter(file -> file.getFileName().toString().startsWith(alike))
              .sorted()
              .forEach(this::addFile);
        }
      } else if (Files.isDirectory(path)
          && !path.equals(absolute(out))
          && inputs.stream().noneMatch(input -> input.startsWith(path))) {
        addAll(path, DEPTH);
      }
    } catch (InvalidPathException | IOException e) {
      add(""); // No file, or one that cannot be opened: that will be its result.
    }
  }

  /** The files of a folder, but what a report writes into it. */
  private void addAll(Path folder, int depth) {
    try (Stream<Path> files = Files.walk(folder, depth)) {
      files
          .filter(Files::isRegularFile)
          .filter(file -> !Outputs.isReport(file))
          .sorted()
          .forEach(this::addFile);
    } catch (UncheckedIOException | IOException e) {
      add(""); // The same.
    }
  }

  private void addFile(Path file) {
    try {
      add(file.toRealPath() + " " + Files.size(file) + " " + Files.getLastModifiedTime(file));
    } catch (IOException e) {
      add(""); // The same.
    }
  }

  private void add(String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }
}

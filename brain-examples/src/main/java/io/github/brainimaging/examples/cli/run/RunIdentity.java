package io.github.brainimaging.examples.cli.run;

import io.github.brainimaging.core.report.ReportWriter;
import io.github.brainimaging.examples.cli.file.Input;
import io.github.brainimaging.examples.cli.file.VolumeInput;
import io.github.brainimaging.examples.cli.option.JobsOption;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What makes two runs the same, so that the second can take up what the first left: the arguments,
 * but for how many jobs work; the version and the model; place, size and time of every input and of
 * every file that is named.
 */
public final class RunIdentity {

  private RunIdentity() {}

  /** A checksum of it, for a run over images. */
  public static String of(CommandSpec spec, ReportWriter.Facts facts, List<Input> inputs) {
    List<String> names = inputs.stream().map(Input::name).toList();
    return of(spec, facts, names, inputs.stream().map(Input::file).toList());
  }

  /** A checksum of it, for a run over volumes. */
  public static String ofVolumes(
      CommandSpec spec, ReportWriter.Facts facts, List<VolumeInput> volumes) {
    List<String> names = volumes.stream().map(VolumeInput::name).toList();
    return of(spec, facts, names, volumes.stream().flatMap(v -> v.files().stream()).toList());
  }

  private static String of(
      CommandSpec spec, ReportWriter.Facts facts, List<String> names, List<Path> files) {
    MessageDigest digest = sha256();
    add(digest, String.join(" ", spec.root().version()));
    add(digest, facts.toString());
    boolean isCount = false;
    for (String argument : spec.commandLine().getParseResult().originalArgs()) {
      if (!isCount && !argument.startsWith(JobsOption.NAME)) {
        add(digest, argument);
        add(digest, stamp(argument.substring(argument.indexOf('=') + 1)));
      }
      isCount = argument.equals(JobsOption.NAME);
    }
    names.forEach(name -> add(digest, name));
    files.forEach(file -> add(digest, stamp(file.toString())));
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void add(MessageDigest digest, String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }

  /** Of a file, where it is and whether it may have changed. */
  private static String stamp(String name) {
    try {
      Path file = Path.of(name);
      return Files.isRegularFile(file)
          ? file.toRealPath() + " " + Files.size(file) + " " + Files.getLastModifiedTime(file)
          : "";
    } catch (InvalidPathException | IOException e) {
      return ""; // No file, or one that cannot be opened: that will be its result.
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}

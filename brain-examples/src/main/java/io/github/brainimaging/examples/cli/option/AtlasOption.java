package io.github.brainimaging.examples.cli.option;

import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.io.MedicalVolumeReader;
import io.github.brainimaging.core.measure.Atlas;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** An atlas that says where lesions lie. */
public final class AtlasOption {

  private static final Pattern VOLUME = Pattern.compile("\\.(nii(\\.gz)?|nrrd|mha|mgz|mgh)$");

  /** A number, a name, and numbers such as a color. */
  private static final Pattern LINE =
      Pattern.compile("\\s*\"?(\\d{1,5})\"?[\\s,;]+\"?(.*?)\"?([\\s,;]+[\\d.]+)*\\s*");

  @Option(
      names = "--atlas",
      paramLabel = "LABELS",
      description =
          "Volumes: a label map of brain regions, whose names stand in a text beside it, called"
              + " alike, .txt, .csv or .tsv, a number and a name in each line; in which of them"
              + " lesions lie is told among the remarks (default: none; no atlas is brought along).")
  private @Nullable Path labels;

  @Option(
      names = "--atlas-template",
      paramLabel = "HEAD",
      description = "Volumes: with --atlas, the head on which its regions lie.")
  private @Nullable Path template;

  /** The atlas; null if none was given. */
  public @Nullable Atlas read(CommandSpec spec) throws IOException {
    if (labels == null && template == null) {
      return null;
    }
    if (labels == null || template == null) {
      throw new ParameterException(
          spec.commandLine(), "--atlas and --atlas-template go together, got one of them");
    }
    MedicalVolume regions = MedicalVolumeReader.withDefaults().read(labels);
    MedicalVolume head = MedicalVolumeReader.withDefaults().read(template);
    try {
      return Atlas.of(head, regions, names(labels));
    } catch (IllegalArgumentException e) {
      throw new IOException(
          labels + " (labels), " + template + " (template): " + e.getMessage(), e);
    }
  }

  private static Map<Integer, String> names(Path labels) throws IOException {
    String file = VOLUME.matcher(labels.getFileName().toString()).replaceFirst("");
    for (String ending : List.of(".txt", ".csv", ".tsv")) {
      Path beside = labels.resolveSibling(file + ending);
      if (Files.isRegularFile(beside)) {
        return namesIn(beside);
      }
    }
    return Map.of();
  }

  private static Map<Integer, String> namesIn(Path file) throws IOException {
    Map<Integer, String> names = new TreeMap<>();
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (CharacterCodingException e) {
      throw new IOException(file + ": expected text in UTF-8, found other bytes", e);
    }
    for (String line : lines) {
      Matcher found = LINE.matcher(line);
      if (found.matches() && !found.group(2).isEmpty()) {
        names.put(Integer.parseInt(found.group(1)), found.group(2).replace('_', ' '));
      }
    }
    if (names.isEmpty()) {
      throw new IOException(file + ": expected lines of a number and a name, found none");
    }
    return names;
  }
}

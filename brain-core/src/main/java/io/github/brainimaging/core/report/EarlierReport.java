package io.github.brainimaging.core.report;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import io.github.brainimaging.core.work.AtomicFiles;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The report that a run replaces. The files that it named, and no report in the folder names any
 * more, are removed when the new one is whole: a mask beside a report of other images would be
 * taken for one of its own. What no report named is never touched.
 *
 * <p>The names are kept in a file of their own from when the report is taken away until then, so
 * that a run that was killed in between and is taken up knows them too.
 */
final class EarlierReport {

  /** The keys under which reports name their files. */
  private static final Set<String> KEYS = Set.of("mask", "overlay", "heatMap", "map", "page");

  /** A file right in one of the folders that reports make. */
  private static final Pattern OURS =
      Pattern.compile(
          "("
              + String.join(
                  "|",
                  ReportFolder.MASKS,
                  ReportFolder.OVERLAYS,
                  ReportFolder.PAGES,
                  ReportFolder.HEAT_MAPS,
                  ReportFolder.UNCERTAINTY)
              + ")/[A-Za-z0-9_-][A-Za-z0-9._-]*");

  private static final List<String> REPORTS = List.of(ReportWriter.JSON, VolumeReportWriter.JSON);

  private final Path folder;
  private final Path report;
  private final List<Path> beside;
  private final Path list;

  /**
   * The report of a folder, if there is one.
   *
   * @param json the name of its file
   * @param beside the names of files beside it that tell the same
   */
  EarlierReport(Path folder, String json, String... beside) {
    this.folder = folder;
    this.report = folder.resolve(json);
    this.beside = Stream.of(beside).map(folder::resolve).toList();
    this.list = folder.resolve("." + json.replace(".json", ".earlier"));
  }

  /** Is taken away, and what it named is remembered, unless the new one has results already. */
  void giveWayTo(Journal results) throws IOException {
    if (results.size() > 0) {
      return;
    }
    Set<String> named = remembered();
    named.addAll(namedIn(report).orElse(Set.of()));
    if (!named.isEmpty()) {
      byte[] lines = String.join("\n", named).getBytes(StandardCharsets.UTF_8);
      AtomicFiles.write(list, out -> out.write(lines));
    }
    Files.deleteIfExists(report);
    for (Path file : beside) {
      Files.deleteIfExists(file);
    }
  }

  /** Removes what is named no more; to be called when the new report is in its place. */
  void removeRest() throws IOException {
    Set<String> rest = remembered();
    for (String json : rest.isEmpty() ? List.<String>of() : REPORTS) {
      Optional<Set<String>> named = namedIn(folder.resolve(json));
      if (named.isEmpty()) {
        rest.clear(); // Who knows what a damaged one named.
      }
      named.ifPresent(rest::removeAll);
    }
    for (String name : rest) {
      Path file = folder.resolve(name);
      if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        Files.delete(file);
      }
    }
    Files.deleteIfExists(list);
  }

  /** Some file systems ignore case: what differs in case only may be the same file. */
  private static Set<String> noNames() {
    return new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
  }

  private Set<String> remembered() throws IOException {
    return Files.exists(list) ? ours(Files.readAllLines(list)) : noNames();
  }

  private static Set<String> ours(Collection<String> names) {
    return names.stream()
        .filter(name -> OURS.matcher(name).matches())
        .collect(Collectors.toCollection(EarlierReport::noNames));
  }

  /** The files that a report names, none if there is no report; empty if it is damaged. */
  private static Optional<Set<String>> namedIn(Path json) throws IOException {
    Set<String> named = noNames();
    if (!Files.isRegularFile(json)) {
      return Optional.of(named);
    }
    try (JsonReader reader = new JsonReader(Files.newBufferedReader(json))) {
      for (JsonToken token = reader.peek();
          token != JsonToken.END_DOCUMENT;
          token = reader.peek()) {
        read(reader, token, named);
      }
      return Optional.of(ours(named));
    } catch (MalformedJsonException | EOFException | MalformedInputException e) {
      return Optional.empty(); // Not what a report holds.
    }
  }

  private static void read(JsonReader reader, JsonToken token, Set<String> named)
      throws IOException {
    switch (token) {
      case BEGIN_OBJECT -> reader.beginObject();
      case END_OBJECT -> reader.endObject();
      case BEGIN_ARRAY -> reader.beginArray();
      case END_ARRAY -> reader.endArray();
      case NAME -> {
        boolean file = KEYS.contains(reader.nextName());
        if (file && reader.peek() == JsonToken.STRING) {
          named.add(reader.nextString());
        }
      }
      default -> reader.skipValue();
    }
  }
}

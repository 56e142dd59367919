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
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The report that a run replaces. The files that it named, and no report in the folder names any
 * more, are removed when the new one is whole: a mask beside a report of other images would be
 * taken for one of its own. What no report of ours named, what lies behind a link, and what was
 * changed since is never touched.
 *
 * <p>The names are kept in a file of their own from when the report is taken away until then, so
 * that a run that was killed in between and is taken up knows them too.
 */
final class EarlierReport {

  private static final Logger logger = LoggerFactory.getLogger(EarlierReport.class);

  /** The keys under which reports name their files. */
  private static final Set<String> KEYS =
      Set.of("mask", "overlay", "heatMap", "map", "uncertaintyMap", "labelMap", "page");

  /** The arrays in which they name the pictures of slices. */
  private static final Pattern LISTS = Pattern.compile(".*\\.(pictures|outlines)\\[\\d+]");

  /** A file right in one of the folders that reports make. */
  private static final Pattern OURS =
      Pattern.compile(
          "("
              + String.join(
                  "|",
                  ReportFolder.MASKS,
                  ReportFolder.OVERLAYS,
                  ReportFolder.PAGES,
                  ReportFolder.SLICES,
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
    if (results.size() == 0) {
      giveWay();
    }
  }

  /** Goes, with all that it named. */
  void remove() throws IOException {
    if (Files.isRegularFile(report)) {
      giveWay();
      removeRest();
    }
  }

  private void giveWay() throws IOException {
    Set<String> named = remembered();
    for (String name : namedIn(report).orElse(Set.of())) {
      if (isAsOldAs(folder.resolve(name), report)) {
        named.add(name);
      }
    }
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
      if (isAsOldAs(file, list) && liesHere(file)) {
        delete(file);
      }
    }
    Files.deleteIfExists(list);
  }

  /** Not changed since, as somebody does who corrects a mask. */
  private static boolean isAsOldAs(Path file, Path other) throws IOException {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        && Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(other)) <= 0;
  }

  /** Its folder may be a link to one of the user's. */
  private boolean liesHere(Path file) throws IOException {
    Path inside = Objects.requireNonNull(file.getParent());
    Path name = Objects.requireNonNull(inside.getFileName());
    return inside.toRealPath().equals(folder.toRealPath().resolve(name));
  }

  /** The new report is whole all the same where this cannot be done. */
  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      logger.warn("{}, a file of an earlier report, cannot be removed: {}", file, e.toString());
    }
  }

  /** Some file systems ignore case: what differs in case only may be the same file. */
  private static Set<String> noNames() {
    return new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
  }

  private Set<String> remembered() throws IOException {
    if (!Files.isRegularFile(list)) {
      return noNames();
    }
    try {
      return ours(Files.readAllLines(list));
    } catch (MalformedInputException e) {
      logger.warn("{} is damaged: files of an earlier report stay", list);
      return noNames();
    }
  }

  private static Set<String> ours(Collection<String> names) {
    return names.stream()
        .filter(name -> OURS.matcher(name).matches())
        .collect(Collectors.toCollection(EarlierReport::noNames));
  }

  /** The files that a report names, none if there is no report; empty if it is none of ours. */
  private static Optional<Set<String>> namedIn(Path json) throws IOException {
    Set<String> named = noNames();
    if (!Files.isRegularFile(json)) {
      return Optional.of(named);
    }
    boolean noticed = false;
    try (JsonReader reader = new JsonReader(Files.newBufferedReader(json))) {
      for (JsonToken token = reader.peek();
          token != JsonToken.END_DOCUMENT;
          token = reader.peek()) {
        noticed |= read(reader, token, named);
      }
      return noticed ? Optional.of(ours(named)) : Optional.empty();
    } catch (MalformedJsonException | EOFException | MalformedInputException e) {
      return Optional.empty(); // Not what a report holds.
    }
  }

  /** Keeps what a result names; tells whether this is the notice that all reports of ours have. */
  private static boolean read(JsonReader reader, JsonToken token, Set<String> named)
      throws IOException {
    switch (token) {
      case BEGIN_OBJECT -> reader.beginObject();
      case END_OBJECT -> reader.endObject();
      case BEGIN_ARRAY -> reader.beginArray();
      case END_ARRAY -> reader.endArray();
      case NAME -> {
        String key = reader.nextName();
        String path = reader.getPath();
        if (reader.peek() == JsonToken.STRING) {
          String value = reader.nextString();
          if (KEYS.contains(key) && path.startsWith("$.results[")) {
            named.add(value);
          }
          return path.equals("$.notice") && value.equals(ReportPage.NOTICE);
        }
      }
      case STRING -> {
        String path = reader.getPath();
        String value = reader.nextString();
        if (path.startsWith("$.results[") && LISTS.matcher(path).matches()) {
          named.add(value);
        }
      }
      default -> reader.skipValue();
    }
    return false;
  }
}

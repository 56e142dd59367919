package io.github.brainimaging.core.io.internal.volume;

import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The fields of an NRRD header, as far as the bytes go. */
final class NrrdFields {

  private final Map<String, String> fields = new HashMap<>();
  private final HeaderText text;
  private boolean ended;
  private @Nullable String problem;

  private NrrdFields(byte[] start) {
    text = new HeaderText(start);
  }

  static NrrdFields of(byte[] start) {
    NrrdFields result = new NrrdFields(start);
    Optional<String> line = result.text.next(); // The magic number.
    while (!result.ended && line.isPresent()) {
      line = result.text.next();
      line.ifPresent(result::take);
    }
    return result;
  }

  private void take(String line) {
    if (line.isEmpty()) {
      ended = true;
      return;
    }
    int colon = line.indexOf(':');
    boolean comment = line.startsWith("#");
    if (colon < 1 && !comment && problem == null) {
      problem = line;
    }
    // What is told by := is for other programs.
    if (colon > 0 && !comment && !line.startsWith(":=", colon)) {
      fields.putIfAbsent(key(line.substring(0, colon)), line.substring(colon + 1).strip());
    }
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT).replace(" ", "");
  }

  /** Fails where the header does not end, or has a line that is no field. */
  void requireWhole() throws IOException {
    if (problem != null) {
      throw HeaderText.bad("of a header line", "\"field: value\"", problem);
    }
    if (!ended && find("data file").isEmpty()) {
      throw new IOException("expected an empty line behind the header, found none");
    }
  }

  /** Where the voxels begin in the file of the header. */
  int offset() {
    return text.offset();
  }

  /** A field, whose name is written with or without its spaces. */
  Optional<String> find(String name) {
    return Optional.ofNullable(fields.get(key(name)));
  }

  String get(String name) throws IOException {
    return find(name)
        .orElseThrow(() -> new IOException("expected a field " + name + ", found none"));
  }
}

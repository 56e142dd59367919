package io.github.brainimaging.examples.cli.file;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The files of a study that are passed over, told once for each reason. */
public final class LeftOut {

  /** What is DICOM and no image. */
  public static final String NO_PIXELS = "no image, such as a report or how images are shown";

  private static final int NAMED = 3;

  private final Map<String, List<String>> namesByReason = new LinkedHashMap<>();

  /** Removes files from the inputs, those that are there. */
  void take(List<Path> files, Map<Path, Input> known, List<Input> inputs, String reason) {
    for (Path file : files) {
      Input input = known.get(file);
      if (input != null && inputs.remove(input)) {
        add(input.name(), reason);
      }
    }
  }

  /** A file that was passed over. */
  public void add(String name, String reason) {
    namesByReason.computeIfAbsent(reason, key -> new ArrayList<>()).add(name);
  }

  /** Says what was passed over, and why. */
  public void print(PrintWriter out) {
    namesByReason.forEach((reason, names) -> out.println(Terminal.plain(line(reason, names))));
    out.flush();
  }

  private static String line(String reason, List<String> names) {
    int more = names.size() - NAMED;
    String first = String.join(", ", names.subList(0, Math.min(NAMED, names.size())));
    return "left out: " + first + (more > 0 ? " and " + more + " more" : "") + ": " + reason;
  }
}

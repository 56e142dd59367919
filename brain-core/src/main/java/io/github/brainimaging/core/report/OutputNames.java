package io.github.brainimaging.core.report;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * File names made from the names of inputs: {@code glioma/Te 1.jpg} becomes {@code glioma-Te_1}.
 * They hold nothing but ASCII letters, digits, "-", "_" and ".", do not begin with a dot, and
 * differ even where a file system ignores case.
 */
final class OutputNames {

  /** Leaves room for an extension within the 255 bytes of common file systems. */
  private static final int LONGEST = 200;

  private final Set<String> used = new HashSet<>();

  /** The next name, without extension. */
  String next(String input) {
    List<String> parts = new ArrayList<>();
    for (String part : input.split("[/\\\\]", -1)) {
      if (!part.isEmpty() && !part.equals(".") && !part.equals("..")) {
        parts.add(part.replaceAll("[^A-Za-z0-9._-]", "_"));
      }
    }
    String name = String.join("-", parts).replaceFirst("(?<=.)\\.[A-Za-z0-9]{1,5}$", "");
    name = name.substring(Math.max(0, name.length() - LONGEST)).replaceFirst("^\\.+", "");
    name = name.isEmpty() ? "image" : name;
    String unique = name;
    for (int i = 2; !used.add(unique.toLowerCase(Locale.ROOT)); i++) {
      unique = name + "-" + i;
    }
    return unique;
  }
}

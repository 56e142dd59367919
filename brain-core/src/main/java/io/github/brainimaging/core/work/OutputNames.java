package io.github.brainimaging.core.work;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Names of files made from the names of inputs: {@code glioma/Te 1.jpg} becomes {@code
 * glioma-Te_1}, {@code a/head.nii.gz} becomes {@code a-head}. They hold nothing but ASCII letters,
 * digits, "-", "_" and ".", do not begin with a dot, and differ even where a file system ignores
 * case. An extension begins with a letter, so that nothing is cut from {@code 1.2.840.5}.
 *
 * <p>Not safe to share between threads.
 *
 * @since 0.1.0
 */
public final class OutputNames {

  /** Leaves room for an extension within the 255 bytes of common file systems. */
  private static final int LONGEST = 200;

  private static final String EXTENSION = "(?i)(?<=.)\\.(nii\\.gz|seg\\.nrrd|[a-z][a-z0-9]{0,4})$";

  private final String ending;
  private final Set<String> used = new HashSet<>();

  /** Names that end as the inputs do, before their extension. */
  public OutputNames() {
    this("");
  }

  /**
   * Names of one kind of file.
   *
   * @param ending what each name ends with, such as {@code "-volume"}
   */
  public OutputNames(String ending) {
    this.ending = ending;
  }

  /**
   * The next name, without extension. Two inputs of one name get a number.
   *
   * @param input the name of the input, such as its path in a folder
   * @return a name that none was given before
   */
  public String next(String input) {
    List<String> parts = new ArrayList<>();
    for (String part : input.split("[/\\\\]", -1)) {
      if (!part.isEmpty() && !part.equals(".") && !part.equals("..")) {
        parts.add(part.replaceAll("[^A-Za-z0-9._-]", "_"));
      }
    }
    String name = String.join("-", parts).replaceFirst(EXTENSION, "");
    name = name.substring(Math.max(0, name.length() - LONGEST)).replaceFirst("^\\.+", "");
    name = (name.isEmpty() ? "image" : name) + ending;
    String unique = name;
    for (int i = 2; !used.add(unique.toLowerCase(Locale.ROOT)); i++) {
      unique = name + "-" + i;
    }
    return unique;
  }
}

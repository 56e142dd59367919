package io.github.brainimaging.examples.cli.file;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Names of files made from the names of inputs: {@code a/head 1.nii.gz} becomes {@code a-head-1}.
 * No two are the same, even where a file system ignores case.
 */
public final class FileNames {

  private static final int LONGEST = 150;

  private final String ending;
  private final Set<String> used = new HashSet<>();

  /**
   * Names for one kind of file.
   *
   * @param ending what each name ends with, before its number
   */
  public FileNames(String ending) {
    this.ending = ending;
  }

  /** The next name, without extension. */
  public String next(String input) {
    String plain = input.replaceFirst("(?i)\\.(nii\\.gz|seg\\.nrrd|[a-z]{2,4})$", "");
    plain = plain.replaceFirst("^[./\\\\]+", "").replaceAll("[^A-Za-z0-9._-]", "-");
    plain = plain.substring(Math.max(0, plain.length() - LONGEST)).replaceFirst("^\\.+", "");
    plain = plain.isEmpty() ? "input" : plain;
    String name = plain + ending;
    for (int i = 2; !used.add(name.toLowerCase(Locale.ROOT)); i++) {
      name = plain + ending + "-" + i;
    }
    return name;
  }
}

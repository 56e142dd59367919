package io.github.brainimaging.examples.cli.file;

/** Text of others, such as file names, made safe to print. */
public final class Terminal {

  private Terminal() {}

  /** Without control characters: a line break would forge a line, an escape sequence act. */
  public static String plain(String text) {
    return text.replaceAll("\\p{Cntrl}|[\\u0080-\\u009F]", "?");
  }
}

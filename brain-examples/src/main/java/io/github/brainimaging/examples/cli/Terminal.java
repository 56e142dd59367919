package io.github.brainimaging.examples.cli;

/** Text of others, such as file names, made safe to print. */
final class Terminal {

  private Terminal() {}

  /** Without control characters: a line break would forge a line, an escape sequence act. */
  static String plain(String text) {
    return text.replaceAll("\\p{Cntrl}|[\\u0080-\\u009F]", "?");
  }
}

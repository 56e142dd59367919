package io.github.brainimaging.examples.spark;

import io.github.brainimaging.examples.cli.file.Digests;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.HexFormat;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;

/**
 * Writes masks to a folder of one of Hadoop's file systems. A task that is tried again writes the
 * same files.
 */
final class MaskFiles {

  private static final int LONGEST_NAME = 60;
  private static final int DIGITS = 16;

  private final String folder;
  private final String attempt;
  private final Configuration hadoop;

  /**
   * Files of one try of a task.
   *
   * @param folder where they are written; empty if nobody wants any
   * @param attempt tells this try from others
   */
  MaskFiles(String folder, long attempt, Configuration hadoop) {
    this.folder = folder;
    this.attempt = "." + attempt + ".part";
    this.hadoop = hadoop;
  }

  /** Whether masks are to be written. */
  boolean wanted() {
    return !folder.isEmpty();
  }

  /** Writes the content of a file. */
  @FunctionalInterface
  interface Content {
    void write(OutputStream out) throws IOException;
  }

  /**
   * Writes a mask under a name of its own, and gives its place.
   *
   * @param input whose it is
   * @param part which of the input's it is
   * @param ending of the name
   */
  String write(String input, String part, String ending, Content content) throws IOException {
    String code = checksum(input + "\n" + part);
    String name = new Path(input).getName().replaceAll("[^A-Za-z0-9.-]", "_");
    String shown = name.substring(Math.max(0, name.length() - LONGEST_NAME));
    // Many folders, since none should hold a hundred thousand files.
    Path file = new Path(folder, code.substring(0, 3) + "/" + shown + "-" + code + ending);
    Path unfinished = file.suffix(attempt);
    FileContext files = FileContext.getFileContext(file.toUri(), hadoop);
    try (OutputStream out =
        files.create(
            unfinished,
            EnumSet.of(CreateFlag.CREATE, CreateFlag.OVERWRITE),
            Options.CreateOpts.createParent())) {
      content.write(out);
    }
    files.rename(unfinished, file, Options.Rename.OVERWRITE);
    return file.toString();
  }

  private static String checksum(String text) {
    byte[] digest = Digests.sha256().digest(text.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest).substring(0, DIGITS);
  }
}

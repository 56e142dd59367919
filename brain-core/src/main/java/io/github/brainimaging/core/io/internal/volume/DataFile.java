package io.github.brainimaging.core.io.internal.volume;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the file with the voxels of a header that lies alone. */
@FunctionalInterface
public interface DataFile {

  /** The names of headers that have a pair. */
  Pattern HEADER_NAME =
      Pattern.compile("(.*\\.)(hdr)(\\.gz)?", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  /**
   * Finds the file.
   *
   * @param header the file with the header
   * @return a regular file
   * @throws IOException if there is none, or it would lie outside of the header's folder
   */
  Path beside(Path header) throws IOException;

  /** A file that the header names: in its folder or below, since headers are not trusted. */
  static DataFile named(String field, String name) {
    return header -> {
      Path relative;
      try {
        relative = header.getFileSystem().getPath(name).normalize();
      } catch (InvalidPathException e) {
        throw HeaderText.bad(field, "the name of a file", name);
      }
      if (relative.isAbsolute() || name.isBlank() || relative.startsWith("..")) {
        throw HeaderText.bad(field, "a file in the folder of the header", name);
      }
      return existing(header.resolveSibling(relative), header);
    };
  }

  /**
   * The file of the same name as a {@code .hdr} that ends with {@code .img} or {@code .img.gz}.
   *
   * @param header the header
   * @return the file
   * @throws IOException if there is none, or the header's name ends otherwise
   */
  static Path ofPair(Path header) throws IOException {
    Matcher name = HEADER_NAME.matcher(header.getFileName().toString());
    if (!name.matches()) {
      throw new IOException(
          "expected the name of this header to end with .hdr, so that the .img with its voxels can"
              + " be found");
    }
    String image = name.group(1) + (name.group(2).equals("HDR") ? "IMG" : "img");
    Path plain = header.resolveSibling(image);
    Path gzip = header.resolveSibling(image + ".gz");
    return existing(!Files.exists(plain) && Files.exists(gzip) ? gzip : plain, header);
  }

  /** What to do with the file of a pair that has no header. */
  static String hint(String name) {
    return name.matches("(?is).*\\.img(\\.gz)?")
        ? "; if it has the voxels of a header, read that: the file of the same name that ends with"
            + " .hdr"
        : "";
  }

  private static Path existing(Path file, Path header) throws IOException {
    if (!Files.exists(file)) {
      throw new NoSuchFileException(
          file.toString(), null, "no such file, which holds the voxels of " + header.getFileName());
    }
    if (!Files.isRegularFile(file)) {
      throw new IOException("the voxels: expected a file, found another thing at " + file);
    }
    return file;
  }
}

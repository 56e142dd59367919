package io.github.brainimaging.core.io;

import io.github.brainimaging.core.internal.Heap;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The bytes of a file, which lies in a file system or in memory. They can be read repeatedly. */
final class Source {

  private static final long MAXIMUM_BYTES = 512L << 20;

  private final String name;
  private final @Nullable Path file;
  private final byte[] bytes;

  private Source(String name, @Nullable Path file, byte[] bytes) {
    this.name = name;
    this.file = file;
    this.bytes = bytes;
  }

  /** A file, of which nothing is read yet. */
  static Source of(Path file) {
    return new Source(file.toString(), file, new byte[0]);
  }

  /** Content in memory, not copied. */
  static Source of(byte[] content, String name) {
    return new Source(name, null, content);
  }

  /**
   * The rest of a stream. The array grows only as bytes really arrive.
   *
   * @param start what was taken from the stream before
   */
  static Source of(byte[] start, InputStream stream, String name) throws IOException {
    int limit = (int) Math.min(MAXIMUM_BYTES, Heap.half() / 2);
    byte[] rest = stream.readNBytes(limit);
    if (rest.length == limit) {
      throw new ImageFormatException(
          name
              + ": expected at most "
              + limit
              + " bytes (512 MiB or a quarter of the heap), found more");
    }
    byte[] content = Arrays.copyOf(start, start.length + rest.length);
    System.arraycopy(rest, 0, content, start.length, rest.length);
    return of(content, name);
  }

  /** What to call it in messages. */
  String name() {
    return name;
  }

  /** Where it lies, unless it is in memory. */
  Optional<Path> file() {
    return Optional.ofNullable(file);
  }

  /** The content in memory; empty if it is a file. */
  byte[] bytes() {
    return bytes;
  }

  /** Number of bytes. */
  long size() throws IOException {
    return file == null ? bytes.length : Files.size(file);
  }

  /** A stream from the first byte, which skips without reading. */
  InputStream open() throws IOException {
    if (file == null) {
      return new ByteArrayInputStream(bytes);
    }
    if (Files.isDirectory(file)) {
      throw new IOException(name + ": expected a file, found a folder");
    }
    if (Files.readAttributes(file, BasicFileAttributes.class).isOther()) {
      throw new IOException(
          name + ": expected a file, found a pipe or device, which may never end");
    }
    return Channels.newInputStream(Files.newByteChannel(file));
  }
}

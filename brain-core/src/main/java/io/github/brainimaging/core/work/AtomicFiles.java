package io.github.brainimaging.core.work;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Writes files so that a reader sees the old content or the new one, never half of it.
 *
 * @since 0.1.0
 */
public final class AtomicFiles {

  /** What {@link #write} calls its temporary files. */
  private static final Pattern TEMPORARY = Pattern.compile("\\.[0-9a-f-]{36}\\.tmp");

  private AtomicFiles() {}

  /** Something that writes itself to a stream. */
  @FunctionalInterface
  public interface Content {
    /**
     * Writes the content.
     *
     * @param out where to; closed by the caller
     * @throws IOException if writing fails
     */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes to a temporary file beside the target, then moves it over the target. Folders are
   * created as needed.
   *
   * @param target the file to write
   * @param content what to write
   * @throws IOException if writing fails, with the name of the target, which is then as it was
   */
  public static void write(Path target, Content content) throws IOException {
    Path folder = target.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IOException("cannot write to " + target + ": it is a file system root");
    }
    Files.createDirectories(folder);
    // Not Files.createTempFile, whose files nobody but their owner may read.
    Path temporary = folder.resolve("." + UUID.randomUUID() + ".tmp");
    if (Files.isDirectory(target)) {
      throw new FileSystemException(target.toString(), null, "expected a file, found a folder");
    }
    try {
      try (OutputStream out =
          new BufferedOutputStream(
              new NamedStream(
                  Files.newOutputStream(temporary, StandardOpenOption.CREATE_NEW), target))) {
        content.writeTo(out);
      }
      move(temporary, target);
    } catch (FileSystemException e) {
      throw temporary.toString().equals(e.getFile()) ? named(target, e) : e;
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /**
   * Deletes the temporary files that writers left in a folder when they were killed. Nobody may be
   * writing there.
   *
   * @param folder the folder; nothing happens where there is none. Those in it are not looked at
   * @throws IOException if the folder cannot be read, or a file not be deleted
   */
  public static void removeLeftovers(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, ".*.tmp")) {
      for (Path file : files) {
        if (TEMPORARY.matcher(file.getFileName().toString()).matches()) {
          Files.deleteIfExists(file);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  /** The temporary file says nothing to people. */
  private static FileSystemException named(Path target, FileSystemException e) {
    String reason =
        e.getReason() != null
            ? e.getReason()
            : e instanceof AccessDeniedException
                ? "access denied"
                : "no such file or folder can be made";
    FileSystemException failure =
        new FileSystemException(target.toString(), null, "cannot be written: " + reason);
    failure.initCause(e);
    return failure;
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** What the system says of a full disk names no file. */
  private static final class NamedStream extends FilterOutputStream {

    private final Path target;
    private long written;

    NamedStream(OutputStream out, Path target) {
      super(out);
      this.target = target;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        out.write(bytes, offset, length);
        written += length;
      } catch (ClosedChannelException e) {
        throw e; // an interrupt
      } catch (IOException e) {
        throw new IOException(target + ": " + e.getMessage() + ", after " + written + " bytes", e);
      }
    }
  }
}

package io.github.brainimaging.core.report;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The results of a run that is not finished: a first line that says which run, then a JSON object
 * per line and result, written as results come. A line that a killed run left half is cut off.
 *
 * <p>Only one run at a time has a journal open; the system ends the claim of a killed one.
 */
final class Journal implements AutoCloseable {

  /** Told of every line. */
  @FunctionalInterface
  interface Reader {
    void line(JsonObject line) throws IOException;
  }

  /** Told of the results that are there when a run is taken up. */
  @FunctionalInterface
  interface Keeper {
    /** Whether the result can be kept; else it and all that follow are thrown away. */
    boolean keeps(JsonObject line) throws IOException;
  }

  private static final String RUN = "run";
  private static final int PART = 8192;

  private final Path file;
  private final FileChannel channel;
  private int lines;

  private Journal(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Opens a journal.
   *
   * @param run which run this is; what is there of another one is thrown away. Empty for a run that
   *     is never taken up again
   * @param keeper told of the results that are there, in their order
   * @throws IOException if the file cannot be written, or another run has it open
   */
  static Journal open(Path file, String run, Keeper keeper) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    Journal journal = new Journal(file, channel);
    try {
      journal.claim();
      long end = run.isEmpty() ? 0 : journal.read(run, keeper);
      channel.truncate(end).position(end);
      if (end == 0) {
        JsonObject first = new JsonObject();
        first.addProperty(RUN, run);
        journal.write(first);
      }
      return journal;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private void claim() throws IOException {
    @Nullable FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null;
    }
    if (lock == null) {
      throw new IOException("another run is writing its report there: " + file + " is in use");
    }
  }

  /** Gives where the last whole line of this run ends; 0 if there is none. */
  private long read(String run, Keeper keeper) throws IOException {
    long end = 0;
    InputStream in = fromStart();
    for (byte[] line = nextLine(in); line.length > 0; line = nextLine(in)) {
      JsonObject object = parsed(line);
      if (object == null || (end == 0 ? !isOf(run, object) : !keeper.keeps(object))) {
        break;
      }
      lines += end > 0 ? 1 : 0;
      end += line.length;
    }
    return end;
  }

  /**
   * Not to be closed: with any descriptor of a file, POSIX ends all claims of the process to it.
   */
  private InputStream fromStart() throws IOException {
    return new BufferedInputStream(Channels.newInputStream(channel.position(0)));
  }

  private static boolean isOf(String run, JsonObject first) {
    return new JsonPrimitive(run).equals(first.get(RUN));
  }

  /** A line with its end; empty if the file ends before. */
  private static byte[] nextLine(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    byte[] part = new byte[PART];
    while (true) {
      in.mark(PART);
      int read = in.read(part);
      if (read < 0) {
        return new byte[0];
      }
      int length = 0;
      while (length < read && part[length] != '\n') {
        length++;
      }
      if (length < read) {
        line.write(part, 0, length + 1);
        in.reset();
        in.skipNBytes(length + 1);
        return line.toByteArray();
      }
      line.write(part, 0, read);
    }
  }

  private static @Nullable JsonObject parsed(byte[] line) {
    try {
      return JsonParser.parseString(new String(line, StandardCharsets.UTF_8)).getAsJsonObject();
    } catch (JsonParseException | IllegalStateException e) {
      return null; // Not what a journal holds: nothing from here on counts.
    }
  }

  /** The number of results. */
  int size() {
    return lines;
  }

  void add(JsonObject line) throws IOException {
    write(line);
    lines++;
  }

  private void write(JsonObject line) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (ClosedChannelException e) {
      throw e; // an interrupt
    } catch (IOException e) {
      throw new IOException(file + ": " + e.getMessage() + ", after " + lines + " results", e);
    }
  }

  /** Tells all results, from the first. */
  void forEach(Reader reader) throws IOException {
    InputStream in = fromStart();
    byte[] first = nextLine(in);
    for (byte[] line = first; line.length > 0; line = nextLine(in)) {
      JsonObject object = parsed(line);
      if (object == null) {
        throw new IOException(file + " was changed while the report was written");
      }
      if (line != first) {
        reader.line(object);
      }
    }
  }

  /** Ends the run: nothing is left to be taken up. */
  void delete() throws IOException {
    close();
    Files.deleteIfExists(file);
  }

  /** Leaves the results to be taken up, if there is one. */
  @Override
  public void close() throws IOException {
    boolean open = channel.isOpen();
    channel.close();
    if (open && lines == 0) {
      Files.deleteIfExists(file);
    }
  }
}

package io.github.brainimaging.core.io.internal.volume;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import io.github.brainimaging.core.internal.Heap;
import io.github.brainimaging.core.io.internal.Bytes;
import io.github.brainimaging.core.io.internal.volume.VoxelPlace.Encoding;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/**
 * The voxels of a file, packed or not, read a run at a time. Memory grows only as bytes really
 * arrive.
 */
public final class VoxelData {

  /** A whole number of samples of any type that stays in the cache. */
  private static final int CHUNK_BYTES = 48 << 10;

  /** 64 MiB of floats are taken on the word of a compressed file's header. */
  private static final int TRUSTED_SAMPLES = 16 << 20;

  /** So far a file is read on behind its voxels, which a file that means well ends with. */
  private static final long MOST_BYTES_AFTER = 64 << 20;

  /** A deflate stream grows at most 1032-fold (zlib, "Maximum Compression Factor"). */
  private static final long DEFLATE_RATIO = 1032;

  /** What the objects of a run take beside its samples: a file may have millions of one voxel. */
  private static final int RUN_BYTES = 200;

  /** No scan has so many volumes, and a file of a few kilobytes can claim them. */
  private static final int MOST_RUNS = 1 << 20;

  private final SampleDecoder decoder;
  private final Encoding encoding;
  private final byte[] chunk = new byte[CHUNK_BYTES];

  private VoxelData(SampleType samples, Encoding encoding) {
    this.decoder = new SampleDecoder(samples);
    this.encoding = encoding;
  }

  /**
   * What to read.
   *
   * @param samples how samples are stored
   * @param components samples that lie side by side at a voxel
   * @param count number of samples of a run, a multiple of the components
   * @param runs number of runs
   * @param last whether the last run is the last of the file, so that its checksum is verified
   */
  public record Wanted(SampleType samples, int components, int count, int runs, boolean last) {

    /** How many bytes there must be. */
    long bytes() {
      return (long) count * runs * samples.bytes();
    }
  }

  /**
   * Reads runs of samples that follow each other.
   *
   * @param in a file from its first byte; not closed
   * @param size the size of that file in bytes, as it lies there
   * @param place where the first sample is
   * @param wanted what to read
   * @return the samples of each run, component after component
   * @throws IOException if the file ends before, is damaged or would take more than half of the
   *     heap
   */
  public static List<float[]> read(InputStream in, long size, VoxelPlace place, Wanted wanted)
      throws IOException {
    if (wanted.runs > MOST_RUNS) {
      throw new IOException("expected at most " + MOST_RUNS + " volumes, found " + wanted.runs);
    }
    long all = (long) wanted.count * wanted.runs;
    Heap.require(all + " samples", all, Float.BYTES);
    Heap.require(wanted.runs + " volumes", wanted.runs, RUN_BYTES);
    requireThere(size, place, wanted);
    long start = place.start() == VoxelPlace.AT_END ? size - wanted.bytes() : place.start();
    in.skipNBytes(start);
    InputStream there = new BufferedInputStream(in, CHUNK_BYTES);
    skipLines(there, place.lines());
    if (place.encoding() == Encoding.TEXT) {
      return TextSamples.read(there, wanted);
    }
    try {
      InputStream voxels = unpacked(there, place.encoding());
      voxels.skipNBytes(place.skip());
      return new VoxelData(wanted.samples, place.encoding()).read(voxels, wanted);
    } catch (ZipException e) {
      boolean checksum = "Corrupt GZIP trailer".equals(e.getMessage());
      throw new IOException(
          checksum
              ? "damaged: the checksum at the end of the gzip data is not that of what it holds"
              : "damaged: the compressed data cannot be unpacked: " + e.getMessage(),
          e);
    } catch (EOFException e) {
      // The JDK says nothing here, or only what it was unpacking.
      boolean told = e.getMessage() != null && !e.getMessage().startsWith("Unexpected end");
      throw told ? e : cutOff("compressed data up to its checksum, found its end before");
    }
  }

  private static void requireThere(long size, VoxelPlace place, Wanted wanted) throws EOFException {
    boolean raw = place.encoding() == Encoding.RAW;
    if (place.encoding() == Encoding.TEXT) {
      long numbers = (long) wanted.count * wanted.runs;
      long most = (size - place.start() + 1) / 2;
      if (numbers > most) {
        throw cutOff("%d numbers, found room for no more than %d", numbers, most);
      }
      return;
    }
    long there = size - Math.max(0, place.start());
    long most = raw ? there : there * DEFLATE_RATIO;
    long end = place.skip() + wanted.bytes();
    if (end > most) {
      String atMost = raw ? "" : "no more than ";
      throw cutOff("voxels up to byte %d, found %s%d bytes", end, atMost, most);
    }
  }

  @FormatMethod
  private static EOFException cutOff(@FormatString String text, Object... values) {
    return new EOFException("the file is cut off: expected " + String.format(text, values));
  }

  private static void skipLines(InputStream in, int lines) throws IOException {
    for (int found = 0; found < lines; ) {
      int next = in.read();
      if (next < 0) {
        throw cutOff("%d lines before the voxels, found %d", lines, found);
      }
      found += next == '\n' ? 1 : 0;
    }
  }

  private static InputStream unpacked(InputStream in, Encoding encoding) throws IOException {
    if (encoding == Encoding.ZLIB) {
      in.mark(2);
      byte[] start = in.readNBytes(2);
      in.reset();
      return Bytes.match(start, 0, 0x1F, 0x8B)
          ? new GZIPInputStream(in, CHUNK_BYTES)
          : new InflaterInputStream(in);
    }
    return encoding == Encoding.GZIP ? new GZIPInputStream(in, CHUNK_BYTES) : in;
  }

  private List<float[]> read(InputStream voxels, Wanted wanted) throws IOException {
    boolean packed = encoding != Encoding.RAW;
    int trusted = packed ? Math.min(wanted.count, TRUSTED_SAMPLES) : wanted.count;
    List<float[]> samples = new ArrayList<>();
    for (int run = 0; run < wanted.runs; run++) {
      samples.add(planes(read(voxels, wanted.count, trusted), wanted.components));
    }
    if (packed && wanted.last) {
      verifyChecksum(voxels);
    }
    return samples;
  }

  /** The checksum stands at the end, and reading on to it verifies it. */
  private void verifyChecksum(InputStream in) throws IOException {
    long left = MOST_BYTES_AFTER;
    int found = 0;
    while (found >= 0 && left > 0) {
      left -= found;
      found = in.read(chunk);
    }
  }

  private float[] read(InputStream in, int count, int trusted) throws IOException {
    float[] samples = new float[trusted];
    int perChunk = CHUNK_BYTES / decoder.sampleBytes();
    int done = 0;
    while (done < count) {
      int part = Math.min(perChunk, count - done);
      int wanted = part * decoder.sampleBytes();
      int found = in.readNBytes(chunk, 0, wanted);
      if (found < wanted) {
        throw cutOff("%d samples, found %d", count, done + found / decoder.sampleBytes());
      }
      if (done + part > samples.length) {
        samples = Arrays.copyOf(samples, (int) Math.min(count, 2L * samples.length));
      }
      decoder.decode(chunk, part, samples, done);
      done += part;
    }
    return samples;
  }

  /** The file has the samples of a voxel side by side; in memory one plane follows the other. */
  static float[] planes(float[] samples, int components) {
    if (components == 1) {
      return samples;
    }
    int voxels = samples.length / components;
    float[] planes = new float[samples.length];
    for (int c = 0; c < components; c++) {
      for (int i = 0; i < voxels; i++) {
        planes[c * voxels + i] = samples[i * components + c];
      }
    }
    return planes;
  }
}

package io.github.brainimaging.core.io.internal.nifti;

import io.github.brainimaging.core.internal.Heap;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * The voxels of a file, compressed or not, read a run at a time. Memory grows only as bytes really
 * arrive.
 */
public final class VoxelData {

  /** A whole number of samples of any type, three channels included, that stays in the cache. */
  private static final int CHUNK_BYTES = 48 << 10;

  /** 64 MiB of floats are taken on the word of a compressed file's header. */
  private static final int TRUSTED_SAMPLES = 16 << 20;

  /** So far a file is read on behind its voxels, which a file that means well ends with. */
  private static final long MOST_BYTES_AFTER = 64 << 20;

  /** A deflate stream grows at most 1032-fold (zlib, "Maximum Compression Factor"). */
  private static final long DEFLATE_RATIO = 1032;

  private VoxelData() {}

  /**
   * Reads runs of samples that follow each other.
   *
   * @param in a file from its first byte; not closed
   * @param size the size of that file in bytes, as it lies there
   * @param compressed whether it is a gzip file
   * @param header what it says
   * @param offset place of the first sample's byte, in the uncompressed file
   * @param count number of samples of a run, a multiple of the channels
   * @param runs number of runs
   * @return the samples of each run, channel after channel
   * @throws IOException if the file ends before, is damaged or would take more than half of the
   *     heap
   */
  public static List<float[]> read(
      InputStream in,
      long size,
      boolean compressed,
      NiftiHeader header,
      long offset,
      int count,
      int runs)
      throws IOException {
    SampleDecoder decoder = new SampleDecoder(header);
    long all = (long) count * runs;
    Heap.require(all + " samples", all, Float.BYTES);
    long end = offset + (long) count * runs * decoder.sampleBytes();
    long most = compressed ? size * DEFLATE_RATIO : size;
    if (end > most) {
      throw new EOFException(
          String.format(
              "the file is cut off: expected voxels up to byte %d, found %s%d bytes",
              end, compressed ? "no more than " : "", most));
    }
    InputStream voxels = compressed ? new GZIPInputStream(in, CHUNK_BYTES) : in;
    voxels.skipNBytes(offset);
    int trusted = compressed ? Math.min(count, TRUSTED_SAMPLES) : count;
    List<float[]> samples = new ArrayList<>();
    for (int run = 0; run < runs; run++) {
      samples.add(planes(read(voxels, decoder, count, trusted), header.type().channels()));
    }
    if (compressed && end == header.dataOffset() + header.volumes() * header.volumeBytes()) {
      verifyChecksum(voxels);
    }
    return samples;
  }

  /** The checksum stands at the end, and reading on to it verifies it. */
  private static void verifyChecksum(InputStream gzip) throws IOException {
    byte[] rest = new byte[CHUNK_BYTES];
    long left = MOST_BYTES_AFTER;
    int found = 0;
    while (found >= 0 && left > 0) {
      left -= found;
      found = gzip.read(rest);
    }
  }

  private static float[] read(InputStream in, SampleDecoder decoder, int count, int trusted)
      throws IOException {
    float[] samples = new float[trusted];
    byte[] chunk = new byte[CHUNK_BYTES];
    int perChunk = CHUNK_BYTES / decoder.sampleBytes();
    int done = 0;
    while (done < count) {
      int part = Math.min(perChunk, count - done);
      int wanted = part * decoder.sampleBytes();
      int found = in.readNBytes(chunk, 0, wanted);
      if (found < wanted) {
        throw new EOFException(
            String.format(
                "the file is cut off: expected %d samples, found %d",
                count, done + found / decoder.sampleBytes()));
      }
      if (done + part > samples.length) {
        samples = Arrays.copyOf(samples, (int) Math.min(count, 2L * samples.length));
      }
      decoder.decode(chunk, part, samples, done);
      done += part;
    }
    return samples;
  }

  /** The file has the colors of a voxel side by side; in memory a channel comes after the other. */
  private static float[] planes(float[] samples, int channels) {
    if (channels == 1) {
      return samples;
    }
    int voxels = samples.length / channels;
    float[] planes = new float[samples.length];
    for (int c = 0; c < channels; c++) {
      for (int i = 0; i < voxels; i++) {
        planes[c * voxels + i] = samples[i * channels + c];
      }
    }
    return planes;
  }
}

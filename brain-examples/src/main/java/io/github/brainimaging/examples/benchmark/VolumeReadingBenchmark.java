package io.github.brainimaging.examples.benchmark;

import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.io.MedicalVolumeReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Reading a compressed NIfTI file, side by side with {@code gzip -dc} of it. The file is given with
 * {@code -p file=...}.
 *
 * <p>{@code main} takes the file and a number of rounds, reads it by both in turns, and prints the
 * best time of each and their ratio, which means something on a busy machine too.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class VolumeReadingBenchmark {

  /** The file that is read. */
  @Param("")
  public String file = "";

  /** Made by JMH. */
  public VolumeReadingBenchmark() {}

  /**
   * Reads the volume.
   *
   * @return the volume
   * @throws IOException if it cannot be read
   */
  @Benchmark
  public MedicalVolume read() throws IOException {
    return MedicalVolumeReader.withDefaults().read(Path.of(file));
  }

  /**
   * Decompresses the file by another process and throws the bytes away.
   *
   * @return gzip's exit code
   * @throws IOException if gzip cannot be started
   * @throws InterruptedException if interrupted
   */
  @Benchmark
  public int gunzip() throws IOException, InterruptedException {
    return new ProcessBuilder("gzip", "-dc", file)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  /**
   * Compares both in turns.
   *
   * @param arguments the file, and how many rounds
   * @throws IOException if the file cannot be read or gzip not be started
   * @throws InterruptedException if interrupted
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    VolumeReadingBenchmark benchmark = new VolumeReadingBenchmark();
    benchmark.file = arguments[0];
    double read = Double.POSITIVE_INFINITY;
    double gunzip = Double.POSITIVE_INFINITY;
    long voxels = 0;
    for (int i = Integer.parseInt(arguments[1]); i > 0; i--) {
      long start = System.nanoTime();
      voxels = benchmark.read().grid().voxels();
      long between = System.nanoTime();
      if (benchmark.gunzip() != 0) {
        throw new IOException("gzip -dc failed");
      }
      read = Math.min(read, (between - start) / 1e6);
      gunzip = Math.min(gunzip, (System.nanoTime() - between) / 1e6);
    }
    System.out.printf(
        "%d voxels: read %.1f ms, gzip -dc %.1f ms, ratio %.2f%n",
        voxels, read, gunzip, read / gunzip);
  }
}

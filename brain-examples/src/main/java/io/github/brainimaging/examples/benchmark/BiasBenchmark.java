package io.github.brainimaging.examples.benchmark;

import io.github.brainimaging.core.bias.BiasCorrection;
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
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Bias correction of a volume on one core. The NIfTI file is given with {@code -p volume=...}. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class BiasBenchmark {

  /** The file of the volume that is corrected. */
  @Param("")
  public String volume = "";

  private final BiasCorrection n4 = BiasCorrection.n4();
  private final BiasCorrection n3 = BiasCorrection.n3();

  @SuppressWarnings("NullAway.Init")
  private MedicalVolume head;

  /** Made by JMH. */
  public BiasBenchmark() {}

  /**
   * Loads the volume.
   *
   * @throws IOException if it cannot be read
   */
  @Setup
  public void open() throws IOException {
    head = MedicalVolumeReader.withDefaults().read(Path.of(volume));
  }

  /**
   * Corrects by N4 with its defaults.
   *
   * @return corrected volume and field
   */
  @Benchmark
  public BiasCorrection.Corrected<MedicalVolume> n4() {
    return n4.correct(head);
  }

  /**
   * Corrects by N3 with its defaults.
   *
   * @return corrected volume and field
   */
  @Benchmark
  public BiasCorrection.Corrected<MedicalVolume> n3() {
    return n3.correct(head);
  }
}

package io.github.brainimaging.examples.benchmark;

import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.io.MedicalVolumeReader;
import io.github.brainimaging.segmentation.skullstrip.SkullStripper;
import io.github.brainimaging.segmentation.skullstrip.SurfaceSkullStripper;
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

/**
 * Finding the brain in a whole head on one core: {@code org.openjdk.jmh.Main
 * SkullStrippingBenchmark.surface -p volume=ch2.nii.gz}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 1)
@Measurement(iterations = 3)
@Fork(1)
public class SkullStrippingBenchmark {

  /** The file of the volume that is stripped. */
  @Param("")
  public String volume = "";

  @SuppressWarnings("NullAway.Init")
  private MedicalVolume head;

  /** Made by JMH. */
  public SkullStrippingBenchmark() {}

  /**
   * Reads the volume.
   *
   * @throws IOException if it cannot be read
   */
  @Setup
  public void read() throws IOException {
    head = MedicalVolumeReader.withDefaults().read(Path.of(volume));
  }

  /**
   * Threshold and morphology.
   *
   * @return the brain
   */
  @Benchmark
  public VolumeMask morphology() {
    return SkullStripper.forVolumes().extract(head);
  }

  /**
   * The growing surface.
   *
   * @return the brain
   */
  @Benchmark
  public VolumeMask surface() {
    return SurfaceSkullStripper.withDefaults().extract(head);
  }
}

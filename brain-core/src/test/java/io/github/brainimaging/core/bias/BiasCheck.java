package io.github.brainimaging.core.bias;

import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.io.MedicalVolumeReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Prints how well N4 and N3 remove a known field of +-30 % from a head, and how long it takes.
 * White matter is what lies in the upper peak of the uncorrupted brain, eroded (see {@link
 * WhiteMatter}). Run with the class path of README, "What is measured":
 *
 * <pre>
 * java -cp ... io.github.brainimaging.core.bias.BiasCheck skull-strip/ch2.nii.gz skull-strip/ch2bet.nii.gz
 * </pre>
 */
final class BiasCheck {

  private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

  private BiasCheck() {}

  public static void main(String[] args) throws IOException {
    MedicalVolume head = MedicalVolumeReader.withDefaults().read(Path.of(args[0]));
    boolean[] whiteMatter =
        WhiteMatter.of(MedicalVolumeReader.withDefaults().read(Path.of(args[1])));
    print("uncorrupted", head.samples(), whiteMatter, 0, 0);
    for (KnownField field : KnownField.values()) {
      MedicalVolume corrupted = field.times(head);
      print(field + " field", corrupted.samples(), whiteMatter, 0, 0);
      correct(field + " field, N4", BiasCorrection.n4(), corrupted, whiteMatter);
      correct(field + " field, N3", BiasCorrection.n3(), corrupted, whiteMatter);
    }
    correct("uncorrupted, N4", BiasCorrection.n4(), head, whiteMatter);
  }

  private static void correct(
      String name, BiasCorrection correction, MedicalVolume head, boolean[] whiteMatter) {
    double best = Double.POSITIVE_INFINITY;
    BiasCorrection.Corrected<MedicalVolume> result = correction.correct(head);
    for (int run = 0; run < 3; run++) {
      long start = CPU.getCurrentThreadCpuTime();
      result = correction.correct(head);
      best = Math.min(best, (CPU.getCurrentThreadCpuTime() - start) / 1e9);
    }
    print(name, result.corrected().samples(), whiteMatter, result.iterations(), best);
  }

  private static void print(
      String name, float[] samples, boolean[] whiteMatter, int iterations, double seconds) {
    System.out.printf(
        Locale.ROOT,
        "%-40s CV %.4f  %3d iterations  %.2f s of CPU%n",
        name,
        WhiteMatter.variation(samples, whiteMatter),
        iterations,
        seconds);
  }
}

package io.github.brainimaging.core.evaluation.parity;

import io.github.brainimaging.core.geometry.VolumeCrop;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.internal.Arguments;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A result beside that of another program on the same case: how alike they are, where they differ,
 * and what the difference looks like.
 *
 * <pre>{@code
 * MedicalVolumeReader reader = MedicalVolumeReader.withDefaults();
 * MedicalVolume ours = reader.read(Path.of("ours.nii.gz"));
 * MedicalVolume theirs = reader.read(Path.of("theirs.nii.gz"));
 * Parity parity = Parity.ofLabels(ours, theirs);
 * if (parity.likeness() < 0.999) {
 *   parity.hints().forEach(System.out::println); // such as "turned round along x: ..."
 * }
 * }</pre>
 *
 * <p>Voxels are compared by their indices, as a network sees them; what the headers say of their
 * place is compared beside that.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param likeness of labels the least Dice of a label, 0 to 1; of samples the correlation, -1 to 1;
 *     0 where the sizes differ
 * @param dice of each label but 0 that one of both has; empty of samples
 * @param largest the largest difference of two samples; of labels 0 or 1
 * @param different voxels that differ, of samples by more than the tolerance; all where the sizes
 *     differ
 * @param where the box around these voxels; empty where none differ or the sizes do
 * @param worstSlice the slice with most of them, -1 where there is none
 * @param hints what the difference looks like, the likeliest first; empty where nothing differs
 * @since 0.1.0
 */
public record Parity(
    double likeness,
    Map<Integer, Double> dice,
    double largest,
    long different,
    Optional<VolumeCrop.Box> where,
    int worstSlice,
    List<String> hints) {

  /**
   * Copies the lists.
   *
   * @param likeness see above
   * @param dice see above
   * @param largest see above
   * @param different see above
   * @param where see above
   * @param worstSlice see above
   * @param hints see above
   */
  public Parity {
    dice = Collections.unmodifiableMap(new LinkedHashMap<>(dice));
    hints = List.copyOf(hints);
  }

  /**
   * Compares two label maps or masks.
   *
   * @param ours whole numbers, one channel
   * @param reference likewise
   * @return what was found
   * @throws IllegalArgumentException if a volume has several channels, or holds what is no whole
   *     number from 0 to 65535
   */
  public static Parity ofLabels(MedicalVolume ours, MedicalVolume reference) {
    requireLabels("ours", ours);
    requireLabels("reference", reference);
    Map<Integer, Double> dice = dice(ours.samples(), reference.samples());
    double least = dice.values().stream().mapToDouble(Double::doubleValue).min().orElse(1);
    return new Difference(ours, reference, Difference.Measure.LABELS)
        .parity(sameSize(ours, reference) ? least : 0, dice, 0);
  }

  /**
   * Compares numbers, such as what two programs give a network.
   *
   * @param ours finite, one channel
   * @param reference likewise
   * @param tolerance which difference of two samples is none, 0 or more
   * @return what was found
   * @throws IllegalArgumentException if a volume has several channels, or the tolerance is negative
   */
  public static Parity ofSamples(MedicalVolume ours, MedicalVolume reference, double tolerance) {
    Arguments.require(
        ours.channels() == 1 && reference.channels() == 1,
        "volumes must have 1 channel, got %s and %s",
        ours.channels(),
        reference.channels());
    Arguments.require(tolerance >= 0, "tolerance must be 0 or more, got %s", tolerance);
    Difference difference = new Difference(ours, reference, Difference.Measure.SAMPLES);
    return difference.parity(
        sameSize(ours, reference) ? difference.asTheyAre() : 0, Map.of(), tolerance);
  }

  static boolean sameSize(MedicalVolume a, MedicalVolume b) {
    return a.width() == b.width() && a.height() == b.height() && a.depth() == b.depth();
  }

  private static void requireLabels(String name, MedicalVolume volume) {
    Arguments.require(volume.channels() == 1, "%s must have 1 channel, got %s", name, volume);
    for (float sample : volume.samples()) {
      Arguments.require(
          sample >= 0 && sample <= 65535 && sample == Math.rint(sample),
          "%s must hold whole numbers from 0 to 65535, got %s",
          name,
          sample);
    }
  }

  private static Map<Integer, Double> dice(float[] ours, float[] reference) {
    Map<Integer, long[]> counts = new TreeMap<>();
    for (int i = 0; i < Math.max(ours.length, reference.length); i++) {
      int a = i < ours.length ? (int) ours[i] : 0;
      int b = i < reference.length ? (int) reference[i] : 0;
      if (a != 0) {
        long[] count = counts.computeIfAbsent(a, label -> new long[2]);
        count[0]++;
        count[1] += a == b ? 1 : 0;
      }
      if (b != 0) {
        counts.computeIfAbsent(b, label -> new long[2])[0]++;
      }
    }
    Map<Integer, Double> dice = new LinkedHashMap<>();
    boolean comparable = ours.length == reference.length;
    counts.forEach((label, count) -> dice.put(label, comparable ? 2.0 * count[1] / count[0] : 0.0));
    return dice;
  }

  /**
   * The hints, or that there is none.
   *
   * @return a sentence for people
   */
  public List<String> sentences() {
    List<String> all = new ArrayList<>(hints);
    if (all.isEmpty() && different > 0) {
      all.add("no shift, turn or other scale explains the difference: look at the values");
    }
    return all;
  }
}

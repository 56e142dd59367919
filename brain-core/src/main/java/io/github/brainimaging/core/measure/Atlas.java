package io.github.brainimaging.core.measure;

import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.registration.Registration;
import io.github.brainimaging.core.registration.Registration.Aligned;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Regions of a brain with names, and the head that they were drawn on, to say in words where
 * lesions lie. None is brought along: those known to us may not be given on with this license.
 *
 * <p>The head of the atlas is laid on that of the patient by an affine {@link Registration}, the
 * regions by the nearest voxel. Folds are not matched, so that a border may be a centimeter off,
 * and a lesion that displaces brain moves what lies beside it: a region is a hint, not a finding.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @since 0.1.0
 */
public final class Atlas {

  private final MedicalVolume template;
  private final MedicalVolume labels;
  private final Map<Integer, String> names;

  private Atlas(MedicalVolume template, MedicalVolume labels, Map<Integer, String> names) {
    this.template = template;
    this.labels = labels;
    this.names = Map.copyOf(names);
  }

  /**
   * An atlas.
   *
   * @param template the head, one channel; with skull for heads with skull, without for those
   *     without
   * @param labels a number of a region for each voxel, 0 for none; in the same coordinates, or on
   *     the same grid where the place of one is unknown
   * @param names what the numbers are called; a number without a name is told as such
   * @return the atlas
   * @throws IllegalArgumentException if one has several channels, the labels are not whole numbers
   *     or all 0, or place and grid of one are not those of the other
   */
  public static Atlas of(MedicalVolume template, MedicalVolume labels, Map<Integer, String> names) {
    Arguments.require(
        template.channels() == 1, "template must have 1 channel, got %s", template.channels());
    Arguments.require(
        labels.channels() == 1, "labels must have 1 channel, got %s", labels.channels());
    boolean placed = template.affine().isPresent() && labels.affine().isPresent();
    Arguments.require(
        placed || labels.grid().matches(template.grid()),
        "labels must lie on the grid of the template where a place is unknown, %s, got %s",
        template.grid(),
        labels.grid());
    float largest = 0;
    for (float label : labels.samples()) {
      Arguments.require(
          label >= 0 && label <= 0xFFFF && label == Math.rint(label),
          "labels must be whole numbers from 0 to 65535, got %s",
          label);
      largest = Math.max(largest, label);
    }
    Arguments.require(largest > 0, "labels must hold a region, got %s everywhere", 0);
    return new Atlas(template, labels, names);
  }

  /**
   * A region that a lesion lies in.
   *
   * @param region its name; empty for none of the atlas
   * @param share how much of the lesion lies in it, 0 to 1
   */
  public record Share(String region, double share) {

    private String words() {
      return String.format(
          Locale.ROOT, "%s %.0f %%", region.isEmpty() ? "no region" : region, 100 * share);
    }
  }

  /**
   * Where lesions lie.
   *
   * @param lesions for each, the largest first, its regions, that with most of it first
   * @param registration how the atlas was laid on the head, and what speaks against it
   */
  public record Places(
      List<List<Share>> lesions, Registration.Aligned<MedicalVolume> registration) {

    private static final int TOLD = 5;
    private static final double LEAST = 0.1;

    /**
     * Copies the lists.
     *
     * @param lesions for each its regions
     * @param registration how the atlas was laid on the head
     */
    public Places {
      lesions = lesions.stream().map(List::copyOf).toList();
    }

    /**
     * In words, for the five largest lesions, each region with a tenth of the lesion or more.
     *
     * @return a sentence for each lesion, one that says how far to believe it, one for each doubt;
     *     empty without lesions
     */
    public List<String> sentences() {
      List<String> told = new ArrayList<>();
      for (int i = 0; i < Math.min(TOLD, lesions.size()); i++) {
        List<String> words =
            lesions.get(i).stream().filter(s -> s.share() >= LEAST).map(Share::words).toList();
        told.add("lesion " + (i + 1) + " by the atlas: " + String.join(", ", words));
      }
      if (!told.isEmpty()) {
        told.add(
            String.format(
                Locale.ROOT,
                "the atlas was laid on this head by an affine transform (normalized mutual"
                    + " information %.3f, before %.3f): borders may be a centimeter off, more"
                    + " beside what displaces brain",
                registration.measure(),
                registration.before()));
        registration.doubts().forEach(doubt -> told.add("the atlas is laid doubtfully: " + doubt));
      }
      return List.copyOf(told);
    }
  }

  /**
   * Says where lesions lie. Takes up to a minute, since the heads are registered; nothing is done
   * for an empty mask.
   *
   * @param head the patient's head, one channel
   * @param mask the lesions, on its grid
   * @return the regions of each lesion, in the order of {@link Lesion#of(VolumeMask)}
   * @throws IllegalArgumentException if the mask lies on another grid, the head cannot be
   *     registered, or both heads cannot be brought to overlap
   */
  public Places find(MedicalVolume head, VolumeMask mask) {
    Arguments.require(
        mask.grid().matches(head.grid()),
        "mask must lie on the grid of the head %s, got %s",
        head.grid(),
        mask.grid());
    Aligned<MedicalVolume> laid =
        Registration.withDefaults().withAffine(true).align(head, template);
    Arguments.require(
        laid.measure() > 1,
        "template must be brought to overlap with the head, got %s and %s",
        template.grid(),
        head.grid());
    float[] regions = Registration.carryLabels(labels, laid).samples();
    float[] lesions = LesionMap.numbers(mask).samples();
    List<Map<Integer, Integer>> counts = new ArrayList<>();
    for (int i = 0; i < lesions.length; i++) {
      int lesion = (int) lesions[i];
      while (counts.size() < lesion) {
        counts.add(new TreeMap<>());
      }
      if (lesion > 0) {
        counts.get(lesion - 1).merge((int) regions[i], 1, Integer::sum);
      }
    }
    return new Places(counts.stream().map(this::shares).toList(), laid);
  }

  private List<Share> shares(Map<Integer, Integer> counts) {
    double all = counts.values().stream().mapToInt(Integer::intValue).sum();
    return counts.entrySet().stream()
        .map(each -> new Share(name(each.getKey()), each.getValue() / all))
        .sorted(Comparator.comparingDouble(Share::share).reversed())
        .toList();
  }

  private String name(int label) {
    return label == 0 ? "" : names.getOrDefault(label, "region " + label);
  }

  /** Its size and the number of its names. */
  @Override
  public String toString() {
    return "Atlas[" + labels.grid() + ", " + names.size() + " names]";
  }
}

package io.github.brainimaging.core.measure;

import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.measure.Lesion.Diameters;
import io.github.brainimaging.core.registration.Registration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What became of the lesions of a patient between two visits ({@link Visit#changeTo}). Each visit
 * is measured on its own voxels; the heads are registered rigidly only to tell which lesion is
 * which. Lesions of both visits belong together where they overlap; of those that overlap with
 * none, the nearest ones, if their middles are at most 10 mm apart. So a part may have several
 * lesions of one visit, where they grew together or fell apart.
 *
 * <p>It compares masks. It is no assessment of response: RANO asks for a reader, who leaves out
 * cavities and what is no tumor, for T2 or FLAIR, the dose of steroids and how the patient is, and
 * for a second scan weeks later, since treatment alone changes enhancement. How well a mask repeats
 * is not known from two visits: a change must be larger than what the segmenter's own errors make.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param earlier what the earlier visit is called
 * @param registration the earlier head on the grid of the later one, how it was moved, and what
 *     speaks against it
 * @param earlierMask the earlier lesions on the grid of the later head, to be looked at
 * @param before the earlier lesions, the largest first
 * @param after the later lesions, the largest first
 * @param parts all lesions of both visits, each in one part; the largest first
 * @since 0.1.0
 */
public record Change(
    String earlier,
    Registration.Aligned<MedicalVolume> registration,
    VolumeMask earlierMask,
    List<Lesion> before,
    List<Lesion> after,
    List<Part> parts) {

  /** Both diameters of a lesion that RANO measures. */
  private static final double MEASURABLE_MM = 10;

  private static final double SPECK_ML = 0.1;

  /** RANO adds up the largest ones only. */
  private static final int MOST_MEASURED = 5;

  /**
   * Copies the lists.
   *
   * @param earlier what the earlier visit is called
   * @param registration how the earlier head was moved
   * @param earlierMask the earlier lesions on the grid of the later head
   * @param before the earlier lesions
   * @param after the later lesions
   * @param parts all lesions of both visits
   */
  public Change {
    before = List.copyOf(before);
    after = List.copyOf(after);
    parts = List.copyOf(parts);
  }

  /**
   * A measure at both visits.
   *
   * @param before at the earlier visit; empty if the spacing is unknown
   * @param after at the later visit; likewise
   */
  public record Amount(OptionalDouble before, OptionalDouble after) {

    /**
     * By how much it grew.
     *
     * @return negative where it shrank; empty if a measure is
     */
    public OptionalDouble difference() {
      return before.isPresent() && after.isPresent()
          ? OptionalDouble.of(after.getAsDouble() - before.getAsDouble())
          : OptionalDouble.empty();
    }

    /**
     * By how much it grew, of what it was.
     *
     * @return in percent, -100 where it is gone; empty if it was 0 or is not known
     */
    public OptionalDouble percent() {
      return difference().isPresent() && before.getAsDouble() > 0
          ? OptionalDouble.of(100 * difference().getAsDouble() / before.getAsDouble())
          : OptionalDouble.empty();
    }

    /** Both, and the change in percent where it is known. */
    private String words(String unit, int digits) {
      if (difference().isEmpty()) {
        return "unknown, since a spacing is";
      }
      String amounts = "%." + digits + "f to %." + digits + "f %s";
      String text =
          String.format(Locale.ROOT, amounts, before.getAsDouble(), after.getAsDouble(), unit);
      return percent().isPresent()
          ? text + String.format(Locale.ROOT, " (%+.1f %%)", percent().getAsDouble())
          : text;
    }
  }

  /**
   * Lesions of both visits that belong together.
   *
   * @param before the earlier ones; none if it is new
   * @param after the later ones; none if it is gone
   */
  public record Part(List<Lesion> before, List<Lesion> after) {

    /**
     * Copies the lists.
     *
     * @param before the earlier ones
     * @param after the later ones
     */
    public Part {
      before = List.copyOf(before);
      after = List.copyOf(after);
    }

    /**
     * Whether nothing was there at the earlier visit.
     *
     * @return true if so
     */
    public boolean isNew() {
      return before.isEmpty();
    }

    /**
     * Whether nothing is there at the later visit.
     *
     * @return true if so
     */
    public boolean isGone() {
      return after.isEmpty();
    }

    /**
     * Whether it is so small that an outline's errors make and unmake it.
     *
     * @return true if it is below 0.1 ml at both visits
     */
    public boolean isSpeck() {
      return volumeMl().before().orElse(Double.POSITIVE_INFINITY) < SPECK_ML
          && volumeMl().after().orElse(Double.POSITIVE_INFINITY) < SPECK_ML;
    }

    /**
     * The volume.
     *
     * @return in ml, 0 where there is no lesion
     */
    public Amount volumeMl() {
      return amount(before, after, Lesion::volumeMl);
    }

    /**
     * The sum of the largest products of a slice's diameter and how far it reaches across it.
     *
     * @return in mm2, 0 where there is no lesion
     */
    public Amount productMm2() {
      return amount(before, after, Change::product);
    }
  }

  /**
   * The volume of all lesions.
   *
   * @return in ml
   */
  public Amount volumeMl() {
    return amount(before, after, Lesion::volumeMl);
  }

  /**
   * The sum of the products of diameters as RANO adds them up: of the five largest lesions of which
   * both diameters are 10 mm or more.
   *
   * @return in mm2; 0 where no lesion is measurable
   */
  public Amount productMm2() {
    return amount(measurable(before), measurable(after), Change::product);
  }

  /** What became of the volume, the products and the number of lesions but specks, in one line. */
  @Override
  public String toString() {
    return "since "
        + earlier
        + ": "
        + volumeMl().words("ml", 2)
        + ", product of diameters "
        + productMm2().words("mm2", 0)
        + ", "
        + count(Part::isNew)
        + " new, "
        + count(Part::isGone)
        + " gone"
        + (specks() > 0 ? ", specks below 0.1 ml apart" : "");
  }

  /**
   * How many parts are so small that they are told apart from the others.
   *
   * @return the number of {@link Part#isSpeck specks}
   */
  public long specks() {
    return parts.stream().filter(Part::isSpeck).count();
  }

  private long count(Predicate<Part> which) {
    return parts.stream().filter(part -> which.test(part) && !part.isSpeck()).count();
  }

  private static List<Lesion> measurable(List<Lesion> lesions) {
    boolean unknown = lesions.stream().anyMatch(lesion -> lesion.diameters().isEmpty());
    return unknown
        ? lesions
        : lesions.stream().filter(Change::isMeasurable).limit(MOST_MEASURED).toList();
  }

  private static boolean isMeasurable(Lesion lesion) {
    return lesion
        .diameters()
        .filter(d -> Math.min(d.inPlane(), d.perpendicular()) >= MEASURABLE_MM)
        .isPresent();
  }

  private static OptionalDouble product(Lesion lesion) {
    return lesion
        .diameters()
        .map((Diameters d) -> OptionalDouble.of(d.productMm2()))
        .orElse(OptionalDouble.empty());
  }

  private static Amount amount(
      List<Lesion> before, List<Lesion> after, Function<Lesion, OptionalDouble> measure) {
    return new Amount(sum(before, measure), sum(after, measure));
  }

  private static OptionalDouble sum(
      List<Lesion> lesions, Function<Lesion, OptionalDouble> measure) {
    double sum = 0;
    for (Lesion lesion : lesions) {
      OptionalDouble known = measure.apply(lesion);
      if (known.isEmpty()) {
        return known;
      }
      sum += known.getAsDouble();
    }
    return OptionalDouble.of(sum);
  }
}

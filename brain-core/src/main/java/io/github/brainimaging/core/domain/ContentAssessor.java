package io.github.brainimaging.core.domain;

import io.github.brainimaging.core.grid.TomographyCheck;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.Modality;
import io.github.brainimaging.core.inference.Assessment;
import io.github.brainimaging.core.inference.Assessment.Verdict;
import io.github.brainimaging.core.inference.Assessor;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Refuses what no model of its kind can answer, without looking at more than the gray values: an
 * image of one value, one in which most samples are not finite, and one whose file says that it is
 * of another modality, or whose values are Hounsfield units where MR is expected.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @since 0.1.0
 */
public final class ContentAssessor implements Assessor {

  /** Fewer distinct gray values than this in all of an image are a drawing or nothing. */
  private static final int LEAST_VALUES = 8;

  private final Modality expected;

  private ContentAssessor(Modality expected) {
    this.expected = Objects.requireNonNull(expected, "expected");
  }

  /**
   * For models of MR or of CT.
   *
   * @param modality what they were made for; of MR, the sequence is not looked at
   * @return the assessor
   */
  public static ContentAssessor of(Modality modality) {
    return new ContentAssessor(modality);
  }

  @Override
  public Assessment assess(MedicalImage image) {
    Modality modality = image.modality();
    if (modality != Modality.UNKNOWN && isCt(modality) != isCt(expected)) {
      return refused("the file says %s; the model was made for %s", modality, expected);
    }
    // Without negative values there is nothing to look for, and no copy to be made.
    if (modality == Modality.UNKNOWN
        && !isCt(expected)
        && image.range()[0] < 0
        && TomographyCheck.isHounsfield(image.samples())) {
      return refused(
          "its values are Hounsfield units, as of CT; the model was made for %s", expected);
    }
    float[] seen = new float[LEAST_VALUES];
    int values = 0;
    int finite = 0;
    int all = image.channels() * image.height() * image.width();
    // Sample by sample, since a copy of all would cost more than the look at them.
    for (int c = 0; c < image.channels(); c++) {
      for (int y = 0; y < image.height(); y++) {
        for (int x = 0; x < image.width(); x++) {
          float sample = image.get(x, y, c);
          if (Float.isFinite(sample)) {
            finite++;
            values = note(seen, values, sample);
          }
        }
      }
    }
    if (finite * 2 < all) {
      return refused("%d of %d samples are no numbers", all - finite, all);
    }
    if (values < LEAST_VALUES) {
      return refused(
          values == 1
              ? "the image holds no picture: %d gray value in all"
              : "the image holds no picture: %d different gray values in all",
          values);
    }
    return Assessment.inDomain();
  }

  private static boolean isCt(Modality modality) {
    return modality == Modality.CT;
  }

  private static int note(float[] seen, int values, float sample) {
    if (values == seen.length) {
      return values;
    }
    for (int i = 0; i < values; i++) {
      if (seen[i] == sample) {
        return values;
      }
    }
    seen[values] = sample;
    return values + 1;
  }

  private static Assessment refused(String reason, Object... values) {
    return new Assessment(
        Verdict.OUT_OF_DOMAIN, List.of(String.format(Locale.ROOT, reason, values)));
  }

  /** The modality it expects. */
  @Override
  public String toString() {
    return "ContentAssessor[" + expected + "]";
  }
}

package io.github.brainimaging.core.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import org.junit.jupiter.api.Test;

/** What holds for every {@link Segmenter}. */
public abstract class SegmenterContract extends ModelContract {

  /** The segmenter under test; always the same one. */
  protected abstract Segmenter segmenter();

  @Override
  Object ask(MedicalImage image) {
    return segmenter().segment(image).mask();
  }

  @Test
  void theMaskLiesOnTheGridOfTheImage() {
    for (MedicalImage image : images()) {
      Segmentation found = segmenter().segment(image);

      assertThat(found.mask().width()).isEqualTo(image.width());
      assertThat(found.mask().height()).isEqualTo(image.height());
      assertThat(found.spacing()).isEqualTo(image.spacing());
      assertThat(found.confidence().orElse(1)).isBetween(0.0, 1.0);
    }
  }

  @Test
  void theProbabilitiesWithinTheMaskExceedTheThreshold() {
    assertThat(segmenter().threshold()).isBetween(0.0, 1.0);
    for (MedicalImage image : images()) {
      Mask mask = segmenter().segment(image).mask();
      MedicalImage probabilities = segmenter().probabilities(image);

      assertThat(probabilities.channels()).isEqualTo(1);
      assertThat(probabilities.width()).isEqualTo(image.width());
      assertThat(probabilities.height()).isEqualTo(image.height());
      for (int i = 0; i < image.width() * image.height(); i++) {
        int x = i % image.width();
        int y = i / image.width();
        assertThat(probabilities.get(x, y)).isBetween(0f, 1f);
        if (mask.get(x, y)) {
          assertThat((double) probabilities.get(x, y)).isGreaterThan(segmenter().threshold());
        }
      }
    }
  }
}

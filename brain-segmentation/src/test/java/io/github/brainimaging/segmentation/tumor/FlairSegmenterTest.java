package io.github.brainimaging.segmentation.tumor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.Spacing;
import io.github.brainimaging.core.inference.Classifier;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.inference.Segmentation;
import io.github.brainimaging.core.inference.Segmenter;
import io.github.brainimaging.segmentation.HeadPhantom;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class FlairSegmenterTest {

  /** A head with a bright lesion. */
  private static final MedicalImage HEAD = HeadPhantom.of(100, 110, 0.25, Spacing.UNKNOWN).image();

  private static final Segmentation CLASSICAL = TumorSegmenter.ofMinimumScore(0).segment(HEAD);

  /** Says that the corner of the image is a lesion, so surely. */
  private static Segmenter corner(double confidence) {
    boolean[] inside = new boolean[HEAD.width() * HEAD.height()];
    inside[0] = true;
    inside[1] = true;
    Mask mask = Mask.of(HEAD.width(), HEAD.height(), inside);
    return image ->
        new Segmentation(
            mask,
            Spacing.UNKNOWN,
            OptionalDouble.of(confidence),
            List.of("seen"),
            Optional.empty());
  }

  private static Segmenter nothing() {
    return image -> new Segmentation(Mask.empty(image.width(), image.height()), image.spacing());
  }

  private static double odds(double p) {
    return Math.log(p / (1 - p));
  }

  @Test
  void theRegionIsWhatEitherFinds() {
    Segmentation both = FlairSegmenter.of(corner(0.9)).withMinimum(0).segment(HEAD);

    assertThat(both.areaPixels()).isEqualTo(CLASSICAL.areaPixels() + 2);
    assertThat(both.mask().get(0, 0)).isTrue();
    assertThat(both.remarks()).containsExactly("seen");
    double first = CLASSICAL.confidence().orElseThrow();
    assertThat(odds(both.confidence().orElseThrow()))
        .isCloseTo(odds(first) + odds(0.9) / 2, within(1e-9));
  }

  @Test
  void aSecondWhoFindsNothingSaysNothing() {
    Segmentation alone = FlairSegmenter.of(nothing()).withMinimum(0).segment(HEAD);

    assertThat(alone.mask()).isEqualTo(CLASSICAL.mask());
    assertThat(alone.confidence().orElseThrow())
        .isCloseTo(CLASSICAL.confidence().orElseThrow(), within(1e-9));
  }

  @Test
  void whatIsTooDoubtfulIsLeftOutAndTold() {
    Segmentation none = FlairSegmenter.of(corner(0.01)).withMinimum(1).segment(HEAD);

    assertThat(none.found()).isFalse();
    assertThat(none.confidence()).isEmpty();
    assertThat(none.remarks().get(1))
        .matches(
            "left out \\d+ px: a lesion on FLAIR with a probability of 0\\.\\d\\d, at least 1\\.00");
  }

  @Test
  void aThirdOpinionCountsAsMuchAsTheFirst() {
    FlairSegmenter two = FlairSegmenter.of(corner(0.9));
    double both = odds(two.withMinimum(0).segment(HEAD).confidence().orElseThrow());

    Segmentation asked = two.withPresence(presence(0.3)).withMinimum(0).segment(HEAD);

    assertThat(odds(asked.confidence().orElseThrow())).isCloseTo(both + odds(0.3), within(1e-9));
    assertThat(asked.mask()).isEqualTo(two.withMinimum(0).segment(HEAD).mask());
    assertThat(two.withPresence(presence(0.999)).segment(HEAD).found()).isTrue();
    assertThat(two.withPresence(presence(0.001)).segment(HEAD).remarks().get(1))
        .matches("left out \\d+ px: .* probability of 0\\.\\d\\d, at least 0\\.73");
    assertThat(two.withPresence(presence(0.5)).toString()).endsWith(", half, minimum=0.73]");
  }

  private static Classifier presence(double tumor) {
    return new Classifier() {
      @Override
      public List<String> labels() {
        return List.of("notumor", "tumor");
      }

      @Override
      public Prediction classify(MedicalImage image) {
        return Prediction.of(labels(), 1 - tumor, tumor);
      }

      @Override
      public String toString() {
        return "half";
      }
    };
  }

  @Test
  void aHeadInColorIsTakenForGray() {
    float[] gray = HEAD.samples();
    float[] rgb = new float[3 * gray.length];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = gray[i % gray.length];
    }
    MedicalImage color = MedicalImage.wrap(HEAD.width(), HEAD.height(), 3, rgb);

    assertThat(FlairSegmenter.of(nothing()).withMinimum(0).segment(color).areaPixels())
        .isCloseTo(CLASSICAL.areaPixels(), within(2));
  }

  @Test
  void anEmptyImageHasNoLesion() {
    MedicalImage empty = MedicalImage.ofGray(20, 20, new float[400]);

    assertThat(FlairSegmenter.of(nothing()).segment(empty).found()).isFalse();
    assertThatThrownBy(() -> FlairSegmenter.of(nothing()).withMinimum(1.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("minimum must be ");
  }
}

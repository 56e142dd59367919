package io.github.brainimaging.core.uncertainty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.brainimaging.core.explanation.SpotClassifier;
import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.Spacing;
import io.github.brainimaging.core.inference.Assessment;
import io.github.brainimaging.core.inference.Classifier;
import io.github.brainimaging.core.inference.ClassifierContract;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.inference.Segmentation;
import io.github.brainimaging.core.inference.Segmenter;
import io.github.brainimaging.core.inference.SegmenterContract;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RunsTest {

  private static final SpotClassifier LEFT = new SpotClassifier(10, 30);
  private static final SpotClassifier RIGHT = new SpotClassifier(46, 30);
  private static final Segmenter BRIGHT =
      image -> new Segmentation(Mask.above(image, 150), image.spacing());
  private static final TestTimeAugmentation STILL =
      TestTimeAugmentation.withDefaults().withRotationDegrees(0).withShift(0).withGamma(1);

  @Test
  void anEnsembleGivesTheMeanOfItsMembers() {
    MedicalImage image = LEFT.head(64, 60);
    Classifier both = Ensemble.ofClassifiers(List.of(LEFT, RIGHT));

    Prediction mean = both.classify(image);

    double left = LEFT.classify(image).probability("spot");
    double right = RIGHT.classify(image).probability("spot");
    assertThat(left).isGreaterThan(0.9);
    assertThat(right).isLessThan(0.2);
    assertThat(mean.probability("spot")).isCloseTo((left + right) / 2, within(1e-12));
    assertThat(mean.uncertainty().orElseThrow().mutualInformation()).isGreaterThan(0.2);
    assertThat(both.classifyAll(List.of(image, image))).containsExactly(mean, mean);
  }

  @Test
  void membersOfOtherLabelsOrTooFewAreRefused() {
    assertThatThrownBy(() -> Ensemble.ofClassifiers(List.of(LEFT)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("members must be at least 2, got 1");
    assertThatThrownBy(() -> Ensemble.ofSegmenters(List.of(BRIGHT)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anEnsembleOfSegmentersCountsTheVotes() {
    Segmenter dark = image -> new Segmentation(Mask.above(image, 50), image.spacing());
    Segmenter nothing =
        image -> new Segmentation(Mask.empty(image.width(), image.height()), image.spacing());
    MedicalImage image =
        MedicalImage.ofGray(3, 1, new float[] {0, 100, 200}).withSpacing(new Spacing(1, 2));

    Segmentation found = Ensemble.ofSegmenters(List.of(BRIGHT, dark, nothing)).segment(image);

    MedicalImage votes = found.uncertainty().orElseThrow().probabilities();
    assertThat(votes.get(0, 0)).isZero();
    assertThat((double) votes.get(1, 0)).isCloseTo(1 / 3.0, within(1e-6));
    assertThat((double) votes.get(2, 0)).isCloseTo(2 / 3.0, within(1e-6));
    assertThat(found.mask()).isEqualTo(Mask.of(3, 1, new boolean[] {false, false, true}));
    assertThat(found.areaMm2()).hasValue(2);
  }

  @Test
  void halfOfTheLooksAreMirrored() {
    MedicalImage image = LEFT.head(64, 60); // the spot of LEFT lies at RIGHT in the mirror

    Prediction mean = STILL.around(LEFT).classify(image);

    double plain = LEFT.classify(image).probability("spot");
    double mirrored = RIGHT.classify(image).probability("spot");
    assertThat(mean.probability("spot")).isCloseTo((plain + mirrored) / 2, within(1e-6));
    Prediction unmirrored = STILL.withMirrored(false).around(LEFT).classify(image);
    assertThat(unmirrored.probability("spot")).isCloseTo(plain, within(1e-12));
    assertThat(unmirrored.uncertainty().orElseThrow().mutualInformation())
        .isCloseTo(0, within(1e-12));
  }

  @Test
  void theFirstLookTellsOfTheDomain() {
    Classifier refusesMirrors =
        new Classifier() {
          private boolean first = true;

          @Override
          public List<String> labels() {
            return LEFT.labels();
          }

          @Override
          public Prediction classify(MedicalImage image) {
            Assessment.Verdict verdict =
                first ? Assessment.Verdict.DOUBTFUL : Assessment.Verdict.OUT_OF_DOMAIN;
            first = false;
            return LEFT.classify(image).withAssessment(new Assessment(verdict, List.of("x")));
          }
        };

    assertThat(STILL.around(refusesMirrors).classify(LEFT.head(64, 60)).assessment().answers())
        .isTrue();
  }

  /** The plain look finds a tumor, all others none, and doubt it. */
  @Test
  void whatIsSaidOfAnAnswerIsToldByALookThatGaveIt() {
    MedicalImage plain = LEFT.head(64, 60);
    Assessment doubt = new Assessment(Assessment.Verdict.DOUBTFUL, List.of("another sequence"));
    Classifier changing =
        new Classifier() {
          @Override
          public List<String> labels() {
            return List.of("tumor", "notumor");
          }

          @Override
          public Prediction classify(MedicalImage image) {
            return image.equals(plain)
                ? Prediction.of(labels(), 0.9, 0.1)
                : Prediction.of(labels(), 0.1, 0.9).withAssessment(doubt);
          }
        };

    Prediction mean = TestTimeAugmentation.withDefaults().around(changing).classify(plain);

    assertThat(mean.isTumor()).isFalse();
    assertThat(mean.assessment()).isEqualTo(doubt);
  }

  @Test
  void mapsComeBackToTheirPlaces() {
    MedicalImage image = LEFT.head(64, 60);
    Mask plain = BRIGHT.segment(image).mask();

    Segmentation mirrored = STILL.around(BRIGHT).segment(image);
    assertThat(mirrored.mask()).isEqualTo(plain);
    assertThat(mirrored.uncertainty().orElseThrow().agreement()).isEqualTo(1);

    TestTimeAugmentation turning =
        TestTimeAugmentation.withDefaults().withGamma(1).withRotationDegrees(40).withShift(0.1);
    Segmentation turned = turning.around(BRIGHT).segment(image);
    assertThat(turned.mask().count()).isBetween(44, 68); // 8 x 8 pixels, corners rounded
    Segmentation.Point center = turned.centroid().orElseThrow();
    assertThat(center.x()).isCloseTo(13.5, within(0.5));
    assertThat(center.y()).isCloseTo(33.5, within(0.5));
    assertThat(turned.uncertainty().orElseThrow().agreement()).isBetween(0.7, 0.9999);
  }

  @Test
  void theSameImageGivesTheSameAnswer() {
    MedicalImage image = LEFT.head(64, 60);
    Classifier once = TestTimeAugmentation.withDefaults().around(LEFT);
    Classifier again = TestTimeAugmentation.withDefaults().around(LEFT);

    assertThat(once.classify(image)).isEqualTo(once.classify(image));
    assertThat(again.classify(image)).isEqualTo(once.classify(image));
    assertThat(TestTimeAugmentation.withDefaults().withSeed(2).around(LEFT).classify(image))
        .isNotEqualTo(once.classify(image));
  }

  @Nested
  class OfEnsembles extends ClassifierContract {
    @Override
    protected List<MedicalImage> images() {
      return List.of(LEFT.head(64, 60), RIGHT.head(64, 60));
    }

    @Override
    protected Classifier classifier() {
      return Ensemble.ofClassifiers(List.of(LEFT, RIGHT));
    }
  }

  @Nested
  class OfRunsOnChangedImages extends ClassifierContract {
    @Override
    protected List<MedicalImage> images() {
      return List.of(LEFT.head(64, 60), RIGHT.head(64, 60));
    }

    @Override
    protected Classifier classifier() {
      return TestTimeAugmentation.withDefaults().withRuns(3).around(LEFT);
    }
  }

  @Nested
  class OfEnsemblesOfSegmenters extends SegmenterContract {
    @Override
    protected List<MedicalImage> images() {
      return List.of(LEFT.head(64, 60), RIGHT.head(64, 60));
    }

    @Override
    protected Segmenter segmenter() {
      return Ensemble.ofSegmenters(List.of(BRIGHT, BRIGHT));
    }
  }

  @Nested
  class OfRunsOfSegmenters extends SegmenterContract {
    @Override
    protected List<MedicalImage> images() {
      return List.of(LEFT.head(64, 60), RIGHT.head(64, 60));
    }

    @Override
    protected Segmenter segmenter() {
      return TestTimeAugmentation.withDefaults().withRuns(3).around(BRIGHT);
    }
  }
}

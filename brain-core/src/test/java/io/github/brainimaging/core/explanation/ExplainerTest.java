package io.github.brainimaging.core.explanation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.brainimaging.core.image.BoundingBox;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.Spacing;
import io.github.brainimaging.core.inference.Classifier;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.inference.Segmentation.Point;
import io.github.brainimaging.core.work.Progress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What explainers that ask a classifier about changed images have in common. */
class ExplainerTest {

  private static final SpotClassifier CLASSIFIER = new SpotClassifier(60, 30);
  private static final MedicalImage HEAD =
      CLASSIFIER.head(96, 80).withSpacing(Spacing.ofMillimeters(2));

  /** A kind of explainer, by its name. */
  private record Kind(String name, Function<Classifier, Explainer> of) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Kind> kinds() {
    return Stream.of(
        new Kind("occlusion", classifier -> Occlusion.of(classifier).withWindow(0.3)),
        new Kind("rise", classifier -> Rise.of(classifier).withMasks(300)),
        new Kind("learned", LearnedMask::of));
  }

  private static Explainer watched(Kind kind, Progress progress) {
    return switch (kind.name) {
      case "rise" -> Rise.of(CLASSIFIER).withProgress(progress);
      case "learned" -> LearnedMask.of(CLASSIFIER).withProgress(progress);
      default -> Occlusion.of(CLASSIFIER).withProgress(progress);
    };
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void theMapIsHighestWhereTheClassifierLooks(Kind kind) {
    Explanation explanation = kind.of.apply(CLASSIFIER).explain(HEAD);

    assertThat(explanation.label()).isEqualTo("spot");
    assertThat(explanation.method()).isEqualTo(kind.name);
    assertThat(explanation.map().spacing()).isEqualTo(HEAD.spacing());
    assertThat(explanation.map().range()[1]).isEqualTo(1);
    Point peak = explanation.peak().orElseThrow();
    assertThat(Math.hypot(peak.x() - 63.5, peak.y() - 33.5)).isLessThan(10);
    BoundingBox box = explanation.boxes(0.5).get(0);
    assertThat(peak.x()).isBetween((double) box.x(), box.x() + box.width() - 1.0);
    assertThat(peak.y()).isBetween((double) box.y(), box.y() + box.height() - 1.0);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void whatSpeaksForAClassSpeaksAgainstTheOther(Kind kind) {
    Explanation other = kind.of.apply(CLASSIFIER).explain(HEAD, "none");

    assertThat(other.label()).isEqualTo("none");
    assertThat(other.map().get(63, 33)).isLessThanOrEqualTo(0);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void theSameQuestionGetsTheSameAnswer(Kind kind) {
    assertThat(kind.of.apply(CLASSIFIER).explain(HEAD))
        .isEqualTo(kind.of.apply(CLASSIFIER).explain(HEAD))
        .hasSameHashCodeAs(kind.of.apply(CLASSIFIER).explain(HEAD));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aClassifierThatLooksNowhereHasAMapOfZeros(Kind kind) {
    Explainer blind = kind.of.apply(new Blind());
    Explanation explanation = blind.explain(HEAD);

    assertThat(explanation.strength()).isZero();
    assertThat(explanation.map().range()).containsExactly(0, 0);
    assertThat(explanation.peak()).isEmpty();
    assertThat(explanation.boxes(0.5)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void theLikeliestOfIndependentLabelsIsExplainedWhereNoneHolds(Kind kind) {
    assertThat(kind.of.apply(new Blind()).explain(HEAD).label()).isEqualTo("b");
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void anUnknownLabelIsRefused(Kind kind) {
    assertThatThrownBy(() -> kind.of.apply(CLASSIFIER).explain(HEAD, "sport"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("label must be one of [spot, none], got sport");
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void progressEndsTheWork(Kind kind) {
    Progress impatient =
        new Progress() {
          @Override
          public void advanced(String what, long done, long total) {
            assertThat(done).isEqualTo(16).isLessThan(total);
          }

          @Override
          public boolean isCancelled() {
            return true;
          }
        };

    assertThatThrownBy(() -> watched(kind, impatient).explain(HEAD))
        .isInstanceOf(CancellationException.class);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void anInterruptEndsTheWorkAndStays(Kind kind) {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> watched(kind, Progress.none()).explain(HEAD))
        .isInstanceOf(CancellationException.class)
        .hasMessageContaining("interrupted");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void aCertainClassifierIsStillUnderstood() {
    // Both probabilities are rounded, the one to 1; what is left to the other tells the place.
    Classifier certain =
        new Classifier() {
          @Override
          public List<String> labels() {
            return CLASSIFIER.labels();
          }

          @Override
          public Prediction classify(MedicalImage image) {
            double odds = Math.exp((image.get(63, 33) - 100) / 5 + 4);
            double p = (float) (odds / (1 + odds));
            return Prediction.of(labels(), p, (float) (1 / (1 + odds)));
          }
        };

    Point peak = Occlusion.of(certain).explain(HEAD).peak().orElseThrow();

    assertThat(certain.classify(HEAD).probability("spot")).isEqualTo(1);
    assertThat(Math.hypot(peak.x() - 63.5, peak.y() - 33.5)).isLessThan(12);
  }

  @Test
  void sensitivityIsHighWhereverTheAnswerChanges() {
    Explainer sensitivity = Occlusion.of(CLASSIFIER).withWindow(0.3).withAnyChange();

    Explanation found = sensitivity.explain(HEAD, "none");

    assertThat(found.method()).isEqualTo("sensitivity");
    assertThat(found.map()).isEqualTo(sensitivity.explain(HEAD, "spot").map());
    assertThat(found.map().range()[0]).isZero();
    Point peak = found.peak().orElseThrow();
    assertThat(Math.hypot(peak.x() - 63.5, peak.y() - 33.5)).isLessThan(10);
  }

  @Test
  void twoExplainersGiveTheMeanOfTheirMaps() {
    Occlusion fine = Occlusion.of(CLASSIFIER).withWindow(0.2);
    Occlusion coarse = Occlusion.of(CLASSIFIER).withWindow(0.4);

    Explanation both = fine.and(coarse).explain(HEAD);

    float one = Math.max(0, fine.explain(HEAD).map().get(50, 40));
    float other = Math.max(0, coarse.explain(HEAD).map().get(50, 40));
    assertThat(both.method()).isEqualTo("occlusion+occlusion");
    assertThat(both.strength()).isBetween(0.5, 1.0);
    assertThat((double) both.map().get(50, 40))
        .isCloseTo((one + other) / 2 / both.strength(), within(1e-5));
    assertThat(fine.and(coarse).explain(HEAD, "spot")).isEqualTo(both);
    assertThatThrownBy(() -> fine.explain(HEAD).mean(fine.explain(HEAD, "none")))
        .hasMessageContaining("must explain spot");
  }

  /** Says the same of everything. */
  private static final class Blind implements Classifier {
    @Override
    public List<String> labels() {
      return List.of("a", "b");
    }

    @Override
    public Prediction classify(MedicalImage image) {
      return Prediction.ofIndependent(labels(), Set.of("a", "b"), 0.1, 0.2);
    }
  }
}

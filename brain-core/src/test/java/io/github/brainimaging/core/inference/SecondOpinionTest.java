package io.github.brainimaging.core.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.brainimaging.core.image.MedicalImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SecondOpinionTest {

  private static final List<String> LABELS = List.of("glioma", "meningioma", "notumor");
  private static final MedicalImage IMAGE = MedicalImage.of(1, 1, 1, new float[] {1});

  /** Says the same of every image, and counts how often it was asked. */
  private static final class Fixed implements Classifier {

    private final Prediction answer;
    private int asked;

    Fixed(Prediction answer) {
      this.answer = answer;
    }

    static Fixed tumor(double probability) {
      return new Fixed(Prediction.of(List.of("notumor", "tumor"), 1 - probability, probability));
    }

    @Override
    public List<String> labels() {
      return List.copyOf(answer.probabilities().keySet());
    }

    @Override
    public Prediction classify(MedicalImage image) {
      asked++;
      return answer;
    }
  }

  private static Fixed first(double glioma, double meningioma) {
    return new Fixed(Prediction.of(LABELS, glioma, meningioma, 1 - glioma - meningioma));
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static double logit(double p) {
    return Math.log(p / (1 - p));
  }

  @Test
  void addsAShareOfTheFirstsLogOddsToThoseOfTheSecond() {
    Prediction both = SecondOpinion.of(first(0.06, 0.04), Fixed.tumor(0.9)).classify(IMAGE);

    double tumor = sigmoid((logit(0.9) + 0.2 * logit(0.1)) / 0.8);
    assertThat(both.tumorProbability()).isCloseTo(tumor, within(1e-9));
    assertThat(both.probability("glioma")).isCloseTo(0.6 * tumor, within(1e-9));
    assertThat(both.probability("meningioma")).isCloseTo(0.4 * tumor, within(1e-9));
    assertThat(both.probability("notumor")).isCloseTo(1 - tumor, within(1e-9));
    assertThat(both.label()).isEqualTo("glioma");
  }

  @Test
  void aHigherTemperatureIsLessSureOfTheSame() {
    Prediction both =
        SecondOpinion.of(first(0.06, 0.04), Fixed.tumor(0.9)).withTemperature(2).classify(IMAGE);

    double tumor = sigmoid((logit(0.9) + 0.2 * logit(0.1)) / 2);
    assertThat(both.tumorProbability()).isCloseTo(tumor, within(1e-9));
  }

  @Test
  void whereBothDisagreeTheAnswerIsDoubtfulAndSaysWhy() {
    Assessment other =
        new Assessment(Assessment.Verdict.DOUBTFUL, List.of("the plane is another one"));
    Fixed first = new Fixed(first(0.06, 0.04).answer.withAssessment(other));

    Prediction both = SecondOpinion.of(first, Fixed.tumor(0.9)).classify(IMAGE);

    assertThat(both.assessment().verdict()).isEqualTo(Assessment.Verdict.DOUBTFUL);
    assertThat(both.assessment().reasons())
        .containsExactly(
            "the plane is another one",
            "two opinions: the classifier alone finds no tumor, the second one does");
    Prediction turned = SecondOpinion.of(first(0.5, 0.3), Fixed.tumor(0.05)).classify(IMAGE);
    assertThat(turned.label()).isEqualTo("notumor");
    Prediction kept = SecondOpinion.of(first(0.9, 0.08), Fixed.tumor(0.4)).classify(IMAGE);
    assertThat(kept.label()).isEqualTo("glioma");
    for (Prediction doubted : List.of(turned, kept)) {
      assertThat(doubted.assessment().reasons())
          .containsExactly(
              "two opinions: the classifier alone gives a tumor, the second one hardly");
    }
    Prediction split = SecondOpinion.of(first(0.1, 0.1), Fixed.tumor(0.65)).classify(IMAGE);
    assertThat(split.label()).isEqualTo("notumor");
    assertThat(split.assessment().verdict()).isEqualTo(Assessment.Verdict.DOUBTFUL);
    Prediction agreed = SecondOpinion.of(first(0.06, 0.04), Fixed.tumor(0.2)).classify(IMAGE);
    assertThat(agreed.assessment()).isEqualTo(Assessment.inDomain());
  }

  @Test
  void isNotAskedWhereTheFirstIsCertainOrRefuses() {
    Fixed second = Fixed.tumor(0.01);
    Fixed certain = first(0.99, 0.005);
    Fixed refusing =
        new Fixed(
            first(0.1, 0.1)
                .answer
                .withAssessment(
                    new Assessment(Assessment.Verdict.OUT_OF_DOMAIN, List.of("no brain"))));

    assertThat(SecondOpinion.of(certain, second).classify(IMAGE)).isSameAs(certain.answer);
    assertThat(SecondOpinion.of(refusing, second).classify(IMAGE)).isSameAs(refusing.answer);
    assertThat(SecondOpinion.of(certain, second).classifyAll(List.of(IMAGE, IMAGE))).hasSize(2);
    assertThat(second.asked).isZero();
  }

  @Test
  void whoIsCertainCanBeChosen() {
    Fixed first = first(0.99, 0.005);
    SecondOpinion usual = SecondOpinion.of(first, Fixed.tumor(0.01));
    SecondOpinion always = usual.withCertainty(1);

    assertThat(usual.asks(first.answer)).isFalse();
    assertThat(always.asks(first.answer)).isTrue();
    assertThat(always.classify(IMAGE).tumorProbability()).isLessThan(0.1);
    assertThat(usual.withCertainty(0.9).classify(IMAGE)).isSameAs(first.answer);
  }

  @Test
  void severalImagesGetWhatTheyGetAlone() {
    List<MedicalImage> images = new ArrayList<>();
    for (float value : new float[] {0.02f, 0.5f, 0.98f, 0.999f}) {
      images.add(MedicalImage.of(1, 1, 1, new float[] {value}));
    }
    Classifier byValue =
        new Classifier() {
          @Override
          public List<String> labels() {
            return LABELS;
          }

          @Override
          public Prediction classify(MedicalImage image) {
            double p = image.get(0, 0);
            return Prediction.of(LABELS, p / 2, p / 2, 1 - p);
          }
        };
    SecondOpinion both = SecondOpinion.of(byValue, Fixed.tumor(0.3));

    assertThat(both.labels()).isEqualTo(LABELS);
    assertThat(both.classifyAll(images))
        .containsExactlyElementsOf(images.stream().map(both::classify).toList());
  }

  @Test
  void certaintiesOfBothStayWithinReach() {
    Prediction both = SecondOpinion.of(first(0, 0), Fixed.tumor(1)).classify(IMAGE);

    double tumor = sigmoid(0.8 * logit(1 - 1e-4) / 0.8);
    assertThat(both.tumorProbability()).isCloseTo(tumor, within(1e-9));
    assertThat(both.probability("glioma")).isEqualTo(both.probability("meningioma"));
  }

  @Test
  void keepsTheSetsOfTheFirst() {
    ConformalSets sets =
        ConformalSets.fit(
            ConformalSets.Method.BY_CLASS,
            0.9,
            List.of("glioma", "meningioma", "notumor"),
            List.of(
                first(0.9, 0.05).answer.probabilities(),
                first(0.05, 0.9).answer.probabilities(),
                first(0.05, 0.05).answer.probabilities()));
    Fixed first = new Fixed(first(0.2, 0.3).answer.withSets(sets));

    Prediction both = SecondOpinion.of(first, Fixed.tumor(0.001)).classify(IMAGE);

    assertThat(both.sets()).isEqualTo(sets);
    assertThat(both.set()).isEqualTo(both.withSets(sets).set()).isPresent();
  }

  @Test
  void refusesLabelsThatDoNotExcludeEachOtherOrAllMeanATumor() {
    Fixed independent =
        new Fixed(Prediction.ofIndependent(List.of("edema", "core"), Set.of("core"), 0.2, 0.3));
    Fixed tumors = new Fixed(Prediction.of(List.of("glioma", "meningioma"), 0.4, 0.5));

    for (Fixed first : List.of(independent, tumors)) {
      assertThatThrownBy(() -> SecondOpinion.of(first, Fixed.tumor(0.4)).classify(IMAGE))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith(
              "a second opinion needs labels that exclude each other, with a tumor and without,"
                  + " got ");
    }
    assertThatThrownBy(() -> SecondOpinion.of(tumors, tumors).withWeight(1.1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SecondOpinion.of(tumors, tumors).withTemperature(0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SecondOpinion.of(tumors, tumors).withCertainty(1.1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

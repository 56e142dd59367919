package io.github.brainimaging.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.Modality;
import io.github.brainimaging.core.inference.Assessment.Verdict;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.models.card.Activation;
import io.github.brainimaging.models.card.ModelCard;
import io.github.brainimaging.models.card.ModelDomain;
import io.github.brainimaging.models.card.VectorScaling;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** On discs in noise, which the embedded network takes for something, and stripes. */
class CalibratorTest {

  private static final String LABEL = "notumor";

  private static MedicalImage disc(Random random) {
    return drawn(random, (x, y, r) -> (x - 64) * (x - 64) + (y - 64) * (y - 64) < r * r ? 150 : 10);
  }

  private static MedicalImage square(Random random) {
    return drawn(random, (x, y, r) -> Math.abs(x - 64) < r && Math.abs(y - 64) < r ? 60 : 200);
  }

  private static MedicalImage stripes(Random random) {
    return drawn(random, (x, y, r) -> (x + y) % 4 < 2 ? 250 : 0);
  }

  private interface Drawing {
    int at(int x, int y, int r);
  }

  private static MedicalImage drawn(Random random, Drawing drawing) {
    float[] samples = new float[128 * 128];
    int r = 35 + random.nextInt(20);
    for (int i = 0; i < samples.length; i++) {
      samples[i] = drawing.at(i % 128, i / 128, r) + random.nextInt(20);
    }
    return MedicalImage.wrap(128, 128, 1, samples);
  }

  private static Calibrator calibrator() {
    ModelSource source = ModelSource.embedded();
    ModelCard card;
    try (OnnxClassifier classifier = OnnxClassifier.embedded()) {
      card = classifier.card();
    }
    // Drawings are of no sequence, and this is not what is tested here.
    ModelDomain any = ModelDomain.unknown().withTumorSequences(EnumSet.allOf(Modality.class));
    return Calibrator.of(source.toBytes(), card.toBuilder().domain(any).build());
  }

  private static Calibrator.Calibrated fitted(int related) {
    Random random = new Random(5);
    try (Calibrator calibrator = calibrator()) {
      for (int i = 0; i < 60; i++) {
        calibrator.learned(disc(random));
      }
      for (int i = 0; i < related; i++) {
        calibrator.related(square(random), "kind " + i % 6);
      }
      for (int i = 0; i < 20; i++) {
        calibrator.heldOut(disc(random), LABEL);
      }
      return calibrator.fit(1, 1, Modality.MR);
    }
  }

  private static OnnxClassifier open(Calibrator.Calibrated result) {
    return OnnxClassifier.builder()
        .model(ModelSource.ofBytes(result.model(), "calibrated"))
        .card(result.card())
        .build();
  }

  @Test
  void tellsTheImagesItLearnedFromRelatedOnesAndAllOthers() {
    try (OnnxClassifier classifier = open(fitted(60))) {
      Random other = new Random(77);
      List<MedicalImage> images = List.of(square(other), stripes(other));

      assertThat(verdictOf(classifier.classify(disc(new Random(5))))).isEqualTo(Verdict.IN_DOMAIN);
      assertThat(classifier.classifyAll(images))
          .extracting(CalibratorTest::verdictOf)
          .containsExactly(Verdict.DOUBTFUL, Verdict.OUT_OF_DOMAIN);
      assertThat(classifier.assess(images.get(1)).reasons())
          .singleElement()
          .asString()
          .startsWith("it looks unlike the images that the model learned from");
    }
  }

  private static Verdict verdictOf(Prediction prediction) {
    return prediction.assessment().verdict();
  }

  @Test
  void withoutRelatedImagesThereIsNoDoubt() {
    Calibrator.Calibrated result = fitted(0);

    assertThat(result.card().domain().groups()).hasSize(1);
    assertThat(result.card().domain().tumorSequences()).hasSize(Modality.values().length);
    try (OnnxClassifier classifier = open(result)) {
      assertThat(verdictOf(classifier.classify(square(new Random(7)))))
          .isEqualTo(Verdict.OUT_OF_DOMAIN);
    }
  }

  @Test
  void theClassesStayAndTheTemperatureFollowsTheTruth() {
    Random random = new Random(5);
    List<MedicalImage> images = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      images.add(disc(random));
    }
    try (OnnxClassifier before = OnnxClassifier.embedded();
        Calibrator right = calibrator();
        Calibrator wrong = calibrator()) {
      String said = before.classify(images.get(0)).label();
      String unsaid = before.labels().stream().filter(l -> !l.equals(said)).toList().get(0);
      for (MedicalImage image : images) {
        right.learned(image);
        wrong.learned(image);
        right.heldOut(image, before.classify(image).label());
        wrong.heldOut(image, unsaid);
      }
      Calibrator.Calibrated sharp = right.fit(1, 1, Modality.MR);
      Calibrator.Calibrated flat = wrong.fit(1, 1, Modality.MR);

      assertThat(sharp.card().temperature()).isEqualTo(0.1);
      assertThat(flat.card().temperature()).isGreaterThan(1);
      try (OnnxClassifier after = open(flat)) {
        assertThat(after.classify(images.get(0)).label()).isEqualTo(said);
        assertThat(after.card().domain().modality()).isEqualTo(Modality.MR);
      }
    }
  }

  @Test
  void vectorScalingMovesTheClassesToTheTruth() {
    Random random = new Random(5);
    try (OnnxClassifier before = OnnxClassifier.embedded();
        Calibrator calibrator = calibrator()) {
      calibrator.chooseScaling(Calibrator.Scaling.VECTOR);
      MedicalImage image = disc(random);
      String said = before.classify(image).label();
      String unsaid = before.labels().stream().filter(l -> !l.equals(said)).toList().get(0);
      for (int i = 0; i < 20; i++) {
        calibrator.learned(disc(random));
        calibrator.heldOut(disc(random), unsaid);
      }
      ModelCard card = calibrator.fit(1, 1, Modality.MR).card();
      VectorScaling scaling = card.scaling();

      assertThat(scaling.factors()).hasSize(4);
      assertThat(scaling.biases().get(before.labels().indexOf(unsaid)))
          .isGreaterThan(0)
          .isGreaterThan(scaling.biases().get(before.labels().indexOf(said)));
      try (OnnxClassifier after = open(new Calibrator.Calibrated(embedded(), card));
          ClassActivation maps =
              ClassActivation.open(ModelSource.ofBytes(embedded(), "embedded"), card)) {
        assertThat(after.classify(image).label()).isEqualTo(unsaid);
        assertThat(maps.explain(image).label()).isEqualTo(unsaid);
        // What the sets were fitted to is what the classifier says: all labels fit alike.
        assertThat(card.sets().scores().get(unsaid)).hasSize(20);
        assertThat(after.classify(image).set(0.9).orElseThrow()).contains(unsaid);
      }
    }
  }

  private static byte[] embedded() {
    return ModelSource.embedded().toBytes();
  }

  @Test
  void refusesVectorScalingOfLabelsThatDoNotExcludeEachOther() {
    ModelCard card;
    try (OnnxClassifier classifier = OnnxClassifier.embedded()) {
      card = classifier.card();
    }
    ModelCard independent =
        ModelCard.builder("m", card.input(), Activation.SIGMOID_LOGITS, card.labels()).build();
    try (Calibrator calibrator = Calibrator.of(embedded(), independent)) {
      assertThatThrownBy(() -> calibrator.chooseScaling(Calibrator.Scaling.VECTOR))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("scaling must be TEMPERATURE for the labels [glioma,")
          .hasMessageContaining("which do not exclude each other");
    }
  }

  @Test
  void theGraphGivesTheDistanceThatWasFitted() {
    Calibrator.Calibrated result = fitted(60);
    List<ModelDomain.Group> groups = result.card().domain().groups();

    // With every image held out kept, the threshold is the largest distance of theirs: the same
    // images, seen by the graph, must all be in the domain, but for rounding.
    Random random = new Random(5);
    for (int i = 0; i < 60; i++) {
      MedicalImage unused = disc(random);
    }
    for (int i = 0; i < 60; i++) {
      MedicalImage unused = square(random);
    }
    ModelCard wider =
        result.card().toBuilder()
            .domain(
                new ModelDomain(
                    Modality.MR,
                    List.of(
                        new ModelDomain.Group("a", groups.get(0).threshold() * 1.001),
                        groups.get(1))))
            .build();
    ModelCard tighter =
        result.card().toBuilder()
            .domain(
                new ModelDomain(
                    Modality.MR,
                    List.of(
                        new ModelDomain.Group("a", groups.get(0).threshold() * 0.999),
                        groups.get(1))))
            .build();
    List<MedicalImage> held = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      held.add(disc(random));
    }
    assertThat(inDomain(result.model(), wider, held)).isEqualTo(20);
    assertThat(inDomain(result.model(), tighter, held)).isEqualTo(19);
  }

  private static long inDomain(byte[] model, ModelCard card, List<MedicalImage> images) {
    try (OnnxClassifier classifier =
        OnnxClassifier.builder().model(ModelSource.ofBytes(model, "m")).card(card).build()) {
      return classifier.classifyAll(images).stream()
          .filter(p -> verdictOf(p) == Verdict.IN_DOMAIN)
          .count();
    }
  }

  @Test
  void aCalibratedModelIsCalibratedAtTheSameLayer() {
    Calibrator.Calibrated once = fitted(0);
    try (Calibrator first = calibrator();
        Calibrator again = Calibrator.of(once.model(), once.card())) {
      assertThat(again.layer()).isEqualTo(first.layer());
    }
  }

  @Test
  void refusesWhatItCannotFit() {
    try (Calibrator calibrator = calibrator()) {
      assertThatThrownBy(() -> calibrator.fit(1, 1, Modality.MR))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("two or more images learned and held out, found 0 and 0");
      assertThatThrownBy(() -> calibrator.fit(0, 1, Modality.MR))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("keep must be above 0 and at most 1, got 0.0");
      assertThatThrownBy(() -> calibrator.heldOut(disc(new Random(1)), "cat"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("label must be one of");
    }
  }
}

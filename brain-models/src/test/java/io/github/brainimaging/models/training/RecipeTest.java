package io.github.brainimaging.models.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.brainimaging.core.augmentation.Augmentation;
import io.github.brainimaging.core.augmentation.RandomAffine;
import io.github.brainimaging.core.augmentation.RandomElastic;
import io.github.brainimaging.core.augmentation.RandomPerspective;
import io.github.brainimaging.core.tensor.Layout;
import io.github.brainimaging.core.transform.spatial.Interpolation;
import io.github.brainimaging.models.card.ModelInput;
import io.github.brainimaging.models.card.ModelInput.Fit;
import io.github.brainimaging.models.card.ModelInput.Normalization;
import io.github.brainimaging.models.network.zoo.Architectures;
import io.github.brainimaging.models.network.zoo.Head;
import io.github.brainimaging.models.training.optimizer.Optimizer;
import io.github.brainimaging.models.training.optimizer.Schedule;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RecipeTest {

  /** Epochs, optimizer, rate, decay and patience as the papers have them, or the usual ones. */
  static Stream<Arguments> papers() {
    Optimizer adam = Optimizer.adam(0.9, 0.999, 1e-8);
    return Stream.of(
        Arguments.of(Recipe.P1_DENSE, 30, Optimizer.rmsProp(0.9, 1e-7, 0), 1e-3, 0, 0),
        Arguments.of(Recipe.P1_CONVOLUTIONS, 30, adam, 1e-3, 0, 0),
        Arguments.of(Recipe.P1_RESNET, 30, Optimizer.sgd(0.9), 0.01, 0, 5),
        Arguments.of(Recipe.P2, 20, adam, 1e-3, 0, 0),
        Arguments.of(Recipe.P3, 10, adam, 1e-4, 0, 0),
        Arguments.of(Recipe.P4, 100, Optimizer.adam(0.9, 0.99, 1e-8), 3e-4, 1e-4, 3),
        Arguments.of(Recipe.P5, 5, adam, 1e-3, 0, 0));
  }

  @ParameterizedTest
  @MethodSource("papers")
  void papersHaveNothingOfOurs(
      Recipe recipe, int epochs, Optimizer optimizer, double rate, double decay, int patience) {
    assertThat(recipe.options())
        .isEqualTo(
            new TrainingOptions(
                epochs, 32, optimizer, rate, 0, Schedule.constant(), decay, 0, patience, 1));
    assertThat(recipe.loss())
        .isEqualTo(new ClassificationLoss(ClassificationLoss.Kind.CROSS_ENTROPY, 0, List.of(), 1));
  }

  @Test
  void theEmbeddedModelsHaveTheirs() {
    Optimizer adamW = Optimizer.adamW(0.9, 0.999, 1e-8);
    assertThat(Recipe.EMBEDDED_CLASSIFIER.options())
        .isEqualTo(
            new TrainingOptions(60, 32, adamW, 3e-3, 3, Schedule.cosine(), 0.02, 0.998, 0, 1));
    assertThat(Recipe.EMBEDDED_CLASSIFIER.loss())
        .isEqualTo(
            new ClassificationLoss(ClassificationLoss.Kind.CROSS_ENTROPY, 0.1, List.of(), 1));
    assertThat(Recipe.EMBEDDED_SEGMENTER.options())
        .isEqualTo(
            new TrainingOptions(45, 16, adamW, 2e-3, 2, Schedule.cosine(), 0.02, 0.99, 0, 1));
    assertThat(Recipe.EMBEDDED_SEGMENTER.loss())
        .isEqualTo(new ClassificationLoss(ClassificationLoss.Kind.CROSS_ENTROPY, 0, List.of(), 1));
  }

  static Stream<Arguments> augmentations() {
    RandomAffine still = RandomAffine.identity();
    Augmentation flips = Augmentation.flip(0.5, 0.5);
    Augmentation p1 =
        flips.then(
            still
                .withRotationDegrees(10)
                .withScale(0.9, 1.1)
                .withTranslation(0.1)
                .withShearDegrees(0));
    Augmentation none = Augmentation.none();
    return Stream.of(
        Arguments.of(
            Recipe.EMBEDDED_CLASSIFIER,
            Augmentation.flip(0.5, 0.1).then(ours(0.8, 1.15, 0.08)),
            grays(0.7, 1.3, 0.25)),
        Arguments.of(
            Recipe.EMBEDDED_SEGMENTER,
            Augmentation.flip(0.5, 0).then(ours(0.8, 1.2, 0.06)),
            grays(0.8, 1.2, 0.2)),
        Arguments.of(Recipe.P1_DENSE, p1, none),
        Arguments.of(Recipe.P1_CONVOLUTIONS, p1, none),
        Arguments.of(Recipe.P1_RESNET, p1, none),
        Arguments.of(Recipe.P2, still.withRotationDegrees(10).withScale(0.9, 1.1), none),
        Arguments.of(
            Recipe.P3,
            flips.then(still.withRotationDegrees(10)).then(Augmentation.crop()),
            Augmentation.brightness().then(Augmentation.contrast())),
        Arguments.of(
            Recipe.P4,
            flips
                .then(still.withScale(0.9, 1.1).withTranslation(25 / 256.0).withShearDegrees(5))
                .then(Augmentation.sometimes(0.5, RandomElastic.withDefaults()))
                .then(Augmentation.sometimes(0.5, RandomPerspective.withDefaults())),
            Augmentation.noise()),
        Arguments.of(Recipe.P5, none, Augmentation.brightness(0.8, 1.2)));
  }

  private static Augmentation ours(double low, double high, double shift) {
    return RandomAffine.identity()
        .withRotationDegrees(20)
        .withScale(low, high)
        .withTranslation(shift)
        .withShearDegrees(5);
  }

  private static Augmentation grays(double low, double high, double share) {
    return Augmentation.gamma(0.7, 1.4)
        .then(Augmentation.contrast(low, high))
        .then(Augmentation.sometimes(share, Augmentation.blur()))
        .then(Augmentation.sometimes(share, Augmentation.noise()));
  }

  @ParameterizedTest
  @MethodSource("augmentations")
  void augmentationsMovePixelsFirst(
      Recipe recipe, Augmentation geometry, Augmentation intensities) {
    assertThat(words(recipe.geometry())).isEqualTo(words(geometry));
    assertThat(words(recipe.intensities())).isEqualTo(words(intensities));
    assertThat(words(recipe.augmentation())).isEqualTo(words(geometry.then(intensities)));
  }

  private static String words(Augmentation augmentation) {
    return augmentation.description().orElseThrow();
  }

  @Test
  void inputsAreThoseOfThePapers() {
    for (Recipe recipe : Recipe.values()) {
      Fit fit =
          switch (recipe) {
            case EMBEDDED_CLASSIFIER, EMBEDDED_SEGMENTER, P4 -> Fit.FOREGROUND;
            default -> Fit.STRETCH;
          };
      Normalization normalization =
          switch (recipe) {
            case EMBEDDED_CLASSIFIER, P3, P4 -> Normalization.Z_SCORE;
            case EMBEDDED_SEGMENTER -> Normalization.ROBUST;
            default -> Normalization.UNIT;
          };
      assertThat(recipe.input(96, 1))
          .isEqualTo(
              new ModelInput(96, 96, 1, Layout.NCHW, fit, Interpolation.AREA, normalization));
    }
  }

  @Test
  void weightsOfKerasSeeWhatTheyWereTrainedWith() {
    assertThat(Recipe.P5.inputOfImageNet(Architectures.named("xception"), 299))
        .isEqualTo(ModelInput.ofSize(299, 3).withNormalization(Normalization.IMAGENET_TF));
    assertThat(Recipe.P2.inputOfImageNet(Architectures.named("densenet121"), 224).normalization())
        .isEqualTo(Normalization.IMAGENET_TORCH);
    assertThat(
            Recipe.P1_RESNET.inputOfImageNet(Architectures.named("resnet50"), 64).normalization())
        .isEqualTo(Normalization.IMAGENET_CAFFE);
  }

  @Test
  void aNetworkIsTrainedAsItsPaperHasIt() {
    assertThat(Recipe.of(Architectures.named("perceptron"), Head.LINEAR))
        .isEqualTo(Recipe.P1_DENSE);
    assertThat(Recipe.of(Architectures.named("plain-cnn"), Head.LINEAR))
        .isEqualTo(Recipe.P1_CONVOLUTIONS);
    List<Recipe> byHead =
        Arrays.stream(Head.values())
            .map(head -> Recipe.of(Architectures.named("resnet50"), head))
            .toList();
    assertThat(byHead)
        .containsExactly(
            Recipe.EMBEDDED_CLASSIFIER,
            Recipe.EMBEDDED_CLASSIFIER,
            Recipe.EMBEDDED_CLASSIFIER,
            Recipe.EMBEDDED_CLASSIFIER,
            Recipe.P1_RESNET,
            Recipe.P2,
            Recipe.P3,
            Recipe.P5,
            Recipe.P5,
            Recipe.P5,
            Recipe.P5,
            Recipe.P5,
            Recipe.P5);
  }
}

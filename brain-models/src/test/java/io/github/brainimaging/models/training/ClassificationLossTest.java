package io.github.brainimaging.models.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.brainimaging.core.data.DataSet;
import io.github.brainimaging.core.tensor.Tensor;
import io.github.brainimaging.core.work.Progress;
import io.github.brainimaging.models.card.ModelInput;
import io.github.brainimaging.models.network.Network;
import io.github.brainimaging.models.network.Weights;
import io.github.brainimaging.models.network.layer.Dense;
import io.github.brainimaging.models.network.layer.GlobalAveragePool;
import io.github.brainimaging.models.network.layer.Layer;
import io.github.brainimaging.models.network.layer.Relu;
import io.github.brainimaging.models.network.layer.Sigmoid;
import io.github.brainimaging.models.network.layer.Softmax;
import io.github.brainimaging.models.training.optimizer.Optimizer;
import io.github.brainimaging.models.training.optimizer.Schedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/**
 * Of a network that says the same of every image, the losses can be told in advance. losses.csv is
 * what PyTorch 1.13 makes of them, by reference.py beside it: smoothing 0.1, weights 0.5 and 3,
 * plain descent with rate 0.1.
 */
class ClassificationLossTest {

  private static final Offset<Double> EXACT = within(1e-5);

  @TempDir Path folder;

  /** Three images of the first class and one of the second. */
  private DataSet images = new DataSet(List.of(), List.of());

  @BeforeEach
  void draw() throws IOException {
    Stripes.draw(folder, 4);
    DataSet all = DataSet.ofFolder(folder);
    List<DataSet.LabeledFile> first = all.images().stream().filter(i -> i.label() == 0).toList();
    List<DataSet.LabeledFile> second = all.images().stream().filter(i -> i.label() == 1).toList();
    images =
        new DataSet(all.labels(), List.of(first.get(0), second.get(0), first.get(1), first.get(2)));
  }

  /** Only the last biases learn: what comes before gives 0, and has no slope there. */
  private List<EpochResult> train(Layer end, ClassificationLoss loss, int epochs, float... scores)
      throws IOException {
    Network constant =
        Network.input("constant", 1, Stripes.SIZE, Stripes.SIZE)
            .then(new GlobalAveragePool())
            .then("off", new Dense(1))
            .then(Relu.plain())
            .then("head", new Dense(2))
            .then("probabilities", end)
            .build();
    Weights random = Weights.random(constant, 1);
    Map<String, Tensor> weights = new HashMap<>();
    for (String name : List.of("off.weight", "off.bias", "head.weight")) {
      Tensor weight = random.get(name);
      weights.put(name, Tensor.wrap(new float[weight.size()], weight.shape()));
    }
    weights.put("head.bias", Tensor.wrap(scores, 2));
    TrainingOptions descent =
        TrainingOptions.builder()
            .epochs(epochs)
            .batchSize(4)
            .optimizer(Optimizer.sgd(0))
            .learningRate(0.1)
            .warmUpEpochs(0)
            .schedule(Schedule.constant())
            .averaging(0)
            .build();
    return Trainer.of(constant, ModelInput.ofSize(Stripes.SIZE, 1), descent)
        .startingFrom(Weights.of(weights))
        .withLoss(loss)
        .train(
            images, images, Files.createTempDirectory(folder, "out"), Progress.none(), epoch -> {})
        .history();
  }

  @ParameterizedTest
  @CsvFileSource(resources = "losses.csv", numLinesToSkip = 1)
  void isPyTorchsBeforeAndAfterOneAndTenSteps(
      ClassificationLoss.Kind kind,
      boolean independent,
      double before,
      double afterOne,
      double afterTen,
      double validationAfterOne)
      throws IOException {
    ClassificationLoss loss =
        ClassificationLoss.withDefaults().withKind(kind).withClassWeights(List.of(0.5, 3.0));

    List<EpochResult> epochs =
        train(independent ? new Sigmoid() : new Softmax(), loss, 11, 0.3f, -0.8f);

    assertThat(epochs.get(0).trainingLoss()).isCloseTo(before, EXACT);
    assertThat(epochs.get(1).trainingLoss()).isCloseTo(afterOne, EXACT);
    assertThat(epochs.get(10).trainingLoss()).isCloseTo(afterTen, EXACT);
    assertThat(epochs.get(0).validationLoss()).isCloseTo(validationAfterOne, EXACT);
  }

  @Test
  void ofTheHardestImagesTheLargestLossCounts() throws IOException {
    ClassificationLoss plain = ClassificationLoss.withDefaults().withLabelSmoothing(0);

    EpochResult first = train(new Softmax(), plain.withHardestShare(0.25), 1, 0.3f, -0.8f).get(0);
    EpochResult half = train(new Softmax(), plain.withHardestShare(0.5), 1, 0.3f, -0.8f).get(0);

    double wrong = Math.log1p(Math.exp(1.1)); // that of the one image of the second class
    assertThat(first.trainingLoss()).isCloseTo(wrong, EXACT);
    assertThat(half.trainingLoss()).isCloseTo((wrong + wrong - 1.1) / 2, EXACT);
  }

  @Test
  void rightIsTheLargestScore() throws IOException {
    EpochResult first = train(new Softmax(), ClassificationLoss.withDefaults(), 1, 1, -2).get(0);

    assertThat(first.validationAccuracy()).isEqualTo(0.75);
    assertThat(first.trainingAccuracy()).isEqualTo(0.75);
    assertThat(
            train(new Softmax(), ClassificationLoss.withDefaults(), 1, -1, 0.5f)
                .get(0)
                .validationAccuracy())
        .isEqualTo(0.25);
  }
}

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
import io.github.brainimaging.models.network.layer.Sigmoid;
import io.github.brainimaging.models.network.layer.Softmax;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of a network that says the same of every image, the losses can be told in advance. */
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

  /** One epoch that changes nothing. */
  private EpochResult losses(Layer end, CrossEntropy loss, float... scores) throws IOException {
    Network constant =
        Network.input("constant", 1, Stripes.SIZE, Stripes.SIZE)
            .then(new GlobalAveragePool())
            .then("head", new Dense(2))
            .then("probabilities", end)
            .build();
    Tensor weight = Weights.random(constant, 1).get("head.weight");
    Map<String, Tensor> weights = new HashMap<>();
    weights.put("head.weight", Tensor.wrap(new float[weight.size()], weight.shape()));
    weights.put("head.bias", Tensor.wrap(scores, 2));
    TrainingOptions still =
        TrainingOptions.builder().epochs(1).batchSize(4).learningRate(1e-30).build();
    return Trainer.of(constant, ModelInput.ofSize(Stripes.SIZE, 1), still)
        .startingFrom(Weights.of(weights))
        .withLoss(loss)
        .train(images, images, folder.resolve("out"), Progress.none(), epoch -> {})
        .history()
        .get(0);
  }

  @Test
  void ofASoftmaxItIsMinusTheLogarithmOfTheClassesProbability() throws IOException {
    CrossEntropy loss =
        CrossEntropy.withDefaults().withLabelSmoothing(0.2).withClassWeights(List.of(0.5, 3.0));

    EpochResult result = losses(new Softmax(), loss, -1, 0.5f);

    double first = Math.log(1 + Math.exp(1.5));
    double second = Math.log(1 + Math.exp(-1.5));
    assertThat(result.validationLoss()).isCloseTo((3 * first + second) / 4, EXACT);
    // A tenth of each target goes to the other class.
    assertThat(result.trainingLoss())
        .isCloseTo(
            (3 * 0.5 * (0.9 * first + 0.1 * second) + 3 * (0.9 * second + 0.1 * first)) / 4, EXACT);
    assertThat(result.validationAccuracy()).isEqualTo(0.25);
    assertThat(result.trainingAccuracy()).isEqualTo(0.25);
  }

  @Test
  void ofSigmoidsItIsTheSumOverTheClasses() throws IOException {
    CrossEntropy loss = CrossEntropy.withDefaults().withLabelSmoothing(0);

    EpochResult result = losses(new Sigmoid(), loss, 1, -2);

    double ofFirst = Math.log(1 + Math.exp(-1)) + Math.log(1 + Math.exp(-2));
    double ofSecond = Math.log(1 + Math.exp(1)) + Math.log(1 + Math.exp(2));
    assertThat(result.validationLoss()).isCloseTo((3 * ofFirst + ofSecond) / 4, EXACT);
    assertThat(result.trainingLoss()).isCloseTo((3 * ofFirst + ofSecond) / 4, EXACT);
    assertThat(result.validationAccuracy()).isEqualTo(0.75);
  }
}

package io.github.brainimaging.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.github.brainimaging.core.geometry.AnatomicalPlane;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.slice.SliceSampling;
import io.github.brainimaging.core.tensor.Layout;
import io.github.brainimaging.core.transform.spatial.Interpolation;
import io.github.brainimaging.models.card.Activation;
import io.github.brainimaging.models.card.ModelCard;
import io.github.brainimaging.models.card.ModelException;
import io.github.brainimaging.models.card.ModelInput;
import io.github.brainimaging.models.card.Task;
import io.github.brainimaging.models.network.Network;
import io.github.brainimaging.models.network.Weights;
import io.github.brainimaging.models.network.format.OnnxExport;
import io.github.brainimaging.models.network.zoo.SliceSequences;
import io.github.brainimaging.models.training.internal.NetworkBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A network with random weights: its class means nothing, but every slice changes it. */
class SequenceClassifierTest {

  private static final int SIZE = 16;
  private static final ModelInput INPUT =
      new ModelInput(
          SIZE,
          SIZE,
          1,
          Layout.NCHW,
          ModelInput.Fit.STRETCH,
          Interpolation.AREA,
          ModelInput.Normalization.Z_SCORE);
  private static final List<String> LABELS = List.of("notumor", "tumor");
  private static final Network NETWORK = SliceSequences.DENSENET_LSTM.describe(1, SIZE, 6, 2);
  private static final Weights WEIGHTS = Weights.random(NETWORK, 5);

  private static ModelCard card(Task task) {
    return ModelCard.builder("sequence", INPUT, Activation.SOFTMAX, LABELS).task(task).build();
  }

  private static ModelSource source(byte[] graph) {
    return ModelSource.ofBytes(graph, "sequence");
  }

  private static byte[] graph(Network network, Weights weights, Task task) {
    return OnnxExport.toBytes(
        network, weights, Map.of(ModelCard.METADATA_KEY, card(task).toJson()));
  }

  private static SequenceClassifier.Builder builder() {
    return SequenceClassifier.builder(source(graph(NETWORK, WEIGHTS, Task.SEQUENCE_CLASSIFICATION)))
        .device(Device.cpu());
  }

  private static List<MedicalImage> slices(int count) {
    Random random = new Random(count);
    List<MedicalImage> slices = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      float[] samples = new float[SIZE * SIZE];
      for (int p = 0; p < samples.length; p++) {
        samples[p] = random.nextInt(256);
      }
      slices.add(MedicalImage.ofGray(SIZE, SIZE, samples).withNominalMaximum(255));
    }
    return slices;
  }

  private static float[] runBlock(List<MedicalImage> slices) {
    float[] values = new float[slices.size() * INPUT.size()];
    for (int i = 0; i < slices.size(); i++) {
      INPUT.layout().copy(INPUT.transform().apply(slices.get(i)), values, i * INPUT.size());
    }
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      NetworkBlock block = NetworkBlock.of(NETWORK, WEIGHTS, manager);
      NDArray input = manager.create(values, new Shape(1, slices.size(), 1, SIZE, SIZE));
      ParameterStore store = new ParameterStore(manager, false);
      return block.forward(store, new NDList(input), false).singletonOrThrow().toFloatArray();
    }
  }

  @Test
  void equalsTheTrainedNetworkForAnyNumberOfSlices() {
    try (SequenceClassifier classifier = builder().build()) {
      assertThat(classifier.labels()).isEqualTo(LABELS);
      for (int count = 1; count <= 12; count++) {
        List<MedicalImage> slices = slices(count);

        Prediction prediction = classifier.classify(slices);

        float[] expected = runBlock(slices);
        assertThat(prediction.probability("notumor")).isCloseTo(expected[0], within(1e-4));
        assertThat(prediction.probability("tumor")).isCloseTo(expected[1], within(1e-4));
      }
    }
  }

  @Test
  void classifiesAVolumeByTheSlicesTaken() {
    List<MedicalImage> slices = slices(9);
    float[] samples = new float[9 * SIZE * SIZE];
    for (int z = 0; z < 9; z++) {
      System.arraycopy(slices.get(z).samples(), 0, samples, z * SIZE * SIZE, SIZE * SIZE);
    }
    MedicalVolume volume = MedicalVolume.of(VolumeGrid.ofSize(SIZE, SIZE, 9), samples);
    SliceSampling sampling = SliceSampling.equallySpaced(AnatomicalPlane.AXIAL, 4);

    try (SequenceClassifier classifier = builder().sampling(sampling).build()) {
      assertThat(classifier.classify(volume))
          .isEqualTo(classifier.classify(sampling.slices(volume)));
    }
  }

  @Test
  void isSharedByThreads() {
    try (SequenceClassifier classifier = builder().build()) {
      List<Prediction> alone =
          IntStream.rangeClosed(1, 12).mapToObj(n -> classifier.classify(slices(n))).toList();

      List<Prediction> together =
          IntStream.rangeClosed(1, 12)
              .parallel()
              .mapToObj(n -> classifier.classify(slices(n)))
              .toList();

      for (int i = 0; i < alone.size(); i++) {
        assertThat(together.get(i).probability("tumor"))
            .isCloseTo(alone.get(i).probability("tumor"), within(1e-6));
      }
    }
  }

  @Test
  void refusesAnEmptySequenceAndUseAfterClosing() {
    SequenceClassifier classifier = builder().build();
    assertThatThrownBy(() -> classifier.classify(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("slices must not be empty");
    classifier.close();
    assertThatThrownBy(() -> classifier.classify(slices(2)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void refusesANetworkForSingleImages() {
    byte[] single =
        TinyModel.passThrough(new long[] {-1, 1, SIZE, SIZE}, new long[] {-1, 2})
            .metadata(ModelCard.METADATA_KEY, card(Task.SEQUENCE_CLASSIFICATION).toJson())
            .bytes();
    assertThatThrownBy(
            () -> {
              var unused = SequenceClassifier.builder(source(single)).build();
            })
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("[N, slices, 1, 16, 16]");
  }

  @Test
  void refusesACardForAnotherTask() {
    byte[] graph = graph(NETWORK, WEIGHTS, Task.CLASSIFICATION);
    assertThatThrownBy(
            () -> {
              var unused = SequenceClassifier.builder(source(graph)).build();
            })
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("SEQUENCE_CLASSIFICATION");
  }

  @Test
  void theCardKeepsTheTask() {
    ModelCard card = card(Task.SEQUENCE_CLASSIFICATION);

    assertThat(ModelCard.fromJson(card.toJson())).isEqualTo(card);
    assertThat(ModelCard.fromJson(card.toJson()).task()).isEqualTo(Task.SEQUENCE_CLASSIFICATION);
  }
}

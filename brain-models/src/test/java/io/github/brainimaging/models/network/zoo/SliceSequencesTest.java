package io.github.brainimaging.models.network.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.github.brainimaging.core.tensor.Tensor;
import io.github.brainimaging.models.network.Network;
import io.github.brainimaging.models.network.Weights;
import io.github.brainimaging.models.network.format.OnnxExport;
import io.github.brainimaging.models.network.layer.Layer;
import io.github.brainimaging.models.training.internal.NetworkBlock;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SliceSequencesTest {

  private static final int SIZE = 16;
  private static final int PIXELS = SIZE * SIZE;

  @ParameterizedTest
  @EnumSource(SliceSequences.class)
  void agreesWithItsOnnxGraphForOneToTwelveSlices(SliceSequences sequences) throws OrtException {
    Network network = sequences.describe(1, SIZE, 6, 3);
    Weights weights = randomWeights(network);
    byte[] onnx = OnnxExport.toBytes(network, weights, Map.of());
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(onnx)) {
      for (int slices = 1; slices <= 12; slices++) {
        float[] values = random(2 * slices * PIXELS, slices);
        long[] shape = {2, slices, 1, SIZE, SIZE};

        float[] djl = runBlock(network, weights, values, shape);

        assertClose(djl, runOnnx(environment, session, values, shape), 1e-4);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(SliceSequences.class)
  void paddingChangesNothing(SliceSequences sequences) {
    Network network = sequences.describe(1, SIZE, 6, 3);
    Weights weights = randomWeights(network);
    float[] three = random(3 * PIXELS, 5);
    Arrays.fill(three, PIXELS, 2 * PIXELS, 0); // an empty slice among others is not padding

    float[] alone = runBlock(network, weights, three, 1, 3, 1, SIZE, SIZE);
    float[] padded =
        runBlock(network, weights, Arrays.copyOf(three, 7 * PIXELS), 1, 7, 1, SIZE, SIZE);

    assertClose(padded, alone, 1e-4);
  }

  @ParameterizedTest
  @EnumSource(SliceSequences.class)
  void looksAtEverySlice(SliceSequences sequences) {
    Network network = sequences.describe(1, SIZE, 6, 3);
    Weights weights = randomWeights(network);
    float[] values = random(4 * PIXELS, 5);
    float[] before = runBlock(network, weights, values, 1, 4, 1, SIZE, SIZE);
    for (int slice = 0; slice < 4; slice++) {
      float[] changed = values.clone();
      for (int i = 0; i < PIXELS; i++) {
        changed[slice * PIXELS + i] *= -2;
      }
      assertThat(runBlock(network, weights, changed, 1, 4, 1, SIZE, SIZE)).isNotEqualTo(before);
    }
  }

  @ParameterizedTest
  @EnumSource(SliceSequences.class)
  void rejectsASingleClass(SliceSequences sequences) {
    assertThatThrownBy(() -> sequences.describe(1, SIZE, 6, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("classes must be at least 2, got 1");
  }

  private static void assertClose(float[] actual, float[] expected, double relative) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.length; i++) {
      double tolerance = relative * Math.max(Math.abs(expected[i]), 0.01);
      assertThat((double) actual[i]).isCloseTo(expected[i], within(tolerance));
    }
  }

  private static float[] random(int size, long seed) {
    Random random = new Random(seed);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  /** Fresh statistics, biases and scores are 0 and 1, which would hide a mistake. */
  private static Weights randomWeights(Network network) {
    Map<String, Tensor> tensors = new LinkedHashMap<>(Weights.random(network, 3).tensors());
    network
        .weights()
        .forEach(
            (name, weight) -> {
              if (weight.initial() != Layer.Initial.HE_NORMAL) {
                float[] values = random(weight.size(), name.hashCode());
                for (int i = 0; i < values.length; i++) {
                  values[i] =
                      weight.initial() == Layer.Initial.ONE
                          ? 0.5f + Math.abs(values[i])
                          : values[i];
                }
                int[] shape = weight.shape().stream().mapToInt(Integer::intValue).toArray();
                tensors.put(name, Tensor.wrap(values, shape));
              }
            });
    return Weights.of(tensors);
  }

  private static float[] runOnnx(
      OrtEnvironment environment, OrtSession session, float[] values, long[] shape)
      throws OrtException {
    try (OnnxTensor input = OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), shape);
        OrtSession.Result result = session.run(Map.of("input", input))) {
      FloatBuffer buffer = ((OnnxTensor) result.get(0)).getFloatBuffer();
      float[] output = new float[buffer.remaining()];
      var unused = buffer.get(output);
      return output;
    }
  }

  private static float[] runBlock(Network network, Weights weights, float[] values, long... shape) {
    try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
      NetworkBlock block = NetworkBlock.of(network, weights, manager);
      NDArray input = manager.create(values, new Shape(shape));
      ParameterStore store = new ParameterStore(manager, false);
      return block.forward(store, new NDList(input), false).singletonOrThrow().toFloatArray();
    }
  }
}

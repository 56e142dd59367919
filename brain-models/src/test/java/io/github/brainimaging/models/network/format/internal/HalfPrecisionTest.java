package io.github.brainimaging.models.network.format.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnxruntime.platform.Fp16Conversions;
import com.google.protobuf.InvalidProtocolBufferException;
import io.github.brainimaging.core.internal.HalfFloat;
import io.github.brainimaging.core.tensor.Tensor;
import io.github.brainimaging.models.network.Network;
import io.github.brainimaging.models.network.RandomWeights;
import io.github.brainimaging.models.network.Weights;
import io.github.brainimaging.models.network.format.OnnxExport;
import io.github.brainimaging.models.network.format.WeightFiles;
import io.github.brainimaging.models.network.layer.Conv2d;
import io.github.brainimaging.models.network.zoo.CompactUnet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** ONNX Runtime's own conversions are the truth. */
class HalfPrecisionTest {

  private static final Network NETWORK = CompactUnet.describe(32, 1);

  @Test
  void everyNumberOf16BitsIsTheEngines() {
    for (int bits = Short.MIN_VALUE; bits <= Short.MAX_VALUE; bits++) {
      short half = (short) bits;
      float value = HalfFloat.toFloat(half);

      assertThat(Float.compare(value, Fp16Conversions.fp16ToFloat(half))).isZero();
      if (Float.isFinite(value)) {
        assertThat(HalfFloat.of(value)).isEqualTo(half);
      }
    }
  }

  @Test
  void roundsAsTheEngine() {
    Random random = new Random(4);
    for (int i = 0; i < 100_000; i++) {
      float value = (float) Math.scalb(random.nextGaussian(), random.nextInt(40) - 26);
      if (Math.abs(value) <= HalfPrecision.HIGHEST) {
        assertThat(HalfFloat.of(value))
            .as("%s", value)
            .isEqualTo(Fp16Conversions.floatToFp16(value));
      }
    }
    // Halfway: to the one that ends in zero.
    assertThat(HalfFloat.of(1 + 0x1p-11f)).isEqualTo(HalfFloat.of(1));
    assertThat(HalfFloat.of(1 + 3 * 0x1p-11f)).isEqualTo(HalfFloat.of(1 + 0x1p-9f));
  }

  @Test
  void kernelsTakeHalfTheRoomUnderTheirNamesAndVectorsStay() throws InvalidProtocolBufferException {
    Weights weights = RandomWeights.of(NETWORK);
    byte[] model = OnnxExport.toBytes(NETWORK, weights, Map.of("key", "text"));

    byte[] halved = WeightFiles.halved(model);

    assertThat(halved.length).isLessThan(model.length * 52 / 100);
    assertThat(WeightFiles.halved(halved)).isEqualTo(halved);
    Map<String, Tensor> found = WeightFiles.readOnnx(halved).tensors();
    assertThat(found.keySet())
        .containsExactlyElementsOf(WeightFiles.readOnnx(model).tensors().keySet());
    weights
        .tensors()
        .forEach(
            (name, tensor) -> assertNear(name, Objects.requireNonNull(found.get(name)), tensor));
    assertThat(ModelProto.parseFrom(halved).getMetadataProps(0).getValue()).isEqualTo("text");
  }

  private static void assertNear(String name, Tensor found, Tensor expected) {
    float[] values = expected.toArray();
    float[] halves = found.toArray();
    assertThat(found.shape()).isEqualTo(expected.shape());
    if (values.length == found.shape()[0]) {
      assertThat(halves).as(name).isEqualTo(values);
      return;
    }
    double worst = 0;
    for (int i = 0; i < values.length; i++) {
      double step = Math.max(Math.abs(values[i]), 0x1p-14) / 2048;
      worst = Math.max(worst, Math.abs(halves[i] - values[i]) / step);
    }
    assertThat(worst).as(name).isBetween(0.1, 1.0);
  }

  @Test
  void whatHasLargeValuesStays() throws InvalidProtocolBufferException {
    Network network = Network.input("n", 1, 4, 4).then("conv", Conv2d.same(2, 3)).build();
    Map<String, Tensor> tensors = new LinkedHashMap<>(Weights.random(network, 1).tensors());
    float[] values = Objects.requireNonNull(tensors.get("conv.weight")).toArray();
    values[5] = 70_000;
    tensors.put("conv.weight", Tensor.wrap(values, 2, 1, 3, 3));
    byte[] model = OnnxExport.toBytes(network, Weights.of(tensors), Map.of());

    ModelProto halved = ModelProto.parseFrom(WeightFiles.halved(model));

    assertThat(halved.getGraph().getInitializerList())
        .allMatch(w -> w.getDataType() == TensorProto.DataType.FLOAT_VALUE);
  }
}

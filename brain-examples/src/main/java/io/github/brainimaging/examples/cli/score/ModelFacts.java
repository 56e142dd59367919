package io.github.brainimaging.examples.cli.score;

import ai.onnx.proto.OnnxMl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * How large a network is.
 *
 * @param parameters number of weights: the floating-point initializers of the graph, the statistics
 *     of batch normalization among them
 * @param bytes size of the file
 */
public record ModelFacts(long parameters, long bytes) {

  private static final Set<Integer> FLOATING =
      Set.of(
          OnnxMl.TensorProto.DataType.FLOAT_VALUE,
          OnnxMl.TensorProto.DataType.FLOAT16_VALUE,
          OnnxMl.TensorProto.DataType.BFLOAT16_VALUE,
          OnnxMl.TensorProto.DataType.DOUBLE_VALUE);

  public static ModelFacts read(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    long parameters = 0;
    for (OnnxMl.TensorProto tensor :
        OnnxMl.ModelProto.parseFrom(bytes).getGraph().getInitializerList()) {
      if (FLOATING.contains(tensor.getDataType())) {
        parameters += tensor.getDimsList().stream().reduce(1L, Math::multiplyExact);
      }
    }
    return new ModelFacts(parameters, bytes.length);
  }
}

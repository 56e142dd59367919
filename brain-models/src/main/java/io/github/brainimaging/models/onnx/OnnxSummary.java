package io.github.brainimaging.models.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.github.brainimaging.models.card.ModelCard;
import io.github.brainimaging.models.card.ModelException;
import io.github.brainimaging.models.card.VolumeCard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;

/**
 * What an ONNX file says of itself, read without running it.
 *
 * @param producer the program that wrote it, empty if not told
 * @param opset version of the operator set, 0 if not told
 * @param inputs name, type and shape of each input that is no weight
 * @param outputs name, type and shape of each output
 * @param parameters number of values in all weights (initializers of floating-point numbers),
 *     statistics included
 * @param sha256 of the file, 64 hexadecimal digits in lower case
 * @param card the card beside the file, else the one inside, if there is one
 * @since 0.1.0
 */
public record OnnxSummary(
    String producer,
    long opset,
    List<String> inputs,
    List<String> outputs,
    long parameters,
    String sha256,
    Optional<ModelCard> card) {

  /** Batch, channels, depth, height, width. */
  private static final int VOLUME_AXES = 5;

  /** Whole numbers in a graph are shapes and indices, not weights. */
  private static final Set<Integer> FLOATING =
      Set.of(
          TensorProto.DataType.FLOAT_VALUE,
          TensorProto.DataType.FLOAT16_VALUE,
          TensorProto.DataType.BFLOAT16_VALUE,
          TensorProto.DataType.DOUBLE_VALUE);

  /**
   * Copies the lists.
   *
   * @param producer the program that wrote it
   * @param opset version of the operator set
   * @param inputs name, type and shape of each input
   * @param outputs name, type and shape of each output
   * @param parameters number of values in all weights
   * @param sha256 of the file
   * @param card the card, if there is one
   */
  public OnnxSummary {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /**
   * Reads a file.
   *
   * @param file the ONNX file, up to 2 GiB
   * @return what it says
   * @throws IOException if it cannot be read or is no ONNX file
   * @throws ModelException if its card cannot be read
   */
  public static OnnxSummary read(Path file) throws IOException {
    return of(file.toString(), Files.readAllBytes(file), ModelSource.ofPath(file));
  }

  /**
   * Reads a model wherever it comes from, such as the embedded one.
   *
   * @param source where it comes from, up to 2 GiB
   * @return what it says
   * @throws IOException if it is no ONNX file
   * @throws ModelException if it or its card cannot be read
   */
  public static OnnxSummary read(ModelSource source) throws IOException {
    return of(source.toString(), source.toBytes(), source);
  }

  private static OnnxSummary of(String file, byte[] content, ModelSource source)
      throws IOException {
    ModelProto model;
    try {
      model = ModelProto.parseFrom(content);
    } catch (InvalidProtocolBufferException e) {
      throw new IOException(file + " is no ONNX file: " + e.getMessage(), e);
    }
    if (!model.hasGraph()) {
      throw new IOException(file + " is no ONNX file: it has no graph");
    }
    Set<String> weights = new HashSet<>();
    long parameters = 0;
    for (TensorProto weight : model.getGraph().getInitializerList()) {
      weights.add(weight.getName());
      if (FLOATING.contains(weight.getDataType())) {
        parameters += weight.getDimsList().stream().reduce(1L, (a, b) -> a * b);
      }
    }
    List<String> inputs = new ArrayList<>();
    for (ValueInfoProto input : model.getGraph().getInputList()) {
      if (!weights.contains(input.getName())) {
        inputs.add(describe(input));
      }
    }
    return new OnnxSummary(
        (model.getProducerName() + " " + model.getProducerVersion()).strip(),
        model.getOpsetImportList().stream()
            .filter(set -> set.getDomain().isEmpty())
            .mapToLong(OperatorSetIdProto::getVersion)
            .findFirst()
            .orElse(0),
        inputs,
        model.getGraph().getOutputList().stream().map(OnnxSummary::describe).toList(),
        parameters,
        source.sha256(),
        card(source, model));
  }

  private static Optional<ModelCard> card(ModelSource source, ModelProto model) {
    Optional<ModelCard> beside = source.cardText().map(ModelCard::fromJson);
    return beside.isPresent() ? beside : cardInside(model).map(ModelCard::fromJson);
  }

  private static Optional<String> cardInside(ModelProto model) {
    return model.getMetadataPropsList().stream()
        .filter(entry -> entry.getKey().equals(ModelCard.METADATA_KEY))
        .map(StringStringEntryProto::getValue)
        .findFirst();
  }

  /**
   * Whether the first input has five axes, or the card in the metadata is one of such a network;
   * not if these bytes are no ONNX file.
   */
  static boolean isOfVolumes(byte[] content) {
    try {
      ModelProto model = ModelProto.parseFrom(content);
      return model.getGraph().getInputList().stream()
              .limit(1)
              .anyMatch(
                  input -> input.getType().getTensorType().getShape().getDimCount() == VOLUME_AXES)
          || cardInside(model).filter(VolumeCard::isMeantBy).isPresent();
    } catch (InvalidProtocolBufferException e) {
      return false;
    }
  }

  private static String describe(ValueInfoProto value) {
    var tensor = value.getType().getTensorType();
    StringJoiner axes = new StringJoiner(", ", "[", "]");
    for (TensorShapeProto.Dimension axis : tensor.getShape().getDimList()) {
      String open = axis.getDimParam().isEmpty() ? "?" : axis.getDimParam();
      axes.add(axis.getDimValue() > 0 ? Long.toString(axis.getDimValue()) : open);
    }
    int type = tensor.getElemType();
    return value.getName() + " " + (type == 1 ? "float32" : "type " + type) + " " + axes;
  }
}

package io.github.brainimaging.models.onnx.internal.graph;

import io.github.brainimaging.core.tensor.Layout;
import io.github.brainimaging.models.card.Activation;
import io.github.brainimaging.models.card.ModelException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * What a graph tells of the output that gives the values of the labels.
 *
 * @param port the output
 * @param maker the operator that makes it, see {@link GraphFacts}
 */
public record LabelOutput(Port port, String maker) {

  /** What gives scores, of any value. */
  static final Set<String> SCORES =
      Set.of(
          "Gemm",
          "MatMul",
          "Add",
          "Conv",
          "ConvTranspose",
          "BatchNormalization",
          "LogSoftmax",
          OutputMakers.SCALING,
          "ReduceMean",
          "GlobalAveragePool",
          "AveragePool",
          "Resize");

  /** Whether it has rows and columns. */
  public boolean isMap() {
    return Arrays.stream(port.shape()).skip(1).filter(length -> length != 1).count() > 1;
  }

  /** How many values there are for an image or a pixel; -1 if the graph leaves it open. */
  public int count(PictureAxes picture) {
    long[] shape = port.shape();
    if (isMap()) {
      return port.isWhole() ? -1 : channels(shape, picture);
    }
    if (shape.length == 0 || Arrays.stream(shape).skip(1).anyMatch(length -> length < 0)) {
      return -1;
    }
    int batch = shape.length == 1 ? 0 : 1;
    return Math.toIntExact(Arrays.stream(shape).skip(batch).reduce(1, Math::multiplyExact));
  }

  /** Of the two places for channels the one where the others have the picture's ratio. */
  private static int channels(long[] shape, PictureAxes picture) {
    long pixels = (long) picture.height() * picture.width();
    if (shape.length == 3 && pixels > 0 && (shape[1] == pixels || shape[2] == pixels)) {
      return (int) shape[shape[1] == pixels ? 2 : 1]; // all pixels in one row
    }
    if (shape.length != 4) {
      return shape.length == 3 ? 1 : -1;
    }
    boolean first = shape[2] * picture.width() == shape[3] * picture.height();
    boolean last = shape[1] * picture.width() == shape[2] * picture.height();
    boolean usual = picture.layout() == Layout.NCHW;
    return (int) shape[first != last ? first ? 1 : 3 : usual ? 1 : 3];
  }

  /** What the values are, where the operator that makes them tells. */
  public Optional<Activation> activation() {
    return switch (maker) {
      case "Softmax" -> Optional.of(Activation.SOFTMAX);
      case "Sigmoid" -> Optional.of(Activation.SIGMOID);
      default -> Optional.empty();
    };
  }

  /** Whether the values are scores, before a softmax or sigmoids that the graph does not have. */
  public boolean isScores() {
    return port.isWhole() || SCORES.contains(maker);
  }

  /**
   * Holds what a user says against what the graph tells.
   *
   * @throws ModelException if the activation would be applied twice
   */
  public void requireSense(Activation told) {
    requireAnswer();
    boolean scores = told == Activation.LOGITS || told == Activation.SIGMOID_LOGITS;
    if (scores && maker.equals("Exp")) {
      throw new ModelException(
          String.format(
              "the output %s comes from Exp, so that it gives no scores, got %s; export it without"
                  + " that, or with a division by the sum",
              port, told));
    }
    if (scores && activation().isPresent()) {
      throw new ModelException(
          String.format(
              "the output %s comes from %s, so that it gives probabilities: the activation must be"
                  + " %s, got %s",
              port, maker, activation().get(), told));
    }
  }

  /**
   * Refuses values that say nothing of the labels.
   *
   * @throws ModelException with what to do, if the graph sorts them, decides itself or leaves -1 to
   *     1
   */
  public void requireAnswer() {
    String why =
        switch (maker) {
          case "TopK" ->
              "sorts its values, and which of them is which label is lost: export it without top-k"
                  + " or sort";
          case "Tanh", OutputMakers.SCALED_TANH, OutputMakers.SHIFTED_TANH ->
              "gives -1 to 1 or a multiple of that, neither probabilities nor scores: export it"
                  + " with (y + 1) / 2 behind that";
          case "ArgMax" ->
              isMap()
                  ? port.isWhole()
                      ? ""
                      : "gives numbers of classes as fractions: export it without the cast, as"
                          + " INT64"
                  : "gives the number of a class and no probabilities: export it without the"
                      + " argmax";
          default -> "";
        };
    if (!why.isEmpty()) {
      throw new ModelException("the output " + port + " comes from " + maker + ", which " + why);
    }
  }
}

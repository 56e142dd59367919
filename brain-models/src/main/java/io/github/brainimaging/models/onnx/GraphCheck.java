package io.github.brainimaging.models.onnx;

import com.google.errorprone.annotations.FormatMethod;
import io.github.brainimaging.core.tensor.Layout;
import io.github.brainimaging.models.card.Activation;
import io.github.brainimaging.models.card.ModelCard;
import io.github.brainimaging.models.card.ModelDomain;
import io.github.brainimaging.models.card.ModelException;
import io.github.brainimaging.models.card.ModelInput;
import io.github.brainimaging.models.card.Task;
import io.github.brainimaging.models.onnx.internal.Port;
import java.util.Arrays;
import java.util.List;

/**
 * Holds what an ONNX graph declares against what the model's card says, before anything is run.
 * Axes that the graph leaves open fit anything; they are checked again when the network runs.
 */
final class GraphCheck {

  private static final String FLOAT32 = "FLOAT";

  private GraphCheck() {}

  /**
   * Checks a graph.
   *
   * @param card the card
   * @param inputs inputs of the graph
   * @param outputs outputs of the graph
   * @return whether the graph takes only one image at a time
   * @throws ModelException if the graph and the card do not fit
   */
  static boolean takesOneImageOnly(ModelCard card, List<Port> inputs, List<Port> outputs) {
    Port input = only("input", inputs);
    Port output = only("output", withoutDistances(card, outputs));
    if (card.task() == Task.SEQUENCE_CLASSIFICATION) {
      checkSlices(card.input(), input);
      checkOutput(card.labels(), output);
      return false;
    }
    checkInput(card.input(), input);
    if (card.task() == Task.SEGMENTATION) {
      checkMaps(card, output);
    } else {
      require(
          card.input().fit() != ModelInput.Fit.TILES,
          "fit must be another than TILES for classification, got %s",
          card.input());
      checkOutput(card.labels(), output);
    }
    return input.shape().length == 4 && input.shape()[0] == 1;
  }

  private static Port only(String kind, List<Port> ports) {
    require(ports.size() == 1, "the network must have one %s, but has %s", kind, ports);
    return ports.get(0);
  }

  /** The output of distances is there if and only if the card speaks of groups. */
  private static List<Port> withoutDistances(ModelCard card, List<Port> outputs) {
    List<Port> rest =
        outputs.stream().filter(port -> !port.name().equals(ModelDomain.DISTANCES)).toList();
    require(
        card.domain().groups().isEmpty()
            || outputs.size() == 2 && outputs.get(1).name().equals(ModelDomain.DISTANCES),
        "the card's domain has %d groups, but the network's outputs %s have no '%s' behind the"
            + " first",
        card.domain().groups().size(),
        outputs,
        ModelDomain.DISTANCES);
    return rest;
  }

  private static void checkInput(ModelInput expected, Port input) {
    Layout layout = expected.layout();
    int[] shape = shape(expected, layout);
    Layout other = layout == Layout.NCHW ? Layout.NHWC : Layout.NCHW;
    boolean otherFits = fits(input.shape(), shape(expected, other));
    require(
        input.type().equals(FLOAT32) && fits(input.shape(), shape),
        "the network's input is %s, expected FLOAT %s (%s)%s",
        input,
        Arrays.toString(shape).replaceFirst("1", "N"),
        layout,
        otherFits ? "; it would fit as " + other : "");
    long batch = input.shape().length == 0 ? -1 : input.shape()[0];
    require(
        batch == -1 || batch == 1,
        "the network's input is %s: a fixed batch of %d is not supported, only 1 or an open one",
        input,
        batch);
  }

  private static void checkSlices(ModelInput expected, Port input) {
    int[] shape = {1, -1, expected.channels(), expected.height(), expected.width()};
    require(
        input.type().equals(FLOAT32)
            && expected.layout() == Layout.NCHW
            && fits(input.shape(), shape)
            && (input.shape().length == 0 || input.shape()[1] < 0),
        "the network's input is %s, expected FLOAT [N, slices, %d, %d, %d] (%s) with the number of"
            + " slices open",
        input,
        expected.channels(),
        expected.height(),
        expected.width(),
        expected.layout());
  }

  private static int[] shape(ModelInput input, Layout layout) {
    return layout.shape(1, input.channels(), input.height(), input.width());
  }

  /** Equal but for the batch axis; an empty shape or a negative length is one that is not told. */
  private static boolean fits(long[] declared, int[] expected) {
    if (declared.length == 0) {
      return true;
    }
    boolean fits = declared.length == expected.length;
    for (int i = 1; fits && i < expected.length; i++) {
      fits = declared[i] < 0 || expected[i] < 0 || declared[i] == expected[i];
    }
    return fits;
  }

  private static void checkOutput(List<String> labels, Port output) {
    require(
        output.type().equals(FLOAT32) && fits(output.shape(), new int[] {1, labels.size()}),
        "the network's output is %s, expected FLOAT [N, %d] for the labels %s",
        output,
        labels.size(),
        labels);
  }

  private static void checkMaps(ModelCard card, Port output) {
    int labels = card.labels().size();
    Layout layout = card.input().layout();
    int[] shape =
        layout == Layout.NCHW ? new int[] {1, labels, -1, -1} : new int[] {1, -1, -1, labels};
    require(
        output.type().equals(FLOAT32) && fits(output.shape(), shape),
        "the network's output is %s, expected FLOAT %s for the labels %s",
        output,
        layout == Layout.NCHW ? "[N, " + labels + ", ?, ?]" : "[N, ?, ?, " + labels + "]",
        card.labels());
    require(
        labels > 1 || card.activation() != Activation.SOFTMAX,
        "SOFTMAX of the single label %s is always 1; the card must say SIGMOID or LOGITS",
        card.labels());
  }

  @FormatMethod
  private static void require(boolean condition, String message, Object... values) {
    if (condition) {
      return;
    }
    throw new ModelException(String.format(message, values));
  }
}

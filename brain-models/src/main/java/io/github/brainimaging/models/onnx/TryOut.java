package io.github.brainimaging.models.onnx;

import io.github.brainimaging.models.card.Activation;
import io.github.brainimaging.models.card.ModelCard;
import io.github.brainimaging.models.card.ModelException;
import io.github.brainimaging.models.card.Task;
import io.github.brainimaging.models.onnx.internal.EngineSession;
import io.github.brainimaging.models.onnx.internal.graph.EngineFailure;
import io.github.brainimaging.models.onnx.internal.graph.GraphInput;
import io.github.brainimaging.models.onnx.internal.graph.OutputShape;
import io.github.brainimaging.models.onnx.internal.graph.Port;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a network once on blank input, within a limit of time, and learns what its graph does not
 * declare: which of several outputs gives probabilities, whether slices lie before the batch,
 * whether the scores that the card speaks of are probabilities already.
 */
final class TryOut {

  private static final Logger logger = LoggerFactory.getLogger(TryOut.class);

  static final Duration LIMIT = Duration.ofSeconds(30);

  /** What a sequence is tried with where the number of slices is open: P4's six. */
  private static final int SLICES = 6;

  private TryOut() {}

  /**
   * Tries a model.
   *
   * @param model the model as its graph declares it
   * @param outputs the outputs that may be meant, one or more
   * @return the model as it is
   * @throws ModelException if it does not run, or its outputs are not what the card says
   */
  static LoadedModel of(LoadedModel model, List<Port> outputs) {
    if (outputs.size() == 1) {
      LoadedModel one = with(model, model.input(), outputs.get(0));
      EngineSession.Output output = run(one);
      boolean fits = fits(one, output);
      Optional<LoadedModel> other = fits ? Optional.empty() : fedOtherwise(one);
      require(fits || other.isPresent(), one, output);
      if (fits) {
        tellProbabilities(one, output);
      }
      return other.orElse(one);
    }
    List<LoadedModel> likely = new ArrayList<>();
    for (Port port : outputs) {
      LoadedModel candidate = with(model, model.input(), port);
      if (givesProbabilities(candidate, run(candidate))) {
        likely.add(candidate);
      }
    }
    if (likely.size() != 1) {
      throw new ModelException(
          String.format(
              "model %s does not fit its card: several of its outputs fit the labels %s: %s; name one"
                  + " in the card, such as"
                  + " \"output\": \"%s\"",
              model.name(), model.card().labels(), outputs, outputs.get(0).name()));
    }
    logger.warn(
        "model {} has the outputs {}; only '{}' gives probabilities for the labels, so that one is"
            + " taken; \"output\" in the card would say so",
        model.name(),
        outputs,
        likely.get(0).output().name());
    return likely.get(0);
  }

  private static LoadedModel with(LoadedModel model, GraphInput input, Port output) {
    return new LoadedModel(
        model.name(), model.card(), model.device(), model.session(), input, output);
  }

  private static EngineSession.Output run(LoadedModel model) {
    GraphInput input = model.input();
    int slices = slices(model);
    int count = Math.max(1, model.fixedBatch());
    long[] shape = input.shape(model.card().input(), count, slices);
    double size = Arrays.stream(shape).asDoubleStream().reduce(Float.BYTES, (a, b) -> a * b);
    if (size > Integer.MAX_VALUE) {
      throw model.failed(
          "its input is "
              + model.input().port()
              + ", expected less than 2 GiB for one run: "
              + Arrays.toString(shape),
          null);
    }
    FloatBuffer blank =
        ByteBuffer.allocateDirect((int) size).order(ByteOrder.nativeOrder()).asFloatBuffer();
    try {
      EngineSession.Ports ports = model.ports(model.blankRow(), count);
      return model.session().tryOut(blank, shape, ports, LIMIT);
    } catch (EngineFailure e) {
      String advice =
          e.isOutOfMemory() ? " (memory ran out with a single image; try Device.cpu())" : "";
      throw model.failed(e.getMessage() + advice, e);
    }
  }

  private static int slices(LoadedModel model) {
    int fixed = model.input().fixed(GraphInput.Axis.SLICE);
    return fixed > 0 ? fixed : SLICES;
  }

  private static boolean fits(LoadedModel model, EngineSession.Output output) {
    int count = Math.max(1, model.fixedBatch());
    ModelCard card = model.card();
    return card.task() == Task.SEGMENTATION
        ? OutputShape.maps(output.shape(), count, card, model.output().isWhole()).isPresent()
        : OutputShape.values(output.shape(), count, card).isPresent();
  }

  /** Where the batch is the second axis, or slices are channels, six slices were six examples. */
  private static Optional<LoadedModel> fedOtherwise(LoadedModel model) {
    ModelCard card = model.card();
    if (card.task() != Task.SEQUENCE_CLASSIFICATION) {
      return Optional.empty();
    }
    return GraphInput.all(model.input().port(), card).stream()
        .filter(input -> !input.equals(model.input()))
        .filter(input -> input.fixed(GraphInput.Axis.SLICE) != 1)
        .map(input -> with(model, input, model.output()))
        .filter(other -> fits(other, run(other)))
        .findFirst();
  }

  private static void require(boolean fits, LoadedModel model, EngineSession.Output output) {
    if (!fits) {
      int count = Math.max(1, model.fixedBatch());
      String hint =
          model.card().task() == Task.SEQUENCE_CLASSIFICATION
              ? "; a network for sequences takes "
                  + GraphInput.expected(model.card().input(), model.card().task())
              : "";
      throw model.failed(
          String.format(
              "its output is %s, expected %s for %d %s and the labels %s%s",
              Arrays.toString(output.shape()),
              OutputShape.expected(model.card(), count),
              count,
              hint.isEmpty() ? "image(s)" : "sequence(s)",
              model.card().labels(),
              hint),
          null);
    }
  }

  private static boolean givesProbabilities(LoadedModel model, EngineSession.Output output) {
    Activation activation = model.card().activation();
    if (activation == Activation.LOGITS
        || activation == Activation.SIGMOID_LOGITS
        || !fits(model, output)) {
      return false;
    }
    return activation == Activation.SOFTMAX
        ? sumsToOne(model, output)
        : inUnit(output.values()) && !allEqual(output.values(), 0);
  }

  private static boolean allEqual(float[] values, float expected) {
    for (float value : values) {
      if (value != expected) {
        return false;
      }
    }
    return true;
  }

  private static boolean inUnit(float[] values) {
    for (float value : values) {
      if (!(value >= 0 && value <= 1)) {
        return false;
      }
    }
    return true;
  }

  /** Whether all rows of values are probabilities that sum to 1, as only a softmax gives them. */
  private static boolean sumsToOne(LoadedModel model, EngineSession.Output output) {
    if (!inUnit(output.values()) || model.card().task() == Task.SEGMENTATION) {
      return false;
    }
    int labels = model.card().labels().size();
    double tolerance = model.output().isFloat32() ? 1e-5 : 5e-3;
    for (int from = 0; from + labels <= output.values().length; from += labels) {
      double sum = 0;
      for (int i = 0; i < labels; i++) {
        sum += output.values()[from + i];
      }
      if (Math.abs(sum - 1) > tolerance) {
        return false;
      }
    }
    return true;
  }

  /** A softmax of a softmax gives probabilities that look right and are near each other. */
  private static void tellProbabilities(LoadedModel model, EngineSession.Output output) {
    int labels = model.card().labels().size();
    if (model.card().activation() != Activation.SOFTMAX
        && labels > 1
        && output.values().length >= labels
        && sumsToOne(model, output)) {
      logger.warn(
          "model {} gives {} for a blank picture, probabilities that sum to 1, so that it ends in a"
              + " softmax; but its card says {}: the card should say SOFTMAX",
          model.name(),
          Arrays.toString(output.values()),
          meant(model.card().activation()));
    }
  }

  /** What a card that is wrong about a softmax promises, and what becomes of it. */
  private static String meant(Activation activation) {
    return switch (activation) {
      case LOGITS ->
          "LOGITS, scores before one, and a second softmax is applied, which brings them near each"
              + " other";
      case SIGMOID_LOGITS ->
          "SIGMOID_LOGITS, scores before sigmoids, which are applied, so that all are between 0.5"
              + " and 0.74";
      case SIGMOID ->
          "SIGMOID, labels that do not exclude each other, and none may reach 0.5 although one of"
              + " them is meant";
      case SOFTMAX -> "SOFTMAX";
    };
  }
}

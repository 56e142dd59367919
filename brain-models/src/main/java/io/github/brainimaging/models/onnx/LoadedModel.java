package io.github.brainimaging.models.onnx;

import io.github.brainimaging.models.card.Activation;
import io.github.brainimaging.models.card.ModelCard;
import io.github.brainimaging.models.card.ModelException;
import io.github.brainimaging.models.card.Task;
import io.github.brainimaging.models.onnx.internal.EngineSession;
import io.github.brainimaging.models.onnx.internal.SessionSettings;
import io.github.brainimaging.models.onnx.internal.graph.EngineFailure;
import io.github.brainimaging.models.onnx.internal.graph.GraphCheck;
import io.github.brainimaging.models.onnx.internal.graph.GraphFacts;
import io.github.brainimaging.models.onnx.internal.graph.GraphInput;
import io.github.brainimaging.models.onnx.internal.graph.Port;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model whose card, checksum and graph have been checked and which is ready to run.
 *
 * @param name how messages call the model
 * @param card the card that was found
 * @param device what the model really runs on
 * @param session the engine's session, to be closed by the owner
 * @param input how images lie in its input
 * @param output the output that gives the values of the labels
 */
record LoadedModel(
    String name,
    ModelCard card,
    Device device,
    EngineSession session,
    GraphInput input,
    Port output) {

  private static final Logger logger = LoggerFactory.getLogger(LoadedModel.class);

  /** How to load. */
  record Options(
      Device device,
      OptionalLong gpuMemoryLimit,
      int threads,
      GraphOptimization optimization,
      boolean tryOut) {

    SessionSettings settings(Device chosen) {
      return new SessionSettings(chosen.gpuIndex(), gpuMemoryLimit, threads, optimization.name());
    }
  }

  /**
   * Loads a model.
   *
   * @param source where it comes from
   * @param explicit the card that the caller gave, if any
   * @param task what the model must do
   * @param options how to load
   * @throws ModelException if anything does not fit
   */
  static LoadedModel load(
      ModelSource source, @Nullable ModelCard explicit, Task task, Options options) {
    Optional<ModelCard> outside =
        Optional.ofNullable(explicit)
            .or(
                () ->
                    source
                        .cardText()
                        .map(text -> ModelCard.fromJson(text, "the card of model " + source)));
    try {
      return open(source, outside.orElse(null), task, options);
    } catch (EngineFailure e) {
      throw source.refused(e);
    }
  }

  private static LoadedModel open(
      ModelSource source, @Nullable ModelCard outside, Task task, Options options)
      throws EngineFailure {
    OpenedSession opened =
        OpenedSession.of(source, options, outside == null ? "" : outside.sha256());
    EngineSession session = opened.session();
    try {
      ModelCard card = outside != null ? outside : cardInside(source, session);
      requireTask(source, card, task);
      tellDoubt(source, card);
      GraphCheck.Plan plan = plan(source, card, session);
      tellResizing(source, card, plan);
      tellAxes(source, card, plan.input());
      LoadedModel model =
          new LoadedModel(
              source.toString(),
              card,
              opened.device(),
              session,
              plan.input(),
              plan.outputs().get(0));
      boolean certain = plan.outputs().size() == 1;
      return options.tryOut() || !certain ? TryOut.of(model, plan.outputs()) : model;
    } catch (EngineFailure | RuntimeException e) {
      session.close();
      throw e;
    }
  }

  /**
   * What is fed and what is read.
   *
   * @param row the values of the table for each image; empty for a model without
   * @param count number of images
   */
  EngineSession.Ports ports(float[] row, int count) {
    return new EngineSession.Ports(input.port(), output, row, count);
  }

  /** The values of the table of which nothing is known; empty for a model without. */
  float[] blankRow() {
    return new float[card.clinical().size()];
  }

  /** How many images the graph takes at once: 0 for any number. */
  int fixedBatch() {
    return input.fixed(GraphInput.Axis.BATCH);
  }

  /** What to throw when the model does not do what it should. */
  ModelException failed(@Nullable String why, @Nullable Throwable cause) {
    String message = "model " + name + " failed: " + why;
    return cause == null ? new ModelException(message) : new ModelException(message, cause);
  }

  private static void requireTask(ModelSource source, ModelCard card, Task task) {
    if (card.task() != task) {
      throw new ModelException(
          String.format("model %s is for %s by its card, expected %s", source, card.task(), task));
    }
  }

  /** A picture is resized twice where the graph begins with that. */
  private static void tellResizing(ModelSource source, ModelCard card, GraphCheck.Plan plan) {
    long open =
        Arrays.stream(plan.input().port().shape()).skip(1).filter(length -> length < 0).count();
    if (open > 1 && GraphFacts.of(source.toBytes(), source.toString()).resizes()) {
      logger.warn(
          "model {} resizes pictures of any size itself, and is fed {} x {} by its card: the size"
              + " there should be that of the pictures it was trained with",
          source,
          card.input().width(),
          card.input().height());
    }
  }

  /** Of a cube nobody can tell where its slices lie. */
  private static void tellAxes(ModelSource source, ModelCard card, GraphInput taken) {
    if (card.task() == Task.SEQUENCE_CLASSIFICATION) {
      GraphInput.all(taken.port(), card).stream()
          .filter(other -> !other.looksLike(taken) && other.fixed(GraphInput.Axis.SLICE) != 1)
          .findFirst()
          .ifPresent(
              other ->
                  logger.warn(
                      "model {}: its input {} may be {} or {}; the first is taken, and \"axes\" in the"
                          + " card would say it, such as NCSHW",
                      source,
                      taken.port(),
                      taken.axes(),
                      other.axes()));
    }
  }

  /** A card cannot be asked whether its three kinds of tumors exclude each other. */
  private static void tellDoubt(ModelSource source, ModelCard card) {
    int labels = card.labels().size();
    if (card.task() != Task.SEGMENTATION
        && card.activation() == Activation.LOGITS
        && labels > 1
        && card.tumorLabels().size() == labels) {
      logger.warn(
          "model {}: all of the labels {} mean a tumor and by LOGITS exclude each other, so that every"
              + " picture is one; if each was trained before a sigmoid of its own, the card must say"
              + " SIGMOID_LOGITS",
          source,
          card.labels());
    }
  }

  private static GraphCheck.Plan plan(ModelSource source, ModelCard card, EngineSession session)
      throws EngineFailure {
    try {
      return GraphCheck.plan(card, session.inputs(), session.outputs());
    } catch (ModelException e) {
      throw new ModelException("model " + source + " does not fit its card: " + e.getMessage(), e);
    }
  }

  private static ModelCard cardInside(ModelSource source, EngineSession session)
      throws EngineFailure {
    String text = session.metadata().get(ModelCard.METADATA_KEY);
    if (text == null) {
      throw new ModelException(
          "model "
              + source
              + " has no card: "
              + source
                  .cardFile()
                  .map(
                      file ->
                          "put %s beside it, which `brain card %s --write` makes (in Java: builder.card)"
                              .formatted(file, source))
                  .orElse("give one by builder.card, or put one into its metadata")
              + ". Its inputs are "
              + session.inputs()
              + ", its outputs "
              + session.outputs());
    }
    return ModelCard.fromJson(text, "the card inside model " + source).toBuilder()
        .sha256("")
        .build();
  }
}

package io.github.brainimaging.models.onnx;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.models.card.Activation;
import io.github.brainimaging.models.card.ModelCard;
import io.github.brainimaging.models.card.ModelDomain;
import io.github.brainimaging.models.card.ModelException;
import io.github.brainimaging.models.card.ModelInput;
import io.github.brainimaging.models.card.Preparation;
import io.github.brainimaging.models.card.Task;
import io.github.brainimaging.models.onnx.internal.graph.GraphCheck;
import io.github.brainimaging.models.onnx.internal.graph.GraphFacts;
import io.github.brainimaging.models.onnx.internal.graph.LabelOutput;
import io.github.brainimaging.models.onnx.internal.graph.PictureAxes;
import io.github.brainimaging.models.onnx.internal.graph.Port;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes the card of a network that has none. The graph tells the task, size, channels and layout,
 * the number of labels and mostly the activation; how pictures were prepared and what the labels
 * are called only its maker knows, and {@link #card} asks for it.
 *
 * <pre>{@code
 * ModelSource model = ModelSource.ofPath(Path.of("resnet50.onnx"));
 * ModelCard card =
 *     CardDraft.of(model)
 *         .preparation(Preparation.KERAS_RESNET50)
 *         .labels(List.of("glioma", "meningioma", "notumor", "pituitary"))
 *         .card();
 * }</pre>
 *
 * <p>Not safe to share between threads.
 *
 * @since 0.1.0
 */
public final class CardDraft {

  /** What divides gray values by more than this takes more than 8 bit. */
  private static final int DEEPER = 510;

  private final ModelSource model;
  private final GraphFacts graph;
  private @Nullable ModelInput preparation;
  private int size;
  private @Nullable Activation activation;
  private List<String> labels = List.of();
  private @Nullable List<String> tumorLabels;
  private String output = "";
  private String order = "";

  private CardDraft(ModelSource model, GraphFacts graph) {
    this.model = model;
    this.graph = graph;
  }

  /**
   * Reads a graph; nothing is run.
   *
   * @param model where it comes from; a card that it has already does not count
   * @return the draft
   * @throws ModelException if it cannot be read or is no ONNX model
   */
  public static CardDraft of(ModelSource model) {
    return new CardDraft(model, GraphFacts.of(model.toBytes(), model.toString()));
  }

  /**
   * Says how pictures are prepared.
   *
   * @param usual one of the usual ways
   * @return this draft
   */
  @CanIgnoreReturnValue
  public CardDraft preparation(Preparation usual) {
    return preparation(usual.input());
  }

  /**
   * Says how pictures are prepared.
   *
   * @param input fit, interpolation, normalization and range count; channels and layout where the
   *     graph does not tell them
   * @return this draft
   */
  @CanIgnoreReturnValue
  public CardDraft preparation(ModelInput input) {
    preparation = Objects.requireNonNull(input, "input");
    return this;
  }

  /**
   * Says how many rows and columns pictures have, where the graph leaves it open.
   *
   * @param pixels rows and columns
   * @return this draft
   */
  @CanIgnoreReturnValue
  public CardDraft size(int pixels) {
    size = pixels;
    return this;
  }

  /**
   * Says what the outputs are, where the graph does not tell.
   *
   * @param value what they are
   * @return this draft
   */
  @CanIgnoreReturnValue
  public CardDraft activation(Activation value) {
    activation = Objects.requireNonNull(value, "value");
    return this;
  }

  /**
   * Names the classes.
   *
   * @param names in the order of the outputs: after Keras' generators and torchvision's {@code
   *     ImageFolder} that is the alphabetical order of the folders. Of one output (a sigmoid) two
   *     names: it speaks of the second
   * @return this draft
   */
  @CanIgnoreReturnValue
  public CardDraft labels(List<String> names) {
    labels = List.copyOf(names);
    return this;
  }

  /**
   * Says which labels mean a tumor, where their names do not tell.
   *
   * @param names some of the labels
   * @return this draft
   */
  @CanIgnoreReturnValue
  public CardDraft tumorLabels(List<String> names) {
    tumorLabels = List.copyOf(names);
    return this;
  }

  /**
   * Chooses one of several outputs.
   *
   * @param name its name in the graph
   * @return this draft
   */
  @CanIgnoreReturnValue
  public CardDraft output(String name) {
    output = Objects.requireNonNull(name, "name");
    return this;
  }

  /**
   * Says what the axes of the input are, where their lengths allow several orders, or slices of a
   * head lie in the place of channels or batch.
   *
   * @param letters as {@link ModelCard#axes}; of single pictures without S, one of NCHW, NHWC, CHW,
   *     HWC, NHW and HW
   * @return this draft
   * @throws IllegalArgumentException if they are no such letters
   */
  @CanIgnoreReturnValue
  public CardDraft axes(String letters) {
    Arguments.require(
        letters.matches("|(?=.*H)(?=.*W)[NSCHW]{2,5}")
            && letters.chars().distinct().count() == letters.length(),
        "axes must be H, W and some of N, S and C, each once, got '%s'",
        letters);
    Arguments.require(
        letters.matches("|.*S.*|N?CHW|N?HWC|N?HW"),
        "axes of single pictures must be NCHW, NHWC, CHW, HWC, NHW or HW, got '%s'; of slices S is"
            + " one of them",
        letters);
    order = letters;
    return this;
  }

  /**
   * Makes the card, with the checksum of the model.
   *
   * @return a card that fits the graph
   * @throws ModelException if something is missing that the graph does not tell, with the choices
   *     there are; or if what was said does not fit the graph
   * @throws IllegalArgumentException if labels stand twice, or an ImageNet normalization is to take
   *     one channel
   */
  public ModelCard card() {
    try {
      List<String> missing = new ArrayList<>();
      Port port = GraphCheck.picture(graph.inputs());
      ModelInput prepared = prepared(port, missing);
      if (order.isEmpty() && graph.recurs() && port.shape().length == 4) {
        missing.add(
            "axes (of the input "
                + port
                + ": SCHW, SHWC, NSHW or NHWS if it takes the slices S of a head, NCHW or NHWC if"
                + " single pictures)");
      }
      PictureAxes axes = PictureAxes.of(port, prepared.layout(), order, missing);
      Optional<LabelOutput> values = labelOutput(missing);
      if ((axes.height() < 0 || axes.width() < 0) && size == 0) {
        missing.add(
            "size (rows and columns, which the graph leaves open"
                + (graph.resizes() ? "; it resizes pictures itself: those of the training's" : "")
                + ")");
      }
      Activation found =
          values.map(value -> activation(value, axes, missing)).orElse(Activation.LOGITS);
      if (!missing.isEmpty()) {
        throw new ModelException(
            "its graph does not tell, and somebody must say: " + String.join("; ", missing));
      }
      return checked(input(prepared, axes), found, task(axes, values.orElseThrow()));
    } catch (ModelException e) {
      throw new ModelException("no card for model " + model + ": " + e.getMessage(), e);
    }
  }

  private ModelInput prepared(Port port, List<String> missing) {
    if (preparation != null) {
      requireScale(preparation);
      return preparation;
    }
    if (!port.type().equals("UINT8")) { // bytes are gray values as they are
      missing.add(
          "preparation (how pictures were prepared in its training, one of "
              + Arrays.toString(Preparation.values())
              + ")");
    }
    return Preparation.KERAS_RAW.input();
  }

  /** Gray values would be divided twice, or by more than they are. */
  private void requireScale(ModelInput prepared) {
    boolean small =
        switch (prepared.normalization()) {
          case UNIT, SIGNED_UNIT, MIN_MAX, IMAGENET_TORCH, IMAGENET_TF -> true;
          default -> false;
        };
    double divisor = 1 / graph.scale();
    boolean unit = Math.abs(divisor / 255 - 1) < 0.01 || Math.abs(divisor / 127.5 - 1) < 0.01;
    if (small && unit) {
      throw new ModelException(
          "its graph divides gray values itself (Rescaling inside), so that the preparation must be"
              + " KERAS_RAW, got the normalization "
              + prepared.normalization());
    }
    if ((small || prepared.normalization() == ModelInput.Normalization.BYTE)
        && divisor > DEEPER
        && Double.isFinite(divisor)) {
      throw new ModelException(
          String.format(
              Locale.ROOT,
              "its graph divides gray values by %.0f, so that it takes them as in the file, not as"
                  + " 0 to 1 or 255: the normalization must be NONE, got %s",
              divisor,
              prepared.normalization()));
    }
  }

  private ModelInput input(ModelInput prepared, PictureAxes axes) {
    return new ModelInput(
        axes.width() < 0 ? size : axes.width(),
        axes.height() < 0 ? size : axes.height(),
        axes.channels() < 0 ? channels(prepared) : axes.channels(),
        axes.layout(),
        prepared.fit(),
        prepared.interpolation(),
        prepared.normalization(),
        prepared.range());
  }

  /** Where the axis is open, the first convolution tells. */
  private int channels(ModelInput prepared) {
    int taken = graph.channels();
    return taken == 1 || taken == 3 ? taken : prepared.channels();
  }

  private static Task task(PictureAxes axes, LabelOutput values) {
    if (axes.sequence()) {
      return Task.SEQUENCE_CLASSIFICATION;
    }
    return values.isMap() ? Task.SEGMENTATION : Task.CLASSIFICATION;
  }

  private Optional<LabelOutput> labelOutput(List<String> missing) {
    List<Port> possible =
        graph.outputs().stream()
            .filter(port -> !port.name().equals(ModelDomain.DISTANCES))
            .filter(port -> output.isEmpty() || port.name().equals(output))
            .toList();
    if (possible.isEmpty()) {
      throw new ModelException(
          "output must be one of " + graph.outputs() + ", got '" + output + "'");
    }
    if (possible.size() > 1) {
      missing.add("output (the name of the one that gives the labels, of " + possible + ")");
      return Optional.empty();
    }
    return Optional.of(new LabelOutput(possible.get(0), graph.maker(possible.get(0))));
  }

  private Activation activation(LabelOutput values, PictureAxes axes, List<String> missing) {
    values.requireAnswer();
    int count = values.count(axes);
    requireLabels(count, missing);
    if (activation != null) {
      values.requireSense(activation);
      return activation;
    }
    boolean exclusive = count == 1 || tumors().size() < Math.max(1, labels.size());
    if (values.activation().isEmpty() && !(values.isScores() && exclusive)) {
      missing.add(
          "activation (the graph ends in "
              + values.maker()
              + "; LOGITS if the labels exclude each other, SIGMOID_LOGITS if each was trained"
              + " before a sigmoid of its own, SOFTMAX or SIGMOID if the values are"
              + " probabilities)");
    }
    return values.activation().orElse(Activation.LOGITS);
  }

  private void requireLabels(int count, List<String> missing) {
    if (labels.isEmpty()) {
      String number =
          count < 0
              ? ""
              : count == 1 ? "2 names, the output speaks of the second" : count + " names";
      missing.add(
          "labels ("
              + (number.isEmpty() ? "" : number + ", ")
              + "in the order of the outputs: mostly that of the class folders by their names)");
      return;
    }
    if (count > 0 && labels.size() != count && !(count == 1 && labels.size() == 2)) {
      throw new ModelException("labels must be " + count + ", got " + labels);
    }
    List<String> doubtful = Prediction.doubtfulLabels(labels);
    if (tumorLabels == null && !doubtful.isEmpty()) {
      missing.add(
          "tumorLabels (those of "
              + labels
              + " that mean a tumor; the names of "
              + doubtful
              + " do not tell)");
    }
  }

  private List<String> tumors() {
    return tumorLabels != null
        ? tumorLabels
        : labels.stream().filter(Prediction.tumorLabelsAmong(labels)::contains).toList();
  }

  private ModelCard checked(ModelInput input, Activation found, Task task) {
    ModelCard card =
        ModelCard.builder(name(), input, found, labels)
            .task(task)
            .output(output)
            .axes(order.contains("S") ? order : "")
            .tumorLabels(tumors())
            .sha256(model.sha256())
            .build();
    GraphCheck.Plan unused = GraphCheck.plan(card, graph.inputs(), graph.outputs());
    return card;
  }

  private String name() {
    return model.toString().replaceFirst("^.*[/\\\\]", "").replaceFirst("\\.onnx$", "");
  }
}

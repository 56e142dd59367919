package io.github.brainimaging.models.onnx.internal.graph;

import com.google.errorprone.annotations.FormatMethod;
import io.github.brainimaging.core.tensor.Layout;
import io.github.brainimaging.models.card.Activation;
import io.github.brainimaging.models.card.ClinicalColumns;
import io.github.brainimaging.models.card.ModelCard;
import io.github.brainimaging.models.card.ModelDomain;
import io.github.brainimaging.models.card.ModelException;
import io.github.brainimaging.models.card.ModelInput;
import io.github.brainimaging.models.card.ModelInput.Normalization;
import io.github.brainimaging.models.card.Task;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Holds what an ONNX graph declares against what the model's card says, before anything is run, and
 * finds how the two go together. Axes that the graph leaves open fit anything; they are checked
 * again when the network runs.
 */
public final class GraphCheck {

  private GraphCheck() {}

  /**
   * How a graph is fed and read.
   *
   * @param input how images lie in its input
   * @param outputs the outputs that may be meant, one or more
   */
  public record Plan(GraphInput input, List<Port> outputs) {}

  /**
   * Checks a graph.
   *
   * @param card the card
   * @param inputs inputs of the graph
   * @param outputs outputs of the graph
   * @return how it is fed and read
   * @throws ModelException if the graph and the card do not fit
   */
  public static Plan plan(ModelCard card, List<Port> inputs, List<Port> outputs) {
    require(
        card.task() == Task.SEGMENTATION || card.input().fit() != ModelInput.Fit.TILES,
        "fit must be another than TILES for classification, got %s",
        card.input());
    ModelInput.Fit fit = card.input().fit();
    require(
        card.task() != Task.SEGMENTATION
            || (fit != ModelInput.Fit.RESIZE_CROP && fit != ModelInput.Fit.CROP),
        "fit must be another than %s for segmentation: what is cut off would get no mask",
        fit);
    require(
        card.labels().size() > 1 || card.activation() != Activation.SOFTMAX,
        "SOFTMAX of the single label %s is always 1; the card must say SIGMOID or LOGITS",
        card.labels());
    return new Plan(input(card, inputs), outputs(card, withoutDistances(card, outputs)));
  }

  /** The output of distances is there if the card speaks of groups; it never gives the labels. */
  private static List<Port> withoutDistances(ModelCard card, List<Port> outputs) {
    List<Port> rest =
        outputs.stream().filter(port -> !port.name().equals(ModelDomain.DISTANCES)).toList();
    require(
        card.domain().groups().isEmpty() || rest.size() < outputs.size(),
        "the card's domain has %d groups, but the network has no output '%s', only %s",
        card.domain().groups().size(),
        ModelDomain.DISTANCES,
        outputs);
    return rest;
  }

  /** A card with clinical columns has an input for their values. */
  private static List<Port> withoutTable(ClinicalColumns clinical, List<Port> inputs) {
    if (clinical.isEmpty()) {
      return inputs;
    }
    Port table =
        inputs.stream()
            .filter(port -> port.name().equals(ClinicalColumns.INPUT))
            .findFirst()
            .orElseThrow(
                () ->
                    new ModelException(
                        "the card has clinical columns, but the network has no input '"
                            + ClinicalColumns.INPUT
                            + "', only "
                            + inputs));
    long[] shape = table.shape();
    require(
        table.isFloat32() && shape.length == 2 && (shape[1] < 0 || shape[1] == clinical.size()),
        "the network's input for clinical columns is %s, expected FLOAT [N, %d]",
        table,
        clinical.size());
    return inputs.stream().filter(port -> !port.name().equals(ClinicalColumns.INPUT)).toList();
  }

  private static GraphInput input(ModelCard card, List<Port> inputs) {
    Port port = picture(withoutTable(card.clinical(), inputs));
    require(port.takesNumbers(), "the network's input is %s, expected numbers such as FLOAT", port);
    require(
        !port.type().equals("INT8"),
        "the network's input is %s, -128 to 127, and nothing tells which gray value is which; export"
            + " it with FLOAT or UINT8",
        port);
    ModelInput input = card.input();
    Normalization normalization = input.normalization();
    require(
        !port.isWhole()
            || Set.of(Normalization.NONE, Normalization.BYTE, Normalization.IMAGENET_CAFFE)
                .contains(normalization),
        "the network's input is %s, whole numbers, and the normalization %s gives fractions; the"
            + " card must say BYTE (gray values of 0 to 255)",
        port,
        normalization);
    require(
        !port.type().startsWith("UINT") || normalization != Normalization.IMAGENET_CAFFE,
        "the network's input is %s, nothing below 0, and the normalization %s gives -123.7 to"
            + " 151.1; the card must say BYTE (gray values of 0 to 255), or the export FLOAT",
        port,
        normalization);
    Optional<GraphInput> found = GraphInput.all(port, card).stream().findFirst();
    Layout other = input.layout() == Layout.NCHW ? Layout.NHWC : Layout.NCHW;
    boolean otherFits = GraphInput.of(port, input.withLayout(other), card.task()).isPresent();
    return found.orElseThrow(
        () ->
            new ModelException(
                String.format(
                    "the network's input is %s, expected FLOAT %s%s%s",
                    port,
                    GraphInput.expected(input, card.task()),
                    card.axes().isEmpty() ? "" : " with the axes " + card.axes(),
                    otherFits ? "; it would fit as " + other : "")));
  }

  /**
   * The one input of a graph.
   *
   * @throws ModelException if there are several
   */
  public static Port picture(List<Port> inputs) {
    boolean table = inputs.stream().anyMatch(port -> port.name().equals(ClinicalColumns.INPUT));
    boolean keras = inputs.stream().anyMatch(port -> port.name().contains("normalization"));
    require(
        inputs.size() == 1,
        "the network must have one input, the picture, but has %s; export it with the others set to"
            + " fixed values%s",
        inputs,
        keras
            ? ". Keras makes inputs of the mean and the variance of a Normalization layer, and leaves"
                + " their values out of the file: put Rescaling(1 / sqrt(variance), -mean /"
                + " sqrt(variance)) in its place before the export"
            : table
                ? ", or describe the columns of '"
                    + ClinicalColumns.INPUT
                    + "' by \"clinical\" in the card"
                : "");
    return inputs.get(0);
  }

  private static List<Port> outputs(ModelCard card, List<Port> outputs) {
    if (!card.output().isEmpty()) {
      Port named =
          outputs.stream()
              .filter(port -> port.name().equals(card.output()))
              .findFirst()
              .orElseThrow(
                  () ->
                      new ModelException(
                          "the card names the output '"
                              + card.output()
                              + "', but the network has "
                              + outputs));
      require(fits(card, named), "%s", unfit(card, List.of(named)));
      return List.of(named);
    }
    List<Port> fitting = outputs.stream().filter(port -> fits(card, port)).toList();
    require(!fitting.isEmpty(), "%s", unfit(card, outputs));
    List<Port> full = fitting.stream().filter(port -> hasSizeOf(card.input(), port)).toList();
    if (card.task() == Task.SEGMENTATION && !full.isEmpty()) {
      fitting = full;
    }
    boolean ranked = outputs.size() > 1 && outputs.stream().anyMatch(port -> isIndex(card, port));
    require(
        !ranked || card.task() == Task.SEGMENTATION,
        "the network gives the classes' numbers beside their values, so that these may be sorted:"
            + " %s; export it without top-k, or name the output in the card",
        outputs);
    return fitting;
  }

  private static boolean isIndex(ModelCard card, Port port) {
    return port.isWhole() && OutputShape.fits(port.shape(), card);
  }

  private static boolean fits(ModelCard card, Port port) {
    boolean index = card.task() == Task.SEGMENTATION && port.isWhole();
    return (port.isFloating() || index) && OutputShape.fits(port.shape(), card);
  }

  private static boolean isPair(ModelCard card, Port port) {
    long[] shape = port.shape();
    boolean last = shape.length > 1 && shape[shape.length - 1] == 2;
    return last || (card.task() == Task.SEGMENTATION && shape.length == 4 && shape[1] == 2);
  }

  /** Of several maps, as of deep supervision, that of the picture's own size is meant. */
  private static boolean hasSizeOf(ModelInput input, Port port) {
    long rows = 0;
    long columns = 0;
    for (long length : port.shape()) {
      rows += length == input.height() ? 1 : 0;
      columns += length == input.width() ? 1 : 0;
    }
    return rows >= (input.height() == input.width() ? 2 : 1) && columns >= 1;
  }

  private static String unfit(ModelCard card, List<Port> outputs) {
    boolean index = card.task() != Task.SEGMENTATION && outputs.stream().anyMatch(Port::isWhole);
    boolean two =
        card.labels().size() == 1 && outputs.stream().anyMatch(port -> isPair(card, port));
    return String.format(
        "the network's output is %s, expected FLOAT %s for the labels %s%s",
        outputs.size() == 1 ? outputs.get(0) : outputs,
        OutputShape.expected(card),
        card.labels(),
        index
            ? "; it gives the number of a class and no probabilities: export it without the argmax"
            : two
                ? "; it gives two values: the card needs two labels, mostly the background before "
                    + card.labels()
                    + ", and SOFTMAX (LOGITS where no softmax is inside)"
                : "");
  }

  @FormatMethod
  private static void require(boolean condition, String message, Object... values) {
    if (condition) {
      return;
    }
    throw new ModelException(String.format(message, values));
  }
}

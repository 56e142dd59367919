package io.github.brainimaging.examples.cli.option;

import io.github.brainimaging.core.transform.spatial.Interpolation;
import io.github.brainimaging.models.card.Activation;
import io.github.brainimaging.models.card.ModelCard;
import io.github.brainimaging.models.card.ModelInput;
import io.github.brainimaging.models.card.Preparation;
import io.github.brainimaging.models.onnx.CardDraft;
import io.github.brainimaging.models.onnx.ModelSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What an ONNX graph does not tell of itself. */
public final class DraftOptions {

  @Option(
      names = "--write",
      required = true,
      description =
          "Writes the card of a model that has none, beside it. Size, layout, number of labels and"
              + " mostly the activation are read from the graph; what else is needed is asked for.")
  boolean write;

  @Option(
      names = "--preparation",
      paramLabel = "NAME",
      description = "How pictures were prepared in its training: ${COMPLETION-CANDIDATES}.")
  @Nullable Preparation preparation;

  @Option(
      names = "--interpolation",
      paramLabel = "NAME",
      description =
          "How they were resized, where that is not the preparation's: ${COMPLETION-CANDIDATES}.")
  @Nullable Interpolation interpolation;

  @Option(
      names = "--labels",
      split = ",",
      paramLabel = "NAME",
      description = "The classes in the order of the outputs, with commas between them.")
  List<String> labels = List.of();

  @Option(
      names = "--tumor-labels",
      split = ",",
      paramLabel = "NAME",
      description = "Those of them that mean a tumor, where their names do not tell.")
  @Nullable List<String> tumorLabels;

  @Option(
      names = "--activation",
      paramLabel = "NAME",
      description =
          "What the outputs are, where the graph does not tell: ${COMPLETION-CANDIDATES}.")
  @Nullable Activation activation;

  @Option(
      names = "--output",
      paramLabel = "NAME",
      description = "The output that gives the labels, where there are several.")
  String output = "";

  @Option(
      names = "--size",
      converter = Numbers.Positive.class,
      paramLabel = "N",
      description = "Rows and columns of the input, where the graph leaves them open.")
  int size;

  @Option(
      names = "--axes",
      paramLabel = "LETTERS",
      description =
          "What the axes of the input are, where several orders are possible or slices lie in the place"
              + " of channels: N batch, S slices, C channels, H rows, W columns, such as NCSHW.")
  String axes = "";

  /** The card of a model by its graph and these options. */
  public ModelCard card(ModelSource model) {
    CardDraft draft = CardDraft.of(model).labels(labels).output(output).size(size).axes(axes);
    if (preparation != null) {
      ModelInput usual = preparation.input();
      draft.preparation(interpolation == null ? usual : usual.withInterpolation(interpolation));
    }
    if (activation != null) {
      draft.activation(activation);
    }
    if (tumorLabels != null) {
      draft.tumorLabels(tumorLabels);
    }
    return draft.card();
  }
}

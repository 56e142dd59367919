package io.github.brainimaging.examples.cli.run;

import io.github.brainimaging.core.data.DataSet;
import io.github.brainimaging.core.evaluation.classification.ClassificationEvaluation;
import io.github.brainimaging.models.card.ModelCard;
import io.github.brainimaging.models.network.Weights;
import io.github.brainimaging.models.onnx.ModelSource;
import io.github.brainimaging.models.onnx.OnnxClassifier;
import io.github.brainimaging.models.training.EpochResult;
import io.github.brainimaging.models.training.ModelWriter;
import io.github.brainimaging.models.training.TrainingResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What came out of a training, as a model with its card. */
public final class TrainedModel {

  private final TrainingPlan plan;
  private final Weights weights;
  private ModelCard card;

  public TrainedModel(TrainingPlan plan, TrainingResult result) {
    this.plan = plan;
    this.weights = result.weights();
    EpochResult best = result.history().get(result.bestEpoch() - 1);
    Map<String, Double> results = new LinkedHashMap<>();
    results.put("accuracy", best.validationAccuracy());
    results.put("logLoss", best.validationLoss());
    this.card = plan.card().toBuilder().results(results).build();
  }

  /** Measures the model on images that had no part in the training, for the card. */
  ClassificationEvaluation test(DataSet data) throws IOException {
    byte[] model = toBytes();
    ClassificationEvaluation evaluation;
    try (OnnxClassifier classifier =
        OnnxClassifier.builder().model(ModelSource.ofBytes(model, "trained model")).build()) {
      evaluation = EvaluationRun.of(data, List.of(classifier), 1).runs().get(0).evaluation();
    }
    Map<String, Double> results = new LinkedHashMap<>();
    results.put("accuracy", evaluation.accuracy());
    results.put("macroF1", evaluation.macroF1());
    results.put("macroAuc", evaluation.macroAuc());
    evaluation
        .classes()
        .forEach((label, figures) -> results.put("recall." + label, figures.recall()));
    results.values().removeIf(value -> !Double.isFinite(value));
    card =
        card.toBuilder()
            .results(results)
            .measured(
                String.format(
                    Locale.ROOT,
                    "%d images apart from the training data, never used to train or to choose",
                    evaluation.count()))
            .build();
    return evaluation;
  }

  public void write(Path file) throws IOException {
    ModelWriter.write(toBytes(), card, file);
  }

  private byte[] toBytes() throws IOException {
    Optional<FrozenPart> frozen = FrozenPart.of(plan);
    if (frozen.isEmpty()) {
      return ModelWriter.toBytes(plan.network(), weights, card);
    }
    try (FrozenPart part = frozen.get()) {
      return part.joining().join(weights, Map.of(ModelCard.METADATA_KEY, card.toJson()));
    }
  }
}

package io.github.brainimaging.examples.cli.run;

import io.github.brainimaging.core.tensor.Tensor;
import io.github.brainimaging.examples.cli.option.ModelOptions;
import io.github.brainimaging.models.card.ModelInput;
import io.github.brainimaging.models.network.Network;
import io.github.brainimaging.models.network.Weights;
import io.github.brainimaging.models.network.format.OnnxBackbone;
import io.github.brainimaging.models.network.format.OnnxExport;
import io.github.brainimaging.models.network.layer.GlobalAveragePool;
import io.github.brainimaging.models.network.zoo.Head;
import io.github.brainimaging.models.onnx.FeatureExtractor;
import io.github.brainimaging.models.onnx.ModelSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The part of a network that training does not change, as a model that gives features, and the head
 * that is trained on them.
 *
 * @param place where the features are taken
 * @param extractor gives them
 * @param head takes them
 * @param joining makes one model of both
 */
public record FrozenPart(String place, FeatureExtractor extractor, Network head, Joining joining)
    implements AutoCloseable {

  private static final String POOLED = "table.pooled";

  /** Makes one model of the frozen part and a trained head. */
  @FunctionalInterface
  interface Joining {
    byte[] join(Weights head, Map<String, String> metadata);
  }

  /** The frozen part of what is to be trained, or nothing if all of it changes. */
  static Optional<FrozenPart> of(TrainingPlan plan) throws IOException {
    if (!plan.learnsOnFeatures()) {
      return Optional.empty();
    }
    return Optional.of(
        plan.backbone().isEmpty()
            ? ofNetwork(plan, plan.network().featureNode().orElseThrow())
            : ofModel(plan));
  }

  private static FrozenPart ofModel(TrainingPlan plan) throws IOException {
    byte[] model = ModelOptions.source(Path.of(plan.backbone())).toBytes();
    OnnxBackbone backbone =
        plan.layer().isEmpty() ? OnnxBackbone.of(model) : OnnxBackbone.cutAt(model, plan.layer());
    return of(backbone, plan.backbone(), plan);
  }

  /** A head behind the features of a model, and behind those of a table if the card has one. */
  private static FrozenPart of(OnnxBackbone backbone, String name, TrainingPlan plan) {
    FeatureExtractor extractor = open(backbone.toBytes(), name, plan.card().input());
    try {
      List<Integer> shape = extractor.shape();
      int values = plan.card().clinical().size();
      if (values > 0 && shape.size() != 1) {
        throw new IllegalArgumentException(
            "--table needs pooled features, of one axis, but those of "
                + backbone.cut()
                + " are "
                + shape);
      }
      List<Integer> all = values == 0 ? shape : List.of(shape.get(0) + values);
      Network head = Head.named(plan.head()).describe(all, plan.card().labels().size());
      OnnxBackbone fed = values == 0 ? backbone : backbone.andTable(values);
      return new FrozenPart(
          backbone.cut(),
          extractor,
          head,
          (weights, metadata) -> fed.join(head, weights, metadata));
    } catch (RuntimeException e) {
      extractor.close();
      throw e;
    }
  }

  private static FrozenPart ofNetwork(TrainingPlan plan, String node) throws IOException {
    Network whole = plan.network();
    // Without the head's name, so that trainings of several heads share its features.
    Network before = whole.upTo(node).output(plan.architecture()).build();
    Map<String, Tensor> fixed = new LinkedHashMap<>(plan.start().weights().tensors());
    fixed.keySet().retainAll(before.weights().keySet());
    if (!plan.card().clinical().isEmpty()) {
      return ofPooled(before, Weights.of(fixed), node, whole.after(node), plan);
    }
    byte[] model = OnnxExport.toBytes(before, Weights.of(fixed), Map.of());
    return new FrozenPart(
        node,
        open(model, whole.name(), plan.card().input()),
        whole.after(node),
        (weights, metadata) -> {
          Map<String, Tensor> all = new LinkedHashMap<>(fixed);
          all.putAll(weights.tensors());
          return OnnxExport.toBytes(whole, Weights.of(all), metadata);
        });
  }

  /** Where a table is put behind the features, they are pooled first. */
  private static FrozenPart ofPooled(
      Network before, Weights fixed, String node, Network after, TrainingPlan plan) {
    List<Integer> shape = after.inputShape();
    Network head = Head.named(plan.head()).describe(shape, plan.card().labels().size());
    if (head.parameterCount() != after.parameterCount()) {
      throw new IllegalArgumentException(
          "--table needs a network that is frozen up to its head; with head "
              + plan.head()
              + " more of it is trained: name another, or the --layer that the head is put on");
    }
    boolean maps = shape.size() == 3;
    Network pooled =
        maps ? before.output(before.name()).then(POOLED, new GlobalAveragePool()).build() : before;
    byte[] model = OnnxExport.toBytes(pooled, fixed, Map.of());
    return of(OnnxBackbone.cutAt(model, maps ? POOLED : node), before.name(), plan);
  }

  private static FeatureExtractor open(byte[] model, String name, ModelInput input) {
    return FeatureExtractor.open(ModelSource.ofBytes(model, name), input);
  }

  @Override
  public void close() {
    extractor.close();
  }
}

package io.github.brainimaging.examples.cli.run;

import io.github.brainimaging.core.tensor.Tensor;
import io.github.brainimaging.models.card.ModelInput;
import io.github.brainimaging.models.network.Network;
import io.github.brainimaging.models.network.Weights;
import io.github.brainimaging.models.network.format.OnnxBackbone;
import io.github.brainimaging.models.network.format.OnnxExport;
import io.github.brainimaging.models.network.zoo.Head;
import io.github.brainimaging.models.onnx.FeatureExtractor;
import io.github.brainimaging.models.onnx.ModelSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
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
    byte[] model = Files.readAllBytes(Path.of(plan.backbone()));
    OnnxBackbone backbone =
        plan.layer().isEmpty() ? OnnxBackbone.of(model) : OnnxBackbone.cutAt(model, plan.layer());
    FeatureExtractor extractor = open(backbone.toBytes(), plan.backbone(), plan.card().input());
    Network head = Head.named(plan.head()).describe(extractor.shape(), plan.card().labels().size());
    return new FrozenPart(
        backbone.cut(),
        extractor,
        head,
        (weights, metadata) -> backbone.join(head, weights, metadata));
  }

  private static FrozenPart ofNetwork(TrainingPlan plan, String node) throws IOException {
    Network whole = plan.network();
    // Without the head's name, so that trainings of several heads share its features.
    Network before = whole.upTo(node).output(plan.architecture()).build();
    Map<String, Tensor> fixed = new LinkedHashMap<>(plan.start().weights().tensors());
    fixed.keySet().retainAll(before.weights().keySet());
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

  private static FeatureExtractor open(byte[] model, String name, ModelInput input) {
    return FeatureExtractor.open(ModelSource.ofBytes(model, name), input);
  }

  @Override
  public void close() {
    extractor.close();
  }
}

package io.github.brainimaging.models.training;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import io.github.brainimaging.core.explanation.Explainer;
import io.github.brainimaging.core.explanation.Explanation;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.tensor.Tensor;
import io.github.brainimaging.core.transform.spatial.Placement;
import io.github.brainimaging.models.card.Activation;
import io.github.brainimaging.models.card.ModelCard;
import io.github.brainimaging.models.card.ModelException;
import io.github.brainimaging.models.network.Network;
import io.github.brainimaging.models.network.Weights;
import io.github.brainimaging.models.network.format.WeightFiles;
import io.github.brainimaging.models.network.internal.Node;
import io.github.brainimaging.models.network.layer.Conv2d;
import io.github.brainimaging.models.network.layer.Layer;
import io.github.brainimaging.models.network.layer.Pool2d;
import io.github.brainimaging.models.network.layer.Sigmoid;
import io.github.brainimaging.models.network.layer.Softmax;
import io.github.brainimaging.models.network.zoo.Architecture;
import io.github.brainimaging.models.network.zoo.Architectures;
import io.github.brainimaging.models.onnx.ModelSource;
import io.github.brainimaging.models.onnx.internal.ClassMap;
import io.github.brainimaging.models.training.internal.NetworkBlock;
import io.github.brainimaging.models.training.internal.TrainingEngine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a network sees a class, by gradients: each channel of a feature map counts by how much the
 * class gains where the channel grows, on the mean of its places, and what is below 0 is 0
 * (Selvaraju et al., "Grad-CAM: visual explanations from deep networks via gradient-based
 * localization", 2017). For any network that is described here and takes images, also one without
 * global pooling, such as P1's, which {@link io.github.brainimaging.models.onnx.ClassActivation}
 * refuses. Of a network with global average pooling and one layer behind it the map is that of
 * {@code ClassActivation}, but for its zero. As coarse as the feature map, enlarged linearly.
 *
 * <p>What the class gains is its score before the activation less the mean of the others', where
 * labels exclude each other; its own score where they do not. {@link Explanation#strength()} is
 * what the best place adds to it. What the network does not see is 0.
 *
 * <p>Needs DJL's PyTorch engine on the class path, as the trainers do; runs on the CPU, one image
 * at a time in a JVM and none while a trainer runs. Safe to share between threads. Holds native
 * memory: close it.
 *
 * @since 0.1.0
 */
public final class GradCam implements Explainer, AutoCloseable {

  private static final String METHOD = "gradient";

  /** The engine keeps one record of gradients in a JVM. */
  private static final Object ENGINE = new Object();

  private final ModelCard card;
  private final String layer;
  private final Layer last;
  private final Engine engine;
  private final NDManager manager;
  private final NetworkBlock before;
  private final NetworkBlock after;
  private boolean closed;

  private GradCam(Network network, Weights weights, ModelCard card, String layer) {
    Start.requireInput(network.inputShape(), card.input());
    int outputs = network.outputShape().get(0);
    int labels = card.labels().size();
    Arguments.require(
        network.outputShape().size() == 1 && (outputs == labels || (outputs == 1 && labels == 2)),
        "card must have the labels of %s, which gives %s, got %s",
        network.name(),
        network.outputShape(),
        card.labels());
    weights.requireFit(network);
    Network logits = network.logits();
    Network first = logits.upTo(layer);
    Arguments.require(
        first.outputShape().size() == 3,
        "layer must give [channels, height, width], got %s of %s",
        first.outputShape(),
        layer);
    this.card = card;
    this.layer = layer;
    List<Node> nodes = Node.all(network);
    this.last = nodes.get(nodes.size() - 1).layer();
    Network rest = frozen(logits.after(layer));
    this.engine = TrainingEngine.start();
    this.manager = engine.newBaseManager(Device.cpu());
    try {
      this.before = NetworkBlock.of(first, part(first, weights), manager);
      this.after = NetworkBlock.of(rest, part(rest, weights), manager);
    } catch (RuntimeException | Error e) {
      manager.close();
      throw e;
    }
  }

  /**
   * An explainer at the layer before the first pooling behind the last convolution.
   *
   * @param network the network, ending in a softmax, a sigmoid or the scores before one
   * @param weights weights that fit it
   * @param card how images are fed to it, and its labels
   * @return the explainer, to be closed by the caller
   * @throws IllegalArgumentException if weights or card do not fit the network, or it has no
   *     convolution with another layer behind it
   * @throws IllegalStateException if the PyTorch engine is not on the class path
   */
  public static GradCam of(Network network, Weights weights, ModelCard card) {
    return ofLayer(network, weights, card, lastMap(network));
  }

  /**
   * An explainer at a layer. Earlier layers have finer maps, which say less of the class.
   *
   * @param network the network, ending in a softmax, a sigmoid or the scores before one
   * @param weights weights that fit it
   * @param card how images are fed to it, and its labels
   * @param layer a layer that gives {@code [channels, height, width]} and that all later ones go
   *     through
   * @return the explainer, to be closed by the caller
   * @throws IllegalArgumentException if weights or card do not fit the network, or it has no such
   *     layer
   * @throws IllegalStateException if the PyTorch engine is not on the class path
   */
  public static GradCam ofLayer(Network network, Weights weights, ModelCard card, String layer) {
    return new GradCam(network, weights, card, layer);
  }

  /**
   * An explainer of a model that a trainer made of a network described here.
   *
   * @param model the network, as {@link ModelWriter} or {@code Calibrator} gave it
   * @param network its description, such as that of an architecture with its head
   * @param card its card
   * @return the explainer, to be closed by the caller
   * @throws ModelException if the model is missing or damaged, or is not of this network
   * @throws IllegalArgumentException if the card does not fit the network
   * @throws IllegalStateException if the PyTorch engine is not on the class path
   */
  public static GradCam open(ModelSource model, Network network, ModelCard card) {
    return open(model, WeightFiles.readOnnx(model.toBytes()), network, card);
  }

  private static GradCam open(ModelSource model, Weights all, Network network, ModelCard card) {
    Weights weights;
    try {
      // A calibrated model has more: what its distances are made of.
      weights = part(network, all);
      weights.requireFit(network);
    } catch (IllegalArgumentException e) {
      throw new ModelException(
          "model " + model + " is not of the network " + network.name() + ": " + e.getMessage(), e);
    }
    return of(network, weights, card);
  }

  /**
   * An explainer of a model that a trainer made of an architecture with one of its heads. Which
   * they are tell the names and shapes of its weights and, among heads that differ in their last
   * layer only, the card's activation.
   *
   * @param model the network, as {@link ModelWriter} or {@code Calibrator} gave it
   * @param card its card
   * @return the explainer, to be closed by the caller
   * @throws ModelException if the model is missing or damaged, or of no such network
   * @throws IllegalArgumentException if the card does not fit the network
   * @throws IllegalStateException if the PyTorch engine is not on the class path
   */
  public static GradCam open(ModelSource model, ModelCard card) {
    Weights weights = WeightFiles.readOnnx(model.toBytes());
    Network network =
        DescribedNetworks.find(weights, card)
            .orElseThrow(
                () ->
                    new ModelException(
                        "model "
                            + model
                            + " is none that a trainer made of one of the architectures "
                            + Architectures.all().stream().map(Architecture::name).toList()
                            + " as a whole, found weights such as "
                            + weights.tensors().keySet().stream().limit(3).toList()));
    return open(model, weights, network, card);
  }

  /** Its name; before any pooling, which would leave the map coarser. */
  private static String lastMap(Network network) {
    List<Node> nodes = Node.all(network);
    int index = nodes.size() - 1;
    while (index >= 0 && !(nodes.get(index).layer() instanceof Conv2d)) {
      index--;
    }
    Arguments.require(index >= 0, "network must have a convolution, got %s", network);
    while (index + 1 < nodes.size()
        && nodes.get(index + 1).outputShape().size() == 3
        && !(nodes.get(index + 1).layer() instanceof Pool2d)) {
      index++;
    }
    return nodes.get(index).name();
  }

  /** No gradients of weights, but of those of the last layer. */
  private static Network frozen(Network network) {
    List<Node> nodes = Node.all(network);
    return network.frozenBefore(nodes.get(nodes.size() - 1).name());
  }

  private static Weights part(Network network, Weights weights) {
    Map<String, Tensor> own = new LinkedHashMap<>();
    network.weights().keySet().forEach(name -> own.put(name, weights.get(name)));
    return Weights.of(own);
  }

  /**
   * The layer whose map is weighed.
   *
   * @return its name in the network
   */
  public String layer() {
    return layer;
  }

  /**
   * Explains the class that the network gives the image. Where it gives none of several independent
   * labels, the likeliest of them.
   *
   * @param image the image as read
   * @return a map on the image's grid, 0 to 1
   * @throws IllegalStateException if this was closed
   */
  @Override
  public Explanation explain(MedicalImage image) {
    Tensor map = map(image);
    return explain(image, ClassMap.label(card, outputs(map)), map);
  }

  /**
   * Explains one class, whether the network gives it to the image or not.
   *
   * @param image the image as read
   * @param label one of the model's labels
   * @return a map on the image's grid, 0 to 1
   * @throws IllegalArgumentException if there is no such label
   * @throws IllegalStateException if this was closed
   */
  @Override
  public Explanation explain(MedicalImage image, String label) {
    ClassMap.requireLabel(card, label);
    return explain(image, label, map(image));
  }

  private Explanation explain(MedicalImage image, String label, Tensor map) {
    float[] values = map.toArray();
    float[] gradient = gradient(map, label);
    int places = map.shape()[2] * map.shape()[3];
    float[] sums = new float[places];
    for (int start = 0; start < values.length; start += places) {
      double weight = 0;
      for (int i = 0; i < places; i++) {
        weight += gradient[start + i] / (double) places;
      }
      for (int i = 0; i < places; i++) {
        sums[i] += (float) (weight * values[start + i]);
      }
    }
    for (int i = 0; i < places; i++) {
      sums[i] = Math.max(0, sums[i]);
    }
    Placement placement = card.input().placement(image);
    MedicalImage seen = ClassMap.seen(sums, map.shape()[3], placement);
    return ClassMap.laid(METHOD, label, seen, 0, placement.source(), image);
  }

  /** The feature map, {@code [1, channels, height, width]}. */
  private Tensor map(MedicalImage image) {
    float[] values = new float[card.input().size()];
    card.input().layout().copy(card.input().transform().apply(image), values, 0);
    Shape shape =
        new Shape(1, card.input().channels(), card.input().height(), card.input().width());
    synchronized (ENGINE) {
      try (NDManager scope = scope()) {
        return NetworkBlock.toTensor(run(before, scope.create(values, shape), scope));
      }
    }
  }

  /** What the whole network gives. */
  private double[] outputs(Tensor map) {
    float[] scores;
    synchronized (ENGINE) {
      try (NDManager scope = scope()) {
        scores = run(after, array(map, scope), scope).toFloatArray();
      }
    }
    double[] outputs = new double[scores.length];
    for (int i = 0; i < outputs.length; i++) {
      outputs[i] = scores[i];
    }
    if (last instanceof Softmax) {
      return Activation.LOGITS.probabilities(outputs);
    }
    return last instanceof Sigmoid ? Activation.SIGMOID_LOGITS.probabilities(outputs) : outputs;
  }

  private float[] gradient(Tensor map, String label) {
    synchronized (ENGINE) {
      try (NDManager scope = scope();
          GradientCollector collector = engine.newGradientCollector()) {
        NDArray array = array(map, scope);
        array.setRequiresGradient(true);
        NDArray scores = run(after, array, scope);
        int count = Math.toIntExact(scores.size());
        float[] evidence = ClassMap.evidence(card, count, label);
        collector.backward(scores.mul(scope.create(evidence, new Shape(1, count))).sum());
        return array.getGradient().toFloatArray();
      }
    }
  }

  private static NDArray run(NetworkBlock block, NDArray input, NDManager scope) {
    return block
        .forward(new ParameterStore(scope, false), new NDList(input), false)
        .singletonOrThrow();
  }

  private static NDArray array(Tensor tensor, NDManager scope) {
    long[] shape = new long[tensor.shape().length];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = tensor.shape()[i];
    }
    return scope.create(tensor.toArray(), new Shape(shape));
  }

  private NDManager scope() {
    if (closed) {
      throw new IllegalStateException("GradCam was closed");
    }
    return manager.newSubManager();
  }

  /** Frees the native memory. Closing twice does nothing. */
  @Override
  public void close() {
    synchronized (ENGINE) {
      if (!closed) {
        closed = true;
        manager.close();
      }
    }
  }
}

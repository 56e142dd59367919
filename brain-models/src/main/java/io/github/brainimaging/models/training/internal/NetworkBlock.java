package io.github.brainimaging.models.training.internal;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Linear;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import io.github.brainimaging.core.tensor.Tensor;
import io.github.brainimaging.models.network.Network;
import io.github.brainimaging.models.network.Weights;
import io.github.brainimaging.models.network.internal.Interpreter;
import io.github.brainimaging.models.network.internal.Node;
import io.github.brainimaging.models.network.layer.Add;
import io.github.brainimaging.models.network.layer.BatchNorm;
import io.github.brainimaging.models.network.layer.Concat;
import io.github.brainimaging.models.network.layer.Conv2d;
import io.github.brainimaging.models.network.layer.Dense;
import io.github.brainimaging.models.network.layer.DistanceAttention;
import io.github.brainimaging.models.network.layer.Dropout;
import io.github.brainimaging.models.network.layer.Flatten;
import io.github.brainimaging.models.network.layer.GlobalAveragePool;
import io.github.brainimaging.models.network.layer.Layer;
import io.github.brainimaging.models.network.layer.Lstm;
import io.github.brainimaging.models.network.layer.Padding;
import io.github.brainimaging.models.network.layer.Pool2d;
import io.github.brainimaging.models.network.layer.Relu;
import io.github.brainimaging.models.network.layer.Sigmoid;
import io.github.brainimaging.models.network.layer.Slices;
import io.github.brainimaging.models.network.layer.Softmax;
import io.github.brainimaging.models.network.layer.Upsample2d;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Network} as a DJL block that can be trained: one parameter per weight, under the same
 * name. Takes a batch in NCHW order. Frozen layers get no gradient, and their batch normalization
 * stays in inference mode.
 *
 * <p>Not safe to share between threads while it is trained. Its arrays belong to the manager it was
 * made with.
 */
public final class NetworkBlock extends AbstractBlock {

  /** OpenCV's numbers, which DJL uses. */
  private static final int NEAREST = 0;

  private static final int BILINEAR = 1;

  private final Network network;

  private NetworkBlock(Network network) {
    this.network = network;
  }

  /**
   * Makes the block with its weights.
   *
   * @param network the network
   * @param weights weights that fit it; copied
   * @param manager owner of the arrays, of an engine that can train
   * @return the block, ready to run
   * @throws IllegalArgumentException if the weights do not fit the network
   */
  public static NetworkBlock of(Network network, Weights weights, NDManager manager) {
    weights.requireFit(network);
    NetworkBlock block = new NetworkBlock(network);
    network.weights().forEach((name, weight) -> block.addWeight(name, weight, weights, manager));
    return block;
  }

  private void addWeight(String name, Layer.Weight weight, Weights weights, NDManager manager) {
    Tensor tensor = weights.get(name);
    long[] shape = weight.shape().stream().mapToLong(Integer::longValue).toArray();
    NDArray array = manager.create(tensor.toArray(), new Shape(shape));
    Parameter parameter =
        Parameter.builder()
            .setName(name)
            .setType(weight.trainable() ? Parameter.Type.WEIGHT : Parameter.Type.RUNNING_MEAN)
            .optRequiresGrad(weight.trainable())
            .optArray(array)
            .build();
    if (weight.trainable()) {
      array.setRequiresGradient(true);
    }
    var unused = addParameter(parameter);
  }

  /**
   * Reads the weights back.
   *
   * @return a copy of what the arrays hold now
   */
  public Weights weights() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Parameter parameter : parameters.values()) {
      tensors.put(parameter.getName(), toTensor(parameter.getArray()));
    }
    return Weights.of(tensors);
  }

  /**
   * Copies an array.
   *
   * @param array of 32-bit floats
   * @return its values and shape
   */
  public static Tensor toTensor(NDArray array) {
    long[] shape = array.getShape().getShape();
    int[] axes = new int[shape.length];
    for (int i = 0; i < axes.length; i++) {
      axes[i] = Math.toIntExact(shape[i]);
    }
    return Tensor.wrap(array.toFloatArray(), axes);
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store,
      NDList inputs,
      boolean training,
      @Nullable PairList<String, Object> params) {
    NDArray input = inputs.singletonOrThrow();
    return new NDList(new Forward(store, input.getDevice(), training).run(network, input));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    Shape shape = new Shape(inputShapes[0].get(0));
    for (int n : network.outputShape()) {
      shape = shape.add(n);
    }
    return new Shape[] {shape};
  }

  @Override
  public void initialize(NDManager manager, DataType dataType, Shape... inputShapes) {
    beforeInitialize(inputShapes);
  }

  /** Computes each layer with NDArrays. */
  private final class Forward implements Interpreter<NDArray> {

    private final ParameterStore store;
    private final Device device;
    private final boolean training;

    Forward(ParameterStore store, Device device, boolean training) {
      this.store = store;
      this.device = device;
      this.training = training;
    }

    private NDArray weight(Node node, String key) {
      Parameter parameter = parameters.get(node.weightName(key));
      if (parameter == null) {
        throw new IllegalStateException("no parameter " + node.weightName(key));
      }
      return store.getValue(parameter, device, training);
    }

    private static Shape square(int size) {
      return new Shape(size, size);
    }

    @Override
    public NDArray conv2d(Node node, Conv2d layer, NDArray input) {
      @Nullable NDArray bias = layer.bias() ? weight(node, "bias") : null;
      int[] edges = edges(node, layer.padding(), layer.kernel(), layer.stride());
      boolean even = edges[0] == edges[1] && edges[2] == edges[3];
      NDArray padded =
          even ? input : input.pad(new Shape(edges[2], edges[3], edges[0], edges[1]), 0);
      return padded
          .getNDArrayInternal()
          .convolution(
              padded,
              weight(node, "weight"),
              bias,
              square(layer.stride()),
              even ? new Shape(edges[0], edges[2]) : square(0),
              square(1),
              layer.groups())
          .singletonOrThrow();
    }

    /** Zeros above, below, to the left and to the right. */
    private static int[] edges(Node node, Padding padding, int kernel, int stride) {
      int[] edges = new int[4];
      for (int axis = 0; axis < 2; axis++) {
        int length = node.inputShapes().get(0).get(axis + 1);
        edges[2 * axis] = padding.before(length, kernel, stride);
        edges[2 * axis + 1] = padding.after(length, kernel, stride);
      }
      return edges;
    }

    @Override
    public NDArray batchNorm(Node node, BatchNorm layer, NDArray input) {
      // Axis -1 stands for PyTorch's own channel axis 1 without a swap of axes.
      return input
          .getNDArrayInternal()
          .batchNorm(
              input,
              weight(node, "mean"),
              weight(node, "variance"),
              weight(node, "gamma"),
              weight(node, "beta"),
              -1,
              layer.momentum(),
              layer.epsilon(),
              training && !node.frozen())
          .singletonOrThrow();
    }

    @Override
    public NDArray relu(Node node, Relu layer, NDArray input) {
      if (Float.isFinite(layer.limit())) {
        return input.clip(0, layer.limit());
      }
      return layer.slope() == 0
          ? Activation.relu(input)
          : Activation.leakyRelu(input, layer.slope());
    }

    @Override
    public NDArray pool2d(Node node, Pool2d layer, NDArray input) {
      Shape kernel = square(layer.kernel());
      Shape stride = square(layer.stride());
      return layer.kind() == Pool2d.Kind.MAXIMUM
          ? maximumPool(node, layer, input, kernel, stride)
          : Pool.avgPool2d(input, kernel, stride, square(0), false, false);
    }

    private static NDArray maximumPool(
        Node node, Pool2d layer, NDArray input, Shape kernel, Shape stride) {
      int[] edges = edges(node, layer.padding(), layer.kernel(), layer.stride());
      boolean uneven = edges[0] < edges[1] || edges[2] < edges[3];
      // One more pixel at the end is what PyTorch calls ceil mode. An axis that needs none has its
      // last window at the edge, so that the mode adds nothing there.
      return Pool.maxPool2d(input, kernel, stride, new Shape(edges[0], edges[2]), uneven);
    }

    @Override
    public NDArray globalAveragePool(Node node, GlobalAveragePool layer, NDArray input) {
      return Pool.globalAvgPool2d(input).reshape(input.getShape().get(0), input.getShape().get(1));
    }

    @Override
    public NDArray flatten(Node node, Flatten layer, NDArray input) {
      return input.reshape(input.getShape().get(0), -1);
    }

    @Override
    public NDArray dense(Node node, Dense layer, NDArray input) {
      return Linear.linear(input, weight(node, "weight"), weight(node, "bias")).singletonOrThrow();
    }

    @Override
    public NDArray dropout(Node node, Dropout layer, NDArray input) {
      return ai.djl.nn.norm.Dropout.dropout(input, layer.rate(), training).singletonOrThrow();
    }

    @Override
    public NDArray add(Node node, Add layer, List<NDArray> inputs) {
      return inputs.stream().reduce(NDArray::add).orElseThrow();
    }

    @Override
    public NDArray concat(Node node, Concat layer, List<NDArray> inputs) {
      return NDArrays.concat(new NDList(inputs), 1);
    }

    @Override
    public NDArray upsample2d(Node node, Upsample2d layer, NDArray input) {
      Shape shape = input.getShape();
      long[] size = {shape.get(2) * layer.factor(), shape.get(3) * layer.factor()};
      int mode = layer.kind() == Upsample2d.Kind.BILINEAR ? BILINEAR : NEAREST;
      return input.getNDArrayInternal().interpolation(size, mode, false);
    }

    @Override
    public NDArray sigmoid(Node node, Sigmoid layer, NDArray input) {
      return Activation.sigmoid(input);
    }

    @Override
    public NDArray softmax(Node node, Softmax layer, NDArray input) {
      return input.softmax(1);
    }

    @Override
    public NDArray slices(Node node, Slices layer, List<NDArray> inputs) {
      return switch (layer) {
        case AS_BATCH -> SliceArrays.slicesAsBatch(inputs.get(0));
        case FROM_BATCH -> SliceArrays.batchAsSlices(inputs.get(0), inputs.get(1));
        case MASK -> SliceArrays.sliceMask(inputs.get(0));
        case MASKED -> SliceArrays.maskSlices(inputs.get(0), inputs.get(1));
        case MEAN -> SliceArrays.sliceMean(inputs.get(0), inputs.get(1));
        case AS_IMAGE -> SliceArrays.featuresAsImage(inputs.get(0));
      };
    }

    @Override
    public NDArray lstm(Node node, Lstm layer, NDArray input, NDArray mask) {
      return SliceArrays.lstm(
          input, mask, weight(node, "input"), weight(node, "recurrent"), weight(node, "bias"));
    }

    @Override
    public NDArray distanceAttention(
        Node node, DistanceAttention layer, NDArray input, NDArray mask) {
      return SliceArrays.distanceAttention(
          input, mask, weight(node, "score"), weight(node, "rate"));
    }
  }
}

package io.github.brainimaging.models.training.internal;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;

/** The layers of slice sequences with NDArrays; the batch is the first axis. */
final class SliceArrays {

  private static final float FAR_BELOW = 1e4f;

  private SliceArrays() {}

  static NDArray slicesAsBatch(NDArray input) {
    return input.reshape(new Shape(-1).addAll(input.getShape().slice(2)));
  }

  static NDArray batchAsSlices(NDArray input, NDArray sequence) {
    return input.reshape(sequence.getShape().get(0), sequence.getShape().get(1), -1);
  }

  static NDArray sliceMask(NDArray input) {
    Shape shape = input.getShape();
    NDArray filled = input.abs().reshape(shape.get(0), shape.get(1), -1).sum(new int[] {2}).gt(0);
    NDArray number =
        input
            .getManager()
            .arange(1, Math.toIntExact(shape.get(1)) + 1)
            .toType(DataType.FLOAT32, false);
    NDArray last = filled.toType(DataType.FLOAT32, false).mul(number).max(new int[] {1}, true);
    return number.lte(last).toType(DataType.FLOAT32, false);
  }

  static NDArray maskSlices(NDArray input, NDArray mask) {
    return input.mul(mask.expandDims(1).expandDims(3));
  }

  static NDArray sliceMean(NDArray input, NDArray mask) {
    NDArray count = mask.sum(new int[] {1}).maximum(1);
    return maskSlices(input, mask).sum(new int[] {2}).div(count.reshape(-1, 1, 1));
  }

  static NDArray featuresAsImage(NDArray input) {
    return input.expandDims(1);
  }

  static NDArray lstm(
      NDArray input, NDArray mask, NDArray weight, NDArray recurrent, NDArray bias) {
    long batch = input.getShape().get(0);
    long slices = input.getShape().get(1);
    long units = recurrent.getShape().get(1);
    NDArray fromInput =
        input
            .reshape(-1, input.getShape().get(2))
            .matMul(weight.transpose())
            .add(bias)
            .reshape(batch, slices, -1);
    NDList steps = fromInput.split(slices, 1);
    NDList real = mask.split(slices, 1);
    NDArray state = input.getManager().zeros(new Shape(batch, units));
    NDArray cell = state;
    for (int t = 0; t < slices; t++) {
      NDList gates =
          steps.get(t).reshape(batch, -1).add(state.matMul(recurrent.transpose())).split(4, 1);
      NDArray in = Activation.sigmoid(gates.get(0));
      NDArray out = Activation.sigmoid(gates.get(1));
      NDArray forget = Activation.sigmoid(gates.get(2));
      NDArray newCell = forget.mul(cell).add(in.mul(Activation.tanh(gates.get(3))));
      NDArray newState = out.mul(Activation.tanh(newCell));
      NDArray padding = real.get(t).neg().add(1);
      cell = newCell.mul(real.get(t)).add(cell.mul(padding));
      state = newState.mul(real.get(t)).add(state.mul(padding));
    }
    return state;
  }

  static NDArray distanceAttention(NDArray input, NDArray mask, NDArray score, NDArray rate) {
    NDArray far = mask.sub(1).mul(FAR_BELOW);
    NDArray scores = input.mul(score).sum(new int[] {2}).add(far);
    NDArray number =
        input
            .getManager()
            .arange(0, Math.toIntExact(mask.getShape().get(1)))
            .toType(DataType.FLOAT32, false);
    NDArray center = scores.softmax(1).mul(number).sum(new int[] {1}, true);
    NDArray distance = number.sub(center).abs().mul(rate.mul(rate));
    NDArray weights = scores.sub(distance).softmax(1).mul(mask);
    NDArray count = mask.sum(new int[] {1}, true);
    return input.mul(weights.mul(count).expandDims(2));
  }
}

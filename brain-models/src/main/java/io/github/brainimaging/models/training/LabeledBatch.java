package io.github.brainimaging.models.training;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/** Values of a batch, one example after the other, and the label of each. */
final class LabeledBatch implements Batch {

  final float[] values;
  final int[] labels;
  private final List<Integer> shape;

  /**
   * A batch.
   *
   * @param shape the shape of one example
   */
  LabeledBatch(float[] values, int[] labels, List<Integer> shape) {
    this.values = values;
    this.labels = labels;
    this.shape = shape;
  }

  @Override
  public int size() {
    return labels.length;
  }

  @Override
  public NDList inputs(NDManager scope) {
    Shape axes = new Shape(size());
    for (int n : shape) {
      axes = axes.add(n);
    }
    return new NDList(scope.create(values, axes));
  }
}

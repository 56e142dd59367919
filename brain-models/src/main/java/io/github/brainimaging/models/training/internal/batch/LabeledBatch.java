package io.github.brainimaging.models.training.internal.batch;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/** Values of a batch, one example after the other, and the label of each. */
public final class LabeledBatch implements Batch {

  public final float[] values;
  public final int[] labels;
  private final List<Integer> shape;

  /**
   * A batch.
   *
   * @param shape the shape of one example
   */
  public LabeledBatch(float[] values, int[] labels, List<Integer> shape) {
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

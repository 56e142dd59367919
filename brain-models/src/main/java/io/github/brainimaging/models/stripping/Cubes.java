package io.github.brainimaging.models.stripping;

/**
 * Pieces, bridges and holes of what is above a half in a cube of voxels; neighbors share a face.
 */
final class Cubes {

  private static final float LEVEL = 0.5f;

  private final int side;
  private final int[] queue;

  Cubes(int side) {
    this.side = side;
    this.queue = new int[side * side * side];
  }

  /**
   * Sets to 0 what hangs on the largest piece by less than twice this many steps in width, or not
   * at all, and to 1 the holes in it.
   */
  void keepOneWithoutHoles(float[] values, int steps) {
    float[] core = values.clone();
    for (int n = 0; n < steps; n++) {
      core = spread(core, -1);
    }
    keepLargest(core);
    // One step more, so that corners come back.
    for (int n = 0; n <= steps; n++) {
      core = spread(core, 1);
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.min(values[i], core[i]);
    }
    keepLargest(values);
    fillHoles(values);
  }

  /** The least (-1) or the largest (1) of each voxel and its six neighbors. */
  private float[] spread(float[] values, int sign) {
    float[] result = values.clone();
    int step = 1;
    for (int axis = 0; axis < 3; axis++, step *= side) {
      for (int i = 0; i < values.length; i++) {
        int place = i / step % side;
        float before = place > 0 ? values[i - step] : values[i];
        float behind = place < side - 1 ? values[i + step] : values[i];
        result[i] = sign * Math.max(sign * result[i], Math.max(sign * before, sign * behind));
      }
    }
    return result;
  }

  private void keepLargest(float[] values) {
    int[] labels = new int[values.length];
    int label = 0;
    int largest = 0;
    int most = 0;
    for (int i = 0; i < values.length; i++) {
      if (labels[i] == 0 && values[i] > LEVEL) {
        int size = fill(values, labels, i, ++label, true);
        if (size > most) {
          most = size;
          largest = label;
        }
      }
    }
    for (int i = 0; i < values.length; i++) {
      if (labels[i] != 0 && labels[i] != largest) {
        values[i] = 0;
      }
    }
  }

  private void fillHoles(float[] values) {
    int[] labels = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      if (isAtTheBorder(i) && labels[i] == 0 && values[i] <= LEVEL) {
        int unused = fill(values, labels, i, 1, false);
      }
    }
    for (int i = 0; i < values.length; i++) {
      if (labels[i] == 0 && values[i] <= LEVEL) {
        values[i] = 1;
      }
    }
  }

  private boolean isAtTheBorder(int i) {
    int x = i % side;
    int y = i / side % side;
    int z = i / (side * side);
    return x == 0 || y == 0 || z == 0 || x == side - 1 || y == side - 1 || z == side - 1;
  }

  private int fill(float[] values, int[] labels, int start, int label, boolean above) {
    int head = 0;
    int tail = 0;
    labels[start] = label;
    queue[tail++] = start;
    while (head < tail) {
      int i = queue[head++];
      int[] places = {i % side, i / side % side, i / (side * side)};
      int step = 1;
      for (int axis = 0; axis < 3; axis++, step *= side) {
        for (int to = -1; to <= 1; to += 2) {
          int next = i + to * step;
          boolean exists = places[axis] + to >= 0 && places[axis] + to < side;
          if (exists && labels[next] == 0 && values[next] > LEVEL == above) {
            labels[next] = label;
            queue[tail++] = next;
          }
        }
      }
    }
    return tail;
  }
}

package io.github.brainimaging.segmentation.morphology;

import java.util.Arrays;

/** Floods the outside from the border of the image; what stays dry is the mask and its holes. */
final class HoleFilling {

  private HoleFilling() {}

  static boolean[] of(boolean[] inside, int width, int height) {
    boolean[] filled = new boolean[inside.length];
    Arrays.fill(filled, true);
    int[] stack = new int[inside.length];
    int top = 0;
    for (int x = 0; x < width; x++) {
      top = visit(x, inside, filled, stack, top);
      top = visit((height - 1) * width + x, inside, filled, stack, top);
    }
    for (int y = 0; y < height; y++) {
      top = visit(y * width, inside, filled, stack, top);
      top = visit(y * width + width - 1, inside, filled, stack, top);
    }
    while (top > 0) {
      int i = stack[--top];
      int x = i % width;
      if (x > 0) {
        top = visit(i - 1, inside, filled, stack, top);
      }
      if (x < width - 1) {
        top = visit(i + 1, inside, filled, stack, top);
      }
      if (i >= width) {
        top = visit(i - width, inside, filled, stack, top);
      }
      if (i < inside.length - width) {
        top = visit(i + width, inside, filled, stack, top);
      }
    }
    return filled;
  }

  private static int visit(int i, boolean[] inside, boolean[] filled, int[] stack, int top) {
    if (inside[i] || !filled[i]) {
      return top;
    }
    filled[i] = false;
    stack[top] = i;
    return top + 1;
  }
}

package io.github.brainimaging.core.internal;

/** The cells of a set that share a side with one outside it; beyond the grid is outside. */
public final class Outline {

  private Outline() {}

  /**
   * Finds the outline.
   *
   * @param inside slice after slice, row after row
   * @param width columns
   * @param height rows
   * @param depth slices
   * @param volume whether what lies above and below counts, or each slice is for itself
   * @return a new array
   */
  public static boolean[] of(boolean[] inside, int width, int height, int depth, boolean volume) {
    int slice = width * height;
    boolean[] outline = inside.clone();
    for (int z = volume ? 1 : 0; z < (volume ? depth - 1 : depth); z++) {
      for (int y = 1; y < height - 1; y++) {
        int row = (z * height + y) * width;
        for (int i = row + 1; i < row + width - 1; i++) {
          boolean surrounded =
              inside[i - 1] && inside[i + 1] && inside[i - width] && inside[i + width];
          if (volume) {
            surrounded &= inside[i - slice] && inside[i + slice];
          }
          outline[i] = inside[i] && !surrounded;
        }
      }
    }
    return outline;
  }
}

package io.github.brainimaging.models.onnx.internal.graph;

import io.github.brainimaging.core.tensor.Layout;
import io.github.brainimaging.models.card.ModelException;
import java.util.List;
import java.util.Optional;

/**
 * What the axes of a graph's input tell of the pictures that it takes.
 *
 * @param layout the order of the axes
 * @param channels 1 or 3, or -1 if the graph leaves it open
 * @param height rows, or -1
 * @param width columns, or -1
 * @param sequence whether it takes several slices of each head at once
 */
public record PictureAxes(Layout layout, int channels, int height, int width, boolean sequence) {

  /** Where channels, rows and columns may lie. */
  private record Way(int axes, Layout layout, int channel, int row, int column) {

    PictureAxes read(long[] shape) {
      return new PictureAxes(
          layout,
          channel < 0 ? 1 : (int) shape[channel],
          (int) shape[row],
          (int) shape[column],
          axes == 5);
    }
  }

  private static final List<Way> WAYS =
      List.of(
          new Way(4, Layout.NCHW, 1, 2, 3),
          new Way(4, Layout.NHWC, 3, 1, 2),
          new Way(5, Layout.NCHW, 2, 3, 4),
          new Way(5, Layout.NHWC, 4, 2, 3),
          new Way(5, Layout.NCHW, 1, 3, 4),
          new Way(3, Layout.NCHW, 0, 1, 2),
          new Way(3, Layout.NHWC, 2, 0, 1),
          new Way(3, Layout.NCHW, -1, 1, 2));

  /**
   * Reads an input.
   *
   * @param input the input
   * @param usual the layout where the axes tell nothing
   * @throws ModelException if no picture goes in
   */
  public static PictureAxes of(Port input, Layout usual) {
    long[] shape = input.shape();
    if (shape.length == 0) {
      return new PictureAxes(usual, -1, -1, -1, false);
    }
    if (shape.length == 2 && shape[1] > 0) {
      return flat(input, (int) shape[1], usual);
    }
    return first(shape, usual, true)
        .or(() -> first(shape, usual, false))
        .orElseThrow(() -> noPicture(input));
  }

  /** The first way in which there are one or three channels, of the usual layout before others. */
  private static Optional<PictureAxes> first(long[] shape, Layout usual, boolean told) {
    return WAYS.stream()
        .filter(way -> way.axes() == shape.length)
        .sorted((a, b) -> Boolean.compare(b.layout() == usual, a.layout() == usual))
        .map(way -> way.read(shape))
        .filter(axes -> isCount(axes.channels()) || (!told && axes.channels() < 0))
        .findFirst();
  }

  private static boolean isCount(int channels) {
    return channels == 1 || channels == 3;
  }

  /** All values of a square picture in one row. */
  private static PictureAxes flat(Port input, int values, Layout usual) {
    for (int channels : new int[] {1, 3}) {
      int side = (int) Math.round(Math.sqrt((double) values / channels));
      if ((long) side * side * channels == values) {
        return new PictureAxes(usual, channels, side, side, false);
      }
    }
    throw noPicture(input);
  }

  private static ModelException noPicture(Port input) {
    return new ModelException(
        String.format(
            "the network's input is %s, expected pictures of 1 or 3 channels, such as"
                + " [N, 3, 224, 224] or [N, 224, 224, 3]",
            input));
  }
}

package io.github.brainimaging.models.onnx.internal.graph;

import io.github.brainimaging.core.tensor.Layout;
import io.github.brainimaging.models.card.ModelCard;
import io.github.brainimaging.models.card.ModelException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

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

  private static final int SLICED = 5;

  /** Orders of axes, those of slices behind those of pictures, the likelier first. */
  private static final List<String> ORDERS =
      List.of("NCHW", "NHWC", "NSCHW", "NCSHW", "NCHWS", "NSHWC", "NHWSC", "CHW", "HWC", "NHW");

  /**
   * Reads an input.
   *
   * @param input the input
   * @param usual the layout where the axes tell nothing
   * @param told what its axes are, as in {@link ModelCard#axes}, of pictures without S; or empty
   * @param missing takes the question for the axes, if several orders are possible; the likelier is
   *     given then
   * @throws ModelException if no picture goes in
   */
  public static PictureAxes of(Port input, Layout usual, String told, List<String> missing) {
    long[] shape = input.shape();
    if (!told.isEmpty()) {
      PictureAxes axes = told.length() == shape.length ? read(told, shape, usual) : null;
      if (axes == null || !(isCount(axes.channels()) || axes.channels() < 0)) {
        throw new ModelException(
            String.format("axes must fit the network's input %s, got '%s'", input, told));
      }
      return axes;
    }
    if (shape.length == 0) {
      return new PictureAxes(usual, -1, -1, -1, false);
    }
    if (shape.length == 2 && shape[1] > 0) {
      return flat(input, (int) shape[1], usual);
    }
    return first(input, usual, true, missing)
        .or(() -> first(input, usual, false, missing))
        .orElseThrow(() -> noPicture(input));
  }

  private static PictureAxes read(String order, long[] shape, Layout usual) {
    int channel = order.indexOf('C');
    int row = order.indexOf('H');
    Layout layout = channel < 0 ? usual : channel < row ? Layout.NCHW : Layout.NHWC;
    return new PictureAxes(
        layout,
        channel < 0 ? 1 : (int) shape[channel],
        (int) shape[row],
        (int) shape[order.indexOf('W')],
        order.contains("S"));
  }

  /**
   * The order in which there are one or three channels, of the usual layout before others, of
   * square slices before others.
   */
  private static Optional<PictureAxes> first(
      Port input, Layout usual, boolean told, List<String> missing) {
    long[] shape = input.shape();
    List<String> orders =
        ORDERS.stream()
            .filter(order -> order.length() == shape.length)
            .filter(
                order -> {
                  int channels = read(order, shape, usual).channels();
                  return isCount(channels) || (!told && channels < 0);
                })
            .toList();
    List<String> likely = preferred(orders, order -> read(order, shape, usual).layout() == usual);
    if (shape.length == SLICED) {
      likely = preferred(likely, order -> read(order, shape, usual).isSquare());
      if (likely.size() > 1) {
        missing.add(
            String.format(
                "axes (of the network's input %s, one of"
                    + " %s: N batch, S slices, C channels, H rows, W columns)",
                input, likely));
      }
    }
    return likely.stream().findFirst().map(order -> read(order, shape, usual));
  }

  private static List<String> preferred(List<String> orders, Predicate<String> better) {
    List<String> some = orders.stream().filter(better).toList();
    return some.isEmpty() ? orders : some;
  }

  private boolean isSquare() {
    return height > 0 && height == width;
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
                + " [N, 3, 224, 224] or [N, 224, 224, 3]%s",
            input,
            input.shape().length == 4
                ? "; if the channels are slices of one head, say it by the axes NSHW or NHWS"
                : ""));
  }
}

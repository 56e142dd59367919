package io.github.brainimaging.models.onnx.internal.graph;

import io.github.brainimaging.core.tensor.Layout;
import io.github.brainimaging.models.card.Activation;
import io.github.brainimaging.models.card.ModelCard;
import io.github.brainimaging.models.card.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Where the values of labels lie in what a network gives. Axes of length 1 mean nothing: {@code [N,
 * 4]}, {@code [N, 4, 1, 1]}, {@code [N, 1, 1, 4]} and, of one image, {@code [4]} are the same.
 */
public final class OutputShape {

  private OutputShape() {}

  /**
   * How the maps of one image lie.
   *
   * @param channels values for each pixel
   * @param channelsFirst whether they lie before the rows
   */
  public record Maps(int channels, int height, int width, boolean channelsFirst) {

    /** The shape of a batch of one. */
    public long[] shape() {
      return channelsFirst
          ? new long[] {1, channels, height, width}
          : new long[] {1, height, width, channels};
    }
  }

  /** How many values an image, or a pixel, may have: one per label; or one, of two labels. */
  private static boolean isCount(ModelCard card, long values) {
    int labels = card.labels().size();
    return values == labels
        || (values == 1 && labels == 2 && card.activation() != Activation.SOFTMAX);
  }

  /** Whether a declared shape may be meant; -1 is any length, no axes are any shape. */
  static boolean fits(long[] declared, ModelCard card) {
    if (declared.length == 0) {
      return true;
    }
    if (card.task() == Task.SEGMENTATION) {
      return mayBeMaps(declared, card);
    }
    boolean open = Arrays.stream(declared).skip(1).anyMatch(length -> length < 0);
    if (Arrays.stream(declared).skip(1).filter(length -> length > 1).count() > 1) {
      return false;
    }
    long product = Arrays.stream(declared).skip(1).reduce(1, (a, b) -> a * b);
    boolean single = declared.length == 1 && isCount(card, declared[0]);
    return single || (open ? declared.length <= 4 : isCount(card, product));
  }

  private static boolean mayBeMaps(long[] declared, ModelCard card) {
    int axes = declared.length;
    if (axes == 4) {
      return mayCount(card, declared[1]) || mayCount(card, declared[3]);
    }
    return axes == 3 || (axes == 2 && (declared[0] > 0 || declared[1] == pixels(card)));
  }

  /** A map of classes' numbers has one channel too. */
  private static boolean mayCount(ModelCard card, long length) {
    return length < 0 || (length == 1 && card.labels().size() > 1) || isCount(card, length);
  }

  /**
   * The number of values per image of a classifier's output.
   *
   * @return empty if it is not what the labels want
   */
  public static Optional<Integer> values(long[] shape, int count, ModelCard card) {
    long all = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    long perImage = all / count;
    boolean batch = shape.length < 2 ? count == 1 || all == count : shape[0] == count;
    long wide = Arrays.stream(shape).skip(1).filter(length -> length != 1).count();
    boolean fits = batch && wide <= 1 && perImage * count == all && isCount(card, perImage);
    return fits ? Optional.of((int) perImage) : Optional.empty();
  }

  /**
   * The place of the maps of a segmenter's output.
   *
   * @param whole whether it gives classes' numbers
   * @return empty if it is not what the labels want
   */
  public static Optional<Maps> maps(long[] shape, int count, ModelCard card, boolean whole) {
    Optional<Maps> flat = flat(shape, count, card, whole);
    if (flat.isPresent()) {
      return flat;
    }
    List<Long> axes = new ArrayList<>();
    Arrays.stream(shape).forEach(axes::add);
    if (axes.size() == 4 || (axes.size() == 3 && axes.get(0) == count && !isSingle(axes, card))) {
      if (axes.remove(0) != count) {
        return Optional.empty();
      }
    } else if (count != 1) {
      return Optional.empty();
    }
    if (axes.size() == 2) {
      axes.add(0, 1L);
      return maps(axes, true, card, whole);
    }
    boolean first = card.input().layout() == Layout.NCHW;
    return axes.size() == 3
        ? maps(axes, first, card, whole).or(() -> maps(axes, !first, card, whole))
        : Optional.empty();
  }

  /** All pixels in one row: {@code [N, pixels]}, {@code [N, pixels, 4]}, {@code [N, 4, pixels]}. */
  private static Optional<Maps> flat(long[] shape, int count, ModelCard card, boolean whole) {
    int axes = shape.length;
    if (axes < 2 || axes > 3 || shape[0] != count) {
      return Optional.empty();
    }
    boolean channelsFirst = shape[axes - 1] == pixels(card);
    long channels = axes == 2 ? 1 : shape[channelsFirst ? 1 : 2];
    boolean fits = channelsFirst || (axes == 3 && shape[1] == pixels(card));
    return fits && (whole ? channels == 1 : isCount(card, channels))
        ? Optional.of(
            new Maps((int) channels, card.input().height(), card.input().width(), channelsFirst))
        : Optional.empty();
  }

  private static long pixels(ModelCard card) {
    return (long) card.input().height() * card.input().width();
  }

  /** Whether three axes are one image without a batch: the channels are there. */
  private static boolean isSingle(List<Long> axes, ModelCard card) {
    int labels = card.labels().size();
    return (axes.get(0) == labels && labels > 1) || axes.get(2) == labels;
  }

  private static Optional<Maps> maps(
      List<Long> axes, boolean channelsFirst, ModelCard card, boolean whole) {
    long channels = axes.get(channelsFirst ? 0 : 2);
    int rows = channelsFirst ? 1 : 0;
    return (whole ? channels == 1 : isCount(card, channels))
            && isPicture(axes.get(rows), axes.get(rows + 1), card)
        ? Optional.of(
            new Maps(
                (int) channels,
                Math.toIntExact(axes.get(rows)),
                Math.toIntExact(axes.get(rows + 1)),
                channelsFirst))
        : Optional.empty();
  }

  /**
   * Whether rows and columns have about the picture's ratio: valid convolutions change it a bit.
   */
  private static boolean isPicture(long rows, long columns, ModelCard card) {
    double ratio =
        ((double) rows * card.input().width()) / ((double) columns * card.input().height());
    return ratio > 0.5 && ratio < 2;
  }

  /** What is expected of a graph, for messages. */
  public static String expected(ModelCard card) {
    return expected(card, "N");
  }

  /** What is expected of a run, for messages. */
  public static String expected(ModelCard card, int count) {
    return expected(card, Integer.toString(count));
  }

  private static String expected(ModelCard card, String count) {
    int labels = card.labels().size();
    if (card.task() != Task.SEGMENTATION) {
      return "[" + count + ", " + labels + "]";
    }
    return card.input().layout() == Layout.NCHW
        ? "[" + count + ", " + labels + ", ?, ?]"
        : "[" + count + ", ?, ?, " + labels + "]";
  }
}

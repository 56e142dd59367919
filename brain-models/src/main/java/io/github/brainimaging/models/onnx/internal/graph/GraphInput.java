package io.github.brainimaging.models.onnx.internal.graph;

import io.github.brainimaging.core.tensor.Layout;
import io.github.brainimaging.models.card.ModelCard;
import io.github.brainimaging.models.card.ModelInput;
import io.github.brainimaging.models.card.Task;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How images lie in a graph's input: what each axis is. Frameworks differ in more than the place of
 * the channels: the batch may be missing or of a fixed size, slices may lie before the batch or
 * behind the channels, an image may be one row of values.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param port the input
 * @param axes what its axes are, in its order
 */
public record GraphInput(Port port, List<Axis> axes) {

  /** What an axis is. */
  public enum Axis {
    BATCH,
    SLICE,
    CHANNEL,
    ROW,
    COLUMN,
    /** All values of an image in one row. */
    ALL
  }

  public GraphInput {
    axes = List.copyOf(axes);
  }

  /** The axes that letters mean, such as {@code NCSHW}. */
  static List<Axis> axes(String letters) {
    return letters.chars().mapToObj(letter -> Axis.values()["NSCHW".indexOf(letter)]).toList();
  }

  /** All ways in which a card's images fit what a graph declares, the likeliest first. */
  public static List<GraphInput> all(Port port, ModelCard card) {
    if (card.axes().isEmpty()) {
      return all(port, card.input(), card.task());
    }
    GraphInput told = new GraphInput(port, axes(card.axes()));
    return told.fits(card.input()) ? List.of(told) : List.of();
  }

  /** Whether both have channels, rows and columns at the same places. */
  public boolean looksLike(GraphInput other) {
    return Stream.of(Axis.CHANNEL, Axis.ROW, Axis.COLUMN)
        .allMatch(axis -> axes.indexOf(axis) == other.axes.indexOf(axis));
  }

  /** The first way in which images of a card fit a graph's input, if there is one. */
  public static Optional<GraphInput> of(Port port, ModelInput input, Task task) {
    return all(port, input, task).stream().findFirst();
  }

  /** All ways in which images of a card fit what a graph declares, the likeliest first. */
  public static List<GraphInput> all(Port port, ModelInput input, Task task) {
    return (task == Task.SEQUENCE_CLASSIFICATION ? sequences(input) : images(input))
        .stream()
            .map(axes -> new GraphInput(port, axes))
            .filter(candidate -> candidate.fits(input))
            .sorted(Comparator.comparing(candidate -> candidate.fixed(Axis.SLICE) == 1))
            .toList(); // a fixed single slice is rather a channel
  }

  private static List<List<Axis>> images(ModelInput input) {
    List<Axis> image = image(input);
    List<List<Axis>> ways = new ArrayList<>(List.of(with(image, Axis.BATCH)));
    if (input.channels() == 1) {
      ways.add(List.of(Axis.BATCH, Axis.ROW, Axis.COLUMN));
    }
    ways.add(image);
    ways.add(List.of(Axis.BATCH, Axis.ALL));
    if (input.channels() == 1) {
      ways.add(List.of(Axis.ROW, Axis.COLUMN));
    }
    return ways;
  }

  private static List<List<Axis>> sequences(ModelInput input) {
    List<Axis> image = image(input);
    List<List<Axis>> ways = new ArrayList<>(List.of(with(image, Axis.BATCH, Axis.SLICE)));
    boolean channelsFirst = input.layout() == Layout.NCHW;
    if (channelsFirst) {
      ways.add(List.of(Axis.BATCH, Axis.CHANNEL, Axis.SLICE, Axis.ROW, Axis.COLUMN));
    }
    ways.add(with(image, Axis.SLICE, Axis.BATCH));
    ways.add( // of volumes, whose slices lie last
        channelsFirst
            ? List.of(Axis.BATCH, Axis.CHANNEL, Axis.ROW, Axis.COLUMN, Axis.SLICE)
            : List.of(Axis.BATCH, Axis.ROW, Axis.COLUMN, Axis.SLICE, Axis.CHANNEL));
    ways.add(with(image, Axis.SLICE));
    if (input.channels() == 1) { // slices as the channels of one picture
      ways.add(
          channelsFirst
              ? List.of(Axis.BATCH, Axis.SLICE, Axis.ROW, Axis.COLUMN)
              : List.of(Axis.BATCH, Axis.ROW, Axis.COLUMN, Axis.SLICE));
    }
    return ways;
  }

  private static List<Axis> image(ModelInput input) {
    return input.layout() == Layout.NCHW
        ? List.of(Axis.CHANNEL, Axis.ROW, Axis.COLUMN)
        : List.of(Axis.ROW, Axis.COLUMN, Axis.CHANNEL);
  }

  private static List<Axis> with(List<Axis> image, Axis... first) {
    List<Axis> axes = new ArrayList<>(List.of(first));
    axes.addAll(image);
    return axes;
  }

  private boolean fits(ModelInput input) {
    long[] declared = port.shape();
    if (declared.length == 0) {
      return true;
    }
    long[] shape = shape(input, 1, -1);
    boolean fits = declared.length == shape.length;
    for (int i = 0; fits && i < shape.length; i++) {
      boolean counts = axes.get(i) == Axis.BATCH || axes.get(i) == Axis.SLICE;
      fits = counts || declared[i] < 0 || declared[i] == shape[i];
    }
    return fits;
  }

  /**
   * The lengths of the axes.
   *
   * @param count number of images, or of sequences
   * @param slices number of slices of each sequence
   */
  public long[] shape(ModelInput input, long count, long slices) {
    return axes.stream()
        .mapToLong(
            axis ->
                switch (axis) {
                  case BATCH -> count;
                  case SLICE -> slices;
                  case CHANNEL -> input.channels();
                  case ROW -> input.height();
                  case COLUMN -> input.width();
                  case ALL -> input.size();
                })
        .toArray();
  }

  /** The number that the graph fixes: 0 if it is open, 1 if there is no such axis. */
  public int fixed(Axis axis) {
    int at = axes.indexOf(axis);
    long length = at < 0 ? 1 : port.shape().length == 0 ? 0 : port.shape()[at];
    return (int) Math.max(0, length);
  }

  /**
   * Brings slices that lie behind each other, each in the layout of its card, into the order of the
   * axes.
   *
   * @return the same array where nothing is to be turned
   */
  public float[] ordered(float[] slices, ModelInput input) {
    List<Axis> from = with(image(input), Axis.SLICE);
    List<Axis> to = axes.stream().filter(axis -> from.contains(axis)).toList();
    if (from.stream().filter(to::contains).toList().equals(to)) {
      return slices;
    }
    long count = slices.length / input.size();
    long[] lengths = new GraphInput(port, from).shape(input, 1, count);
    int[] steps = new int[from.size()];
    int step = 1;
    for (int i = from.size() - 1; i >= 0; i--) {
      steps[i] = step;
      step *= (int) lengths[i];
    }
    float[] result = new float[slices.length];
    for (int i = 0; i < result.length; i++) {
      int rest = i;
      int at = 0;
      for (int axis = to.size() - 1; axis >= 0; axis--) {
        int place = from.indexOf(to.get(axis));
        at += (int) (rest % lengths[place]) * steps[place];
        rest = (int) (rest / lengths[place]);
      }
      result[i] = slices[at];
    }
    return result;
  }

  /** Shape and meaning, such as {@code [N, 3, 224, 224] (NCHW)}, for messages. */
  public static String expected(ModelInput input, Task task) {
    List<Axis> axes =
        task == Task.SEQUENCE_CLASSIFICATION ? sequences(input).get(0) : images(input).get(0);
    List<String> words = new ArrayList<>();
    for (Axis axis : axes) {
      words.add(
          switch (axis) {
            case BATCH -> "N";
            case SLICE -> "slices";
            case CHANNEL -> Integer.toString(input.channels());
            case ROW -> Integer.toString(input.height());
            case COLUMN -> Integer.toString(input.width());
            case ALL -> "values";
          });
    }
    return "[" + String.join(", ", words) + "] (" + input.layout() + ")";
  }
}

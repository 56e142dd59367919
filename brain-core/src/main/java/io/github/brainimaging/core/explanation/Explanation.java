package io.github.brainimaging.core.explanation;

import io.github.brainimaging.core.evaluation.internal.Midranks;
import io.github.brainimaging.core.image.BoundingBox;
import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.inference.Contour;
import io.github.brainimaging.core.inference.Segmentation.Point;
import io.github.brainimaging.core.inference.internal.ContourTracer;
import io.github.brainimaging.core.internal.Arguments;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Where in an image a classifier sees a class: a map on the image's grid. A value of 1 is the place
 * that speaks most for the class, 0 one that makes no difference, below 0 one that speaks against
 * it. The map says what moved this classifier, not where a disease is; how much it moved it is told
 * by {@link #strength()}.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @since 0.1.0
 */
public final class Explanation {

  /** The usual threshold of {@link #region} and {@link #boxes}: half of the highest value. */
  public static final double HALF = 0.5;

  private final String method;
  private final String label;
  private final MedicalImage map;
  private final double strength;

  private Explanation(String method, String label, MedicalImage map, double strength) {
    this.method = Objects.requireNonNull(method, "method");
    this.label = Objects.requireNonNull(label, "label");
    this.map = map;
    this.strength = strength;
  }

  /**
   * An explanation from effects in any unit.
   *
   * @param method what made it, such as {@code occlusion}
   * @param label the class that it explains
   * @param effects one channel on the grid of the image that is explained, finite: how much each
   *     place speaks for the class
   * @return the effects divided by the largest, and not below -1; 0 everywhere if none is above 0
   * @throws IllegalArgumentException if there is more than one channel or a value is not finite
   */
  public static Explanation of(String method, String label, MedicalImage effects) {
    Arguments.require(
        effects.channels() == 1, "effects must have one channel, got %s", effects.channels());
    float[] values = effects.samples();
    double largest = 0;
    for (float value : values) {
      Arguments.require(Float.isFinite(value), "effects must be finite, got %s", value);
      largest = Math.max(largest, value);
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = largest > 0 ? (float) Math.max(-1, values[i] / largest) : 0;
    }
    MedicalImage map = MedicalImage.wrap(effects.width(), effects.height(), 1, values);
    return new Explanation(
        method, label, map.withSpacing(effects.spacing()).withNominalMaximum(1), largest);
  }

  /**
   * What made the map.
   *
   * @return such as {@code occlusion}, {@code rise} or {@code cam}
   */
  public String method() {
    return method;
  }

  /**
   * The class that the map is about.
   *
   * @return one of the classifier's labels
   */
  public String label() {
    return label;
  }

  /**
   * The map.
   *
   * @return one channel on the image's grid, -1 to 1
   */
  public MedicalImage map() {
    return map;
  }

  /**
   * What the value 1 of the map stands for, in the unit of the method: how much the class lost (in
   * natural logarithms of its odds) where the most important place was changed; of class activation
   * maps the score at that place, less that of the least important one. Where it is near 0, the map
   * shows nothing.
   *
   * @return 0 or more
   */
  public double strength() {
    return strength;
  }

  /**
   * The place that speaks most for the class, the first of several in the order of rows.
   *
   * @return empty if nothing speaks for it
   */
  public Optional<Point> peak() {
    if (strength <= 0) {
      return Optional.empty();
    }
    float[] values = map.samples();
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      best = values[i] > values[best] ? i : best;
    }
    int row = best / map.width();
    return Optional.of(new Point(best % map.width(), row));
  }

  /**
   * What speaks strongly for the class.
   *
   * @param least value of the map, above 0 and at most 1
   * @return the pixels with this value or more
   * @throws IllegalArgumentException if it is out of range
   */
  public Mask region(double least) {
    Arguments.require(
        least > 0 && least <= 1, "least must be above 0 and at most 1, got %s", least);
    float[] values = map.samples();
    boolean[] inside = new boolean[values.length];
    for (int i = 0; i < values.length; i++) {
      inside[i] = values[i] >= least;
    }
    return Mask.wrap(map.width(), map.height(), inside);
  }

  /**
   * Boxes around the connected parts of {@link #region}.
   *
   * @param least value of the map, above 0 and at most 1
   * @return the part with the highest value first
   * @throws IllegalArgumentException if it is out of range
   */
  public List<BoundingBox> boxes(double least) {
    List<BoundingBox> boxes = new ArrayList<>();
    for (Contour part : ContourTracer.trace(region(least))) {
      boxes.add(box(part.outline()));
    }
    boxes.sort(Comparator.comparingDouble(this::highest).reversed());
    return List.copyOf(boxes);
  }

  /** The corners of an outline lie half a pixel outside the centers of its pixels. */
  private static BoundingBox box(List<Point> outline) {
    double left = outline.stream().mapToDouble(Point::x).min().orElseThrow() + 0.5;
    double right = outline.stream().mapToDouble(Point::x).max().orElseThrow() + 0.5;
    double top = outline.stream().mapToDouble(Point::y).min().orElseThrow() + 0.5;
    double bottom = outline.stream().mapToDouble(Point::y).max().orElseThrow() + 0.5;
    return new BoundingBox((int) left, (int) top, (int) (right - left), (int) (bottom - top));
  }

  private double highest(BoundingBox box) {
    double highest = -1;
    for (int y = box.y(); y < box.y() + box.height(); y++) {
      for (int x = box.x(); x < box.x() + box.width(); x++) {
        highest = Math.max(highest, map.get(x, y));
      }
    }
    return highest;
  }

  /**
   * The mean of two maps, of what they have above 0. Two methods that err in different ways may
   * find together what neither finds.
   *
   * @param other a map of the same class and size
   * @return a map whose {@link #strength()} is its highest mean: 1 where both are highest at the
   *     same place
   * @throws IllegalArgumentException if the classes or the sizes differ
   */
  public Explanation mean(Explanation other) {
    requireSize(other);
    Arguments.require(
        other.label.equals(label), "other must explain %s, got %s", label, other.label);
    float[] means = map.samples();
    float[] others = other.map.samples();
    for (int i = 0; i < means.length; i++) {
      means[i] = (Math.max(0, means[i]) + Math.max(0, others[i])) / 2;
    }
    return of(method + "+" + other.method, label, map.wrapSamples(means));
  }

  private void requireSize(Explanation other) {
    Arguments.require(
        other.map.width() == map.width() && other.map.height() == map.height(),
        "other must have %s x %s pixels, got %s",
        map.width(),
        map.height(),
        other);
  }

  /**
   * Spearman's rank correlation with another map. Near 0 with that of the same network with
   * shuffled weights, a map tells something of the network; near 1, it would look the same whatever
   * the network has learned (Adebayo and others, "Sanity checks for saliency maps", 2018).
   *
   * @param other a map of the same size
   * @return -1 to 1; NaN if a map has one value everywhere
   * @throws IllegalArgumentException if the sizes differ
   */
  public double rankCorrelation(Explanation other) {
    requireSize(other);
    double[] own = ranks();
    double[] others = other.ranks();
    double middle = (own.length + 1) / 2.0;
    double product = 0;
    double squares = 0;
    double otherSquares = 0;
    for (int i = 0; i < own.length; i++) {
      product += (own[i] - middle) * (others[i] - middle);
      squares += (own[i] - middle) * (own[i] - middle);
      otherSquares += (others[i] - middle) * (others[i] - middle);
    }
    return product / Math.sqrt(squares * otherSquares);
  }

  private double[] ranks() {
    float[] values = map.samples();
    return Midranks.of(IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray());
  }

  /** Equal method, label, map and strength. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Explanation that
        && method.equals(that.method)
        && label.equals(that.label)
        && strength == that.strength
        && map.equals(that.map);
  }

  @Override
  public int hashCode() {
    return Objects.hash(method, label, map, strength);
  }

  /** Method, class, strength and size, never the values. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "Explanation[%s of %s, strength %.4f, %dx%d]",
        method,
        label,
        strength,
        map.width(),
        map.height());
  }
}

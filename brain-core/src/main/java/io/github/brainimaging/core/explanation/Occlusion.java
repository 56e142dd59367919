package io.github.brainimaging.core.explanation;

import io.github.brainimaging.core.image.BoundingBox;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.inference.Classifier;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.transform.spatial.CropToForeground;
import io.github.brainimaging.core.work.Progress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;

/**
 * Hides one place of the head after the other and sees how much less the classifier believes in the
 * class (Zeiler and Fergus, "Visualizing and understanding convolutional networks", 2014). Works
 * with any classifier.
 *
 * <p>Windows with soft edges (a Hann window) slide over the box of the head; the value of a pixel
 * is the mean, weighted by the windows that cover it, of what each made the logarithm of the odds
 * of the class fall. Outside of the box it is 0. With the defaults about 100 images are classified.
 *
 * <p>Immutable and safe to share between threads, as far as the progress is.
 *
 * @since 0.1.0
 */
public final class Occlusion extends Perturbation {

  private static final double DEFAULT_WINDOW = 0.5;
  private static final double DEFAULT_STRIDE = 0.2;

  private final double window;
  private final double stride;
  private final Hidden hidden;
  private final boolean anyChange;

  private Occlusion(
      Classifier classifier,
      double window,
      double stride,
      Hidden hidden,
      boolean anyChange,
      Progress progress) {
    super(classifier, progress);
    this.window = window;
    this.stride = stride;
    this.hidden = Objects.requireNonNull(hidden, "hidden");
    this.anyChange = anyChange;
  }

  /**
   * Windows of half of the head (half hidden where half of the way to their edge), a fifth of
   * themselves apart, that blur what they hide.
   *
   * @param classifier the classifier to explain; stays the caller's
   * @return the explainer
   */
  public static Occlusion of(Classifier classifier) {
    return new Occlusion(
        classifier, DEFAULT_WINDOW, DEFAULT_STRIDE, Hidden.BLURRED, false, Progress.none());
  }

  /**
   * The same with windows of another size.
   *
   * @param share side of a window as a share of the head's longer side, above 0 and at most 1
   * @return a new explainer
   * @throws IllegalArgumentException if it is out of range
   */
  public Occlusion withWindow(double share) {
    return new Occlusion(
        classifier, requirePart("window", share), stride, hidden, anyChange, progress);
  }

  /**
   * The same with windows closer together or farther apart.
   *
   * @param share distance of two windows as a share of their side, above 0 and at most 1
   * @return a new explainer
   * @throws IllegalArgumentException if it is out of range
   */
  public Occlusion withStride(double share) {
    return new Occlusion(
        classifier, window, requirePart("stride", share), hidden, anyChange, progress);
  }

  /**
   * The same with another thing in the place of what is hidden.
   *
   * @param newHidden {@link Hidden#BLURRED} by default
   * @return a new explainer
   */
  public Occlusion withHidden(Hidden newHidden) {
    return new Occlusion(classifier, window, stride, newHidden, anyChange, progress);
  }

  /**
   * The same, but a place counts by how much the whole answer changes where it is hidden, whether
   * for the class or against it: the sum, over the labels, of the changes of the logarithms of
   * their probabilities less the mean logarithm. Nothing is then below 0. The map is the same for
   * each class; it says where the classifier looks at all, and is called {@code sensitivity}.
   *
   * @return a new explainer
   */
  public Occlusion withAnyChange() {
    return new Occlusion(classifier, window, stride, hidden, true, progress);
  }

  /**
   * The same with a listener.
   *
   * @param newProgress told after each batch, and may cancel. Default: nobody
   * @return a new explainer
   */
  public Occlusion withProgress(Progress newProgress) {
    return new Occlusion(classifier, window, stride, hidden, anyChange, newProgress);
  }

  private static double requirePart(String name, double share) {
    Arguments.require(
        share > 0 && share <= 1, "%s must be above 0 and at most 1, got %s", name, share);
    return share;
  }

  @Override
  Explanation explain(MedicalImage image, Question question) {
    BoundingBox head = CropToForeground.withDefaults().box(image);
    double side = Math.max(1, window * Math.max(head.width(), head.height()));
    List<Window> windows = new ArrayList<>();
    for (double y : centers(head.y(), head.height(), side)) {
      for (double x : centers(head.x(), head.width(), side)) {
        windows.add(new Window(x, y, side, image.width(), image.height()));
      }
    }
    float[] shown = image.samples();
    float[] instead = hidden.of(image).samples();
    double[] effects =
        effects(
            image,
            question,
            windows.size(),
            i -> image.wrapSamples(windows.get(i).hide(shown, instead)));
    double[] sum = new double[image.width() * image.height()];
    double[] weight = new double[sum.length];
    for (int i = 0; i < effects.length; i++) {
      windows.get(i).add(effects[i], sum, weight);
    }
    return Explanation.of(
        anyChange ? "sensitivity" : "occlusion", question.label(), mean(sum, weight, image, head));
  }

  private double[] effects(
      MedicalImage image, Question question, int count, IntFunction<MedicalImage> hiding) {
    if (anyChange) {
      return question.changes(image, "windows", count, hiding);
    }
    double whole = question.logOdds(image);
    double[] logOdds = question.logOdds("windows", count, hiding);
    return Arrays.stream(logOdds).map(changed -> whole - changed).toArray();
  }

  /** Evenly from the first to the last, so that the windows reach half of themselves outside. */
  private double[] centers(int start, int length, double side) {
    int steps = (int) Math.max(1, Math.round(length / (stride * side)));
    double[] centers = new double[steps + 1];
    for (int i = 0; i <= steps; i++) {
      centers[i] = start - 0.5 + (double) length * i / steps;
    }
    return centers;
  }

  private static MedicalImage mean(
      double[] sum, double[] weight, MedicalImage image, BoundingBox head) {
    float[] mean = new float[sum.length];
    for (int y = head.y(); y < head.y() + head.height(); y++) {
      for (int x = head.x(); x < head.x() + head.width(); x++) {
        int i = y * image.width() + x;
        mean[i] = weight[i] > 0 ? (float) (sum[i] / weight[i]) : 0;
      }
    }
    return MedicalImage.wrap(image.width(), image.height(), 1, mean).withSpacing(image.spacing());
  }

  /** The options, not the classifier. */
  @Override
  public String toString() {
    return "Occlusion[window="
        + window
        + ", stride="
        + stride
        + ", hidden="
        + hidden
        + ", anyChange="
        + anyChange
        + ", progress="
        + progress
        + "]";
  }

  /** A place that is hidden, most in its center, in an image of this size. */
  private record Window(double x, double y, double side, int width, int height) {

    /** Told of a pixel and how much of it is hidden, 0 to 1. */
    private interface Visitor {
      void pixel(int index, double weight);
    }

    private void visit(Visitor visitor) {
      int right = (int) Math.min(width - 1L, (long) Math.floor(x + side / 2));
      int bottom = (int) Math.min(height - 1L, (long) Math.floor(y + side / 2));
      for (int v = (int) Math.max(0, Math.ceil(y - side / 2)); v <= bottom; v++) {
        for (int u = (int) Math.max(0, Math.ceil(x - side / 2)); u <= right; u++) {
          visitor.pixel(v * width + u, hann(u - x) * hann(v - y));
        }
      }
    }

    private double hann(double distance) {
      double cosine = Math.cos(Math.PI * distance / side);
      return cosine * cosine;
    }

    float[] hide(float[] shown, float[] instead) {
      float[] changed = shown.clone();
      visit(
          (pixel, weight) -> {
            for (int i = pixel; i < changed.length; i += width * height) {
              changed[i] += (float) (weight * (instead[i] - shown[i]));
            }
          });
      return changed;
    }

    void add(double effect, double[] sums, double[] weights) {
      visit(
          (pixel, weight) -> {
            sums[pixel] += weight * effect;
            weights[pixel] += weight;
          });
    }
  }
}

package io.github.brainimaging.segmentation.components;

import boofcv.abst.filter.binary.BinaryLabelContourFinder;
import boofcv.factory.filter.binary.FactoryBinaryContourFinder;
import boofcv.struct.ConnectRule;
import boofcv.struct.image.GrayS32;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.github.brainimaging.core.image.BoundingBox;
import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.segmentation.internal.BoofImages;
import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * The connected parts of a mask. They are numbered 1, 2, ... in the order in which a scan row by
 * row meets them, as by SciPy's {@code ndimage.label}; 0 is what is outside the mask.
 *
 * <p>An empty mask has no components.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @since 0.1.0
 */
public final class ConnectedComponents {

  private final int width;
  private final int height;
  private final int[] labels;
  private final int[] sizes;
  private final int[] left;
  private final int[] right;
  private final int[] top;
  private final int[] bottom;

  private ConnectedComponents(int width, int height, int[] labels, int count) {
    this.width = width;
    this.height = height;
    this.labels = labels;
    int n = count + 1;
    sizes = new int[n];
    left = new int[n];
    Arrays.fill(left, width);
    right = new int[n];
    top = new int[n];
    bottom = new int[n];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int label = labels[y * width + x];
        if (label > 0) {
          if (sizes[label]++ == 0) {
            top[label] = y;
          }
          left[label] = Math.min(left[label], x);
          right[label] = Math.max(right[label], x);
          bottom[label] = y;
        }
      }
    }
  }

  /**
   * Finds the components of a mask.
   *
   * @param mask the mask
   * @param connectivity which pixels are neighbors
   * @return the components
   */
  public static ConnectedComponents of(Mask mask, Connectivity connectivity) {
    BinaryLabelContourFinder finder = FactoryBinaryContourFinder.linearChang2004();
    finder.setConnectRule(
        connectivity == Connectivity.EIGHT ? ConnectRule.EIGHT : ConnectRule.FOUR);
    finder.setSaveInnerContour(false);
    GrayS32 labels = new GrayS32(mask.width(), mask.height());
    finder.process(BoofImages.of(mask), labels);
    return new ConnectedComponents(
        mask.width(), mask.height(), labels.data, finder.getContours().size());
  }

  /**
   * The number of components.
   *
   * @return 0 or more
   */
  public int count() {
    return sizes.length - 1;
  }

  /**
   * The component of every pixel.
   *
   * @return a new array, row after row: 0 outside the mask, else 1 to {@link #count()}
   */
  public int[] labels() {
    return labels.clone();
  }

  /**
   * The number of pixels of a component.
   *
   * @param label 1 to {@link #count()}
   * @return positive
   * @throws IllegalArgumentException if there is no such component
   */
  public int size(int label) {
    return sizes[requireLabel(label)];
  }

  /**
   * One component.
   *
   * @param label 1 to {@link #count()}
   * @return its pixels
   * @throws IllegalArgumentException if there is no such component
   */
  public Mask mask(int label) {
    requireLabel(label);
    return keep(l -> l == label);
  }

  /**
   * The smallest box that holds a component.
   *
   * @param label 1 to {@link #count()}
   * @return the box
   * @throws IllegalArgumentException if there is no such component
   */
  public BoundingBox boundingBox(int label) {
    requireLabel(label);
    return new BoundingBox(
        left[label], top[label], right[label] - left[label] + 1, bottom[label] - top[label] + 1);
  }

  /**
   * The mean gray value of a component, in the image's first channel.
   *
   * @param label 1 to {@link #count()}
   * @param image an image of the mask's size
   * @return the mean; NaN if a sample is NaN
   * @throws IllegalArgumentException if there is no such component or the sizes differ
   */
  public double mean(int label, MedicalImage image) {
    requireLabel(label);
    Arguments.require(
        image.width() == width && image.height() == height,
        "image must be of the mask's size %s x %s, got %s x %s",
        width,
        height,
        image.width(),
        image.height());
    float[] samples = image.samples();
    double sum = 0;
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] == label) {
        sum += samples[i];
      }
    }
    return sum / sizes[label];
  }

  /**
   * The component with the most pixels; of several equal ones the first.
   *
   * @return its pixels; an empty mask if there is no component
   */
  public Mask largest() {
    int best = 0;
    int bestSize = 0;
    for (int label = 1; label < sizes.length; label++) {
      if (sizes[label] > bestSize) {
        bestSize = sizes[label];
        best = label;
      }
    }
    int largest = best;
    return keep(label -> label == largest);
  }

  /**
   * The components for which a condition holds, in one mask.
   *
   * @param condition asked for labels from 1 to {@link #count()}
   * @return the pixels of these components
   */
  public Mask keep(IntPredicate condition) {
    boolean[] kept = new boolean[sizes.length];
    for (int label = 1; label < kept.length; label++) {
      kept[label] = condition.test(label);
    }
    boolean[] inside = new boolean[labels.length];
    for (int i = 0; i < inside.length; i++) {
      inside[i] = kept[labels[i]];
    }
    return Mask.wrap(width, height, inside);
  }

  @CanIgnoreReturnValue
  private int requireLabel(int label) {
    Arguments.require(
        label >= 1 && label <= count(), "label must be between 1 and %s, got %s", count(), label);
    return label;
  }

  /** Which pixels are neighbors. */
  public enum Connectivity {
    /** The four that share an edge. */
    FOUR,
    /** The eight that share an edge or a corner. */
    EIGHT
  }
}

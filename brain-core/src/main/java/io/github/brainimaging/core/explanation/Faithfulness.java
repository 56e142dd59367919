package io.github.brainimaging.core.explanation;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.inference.Classifier;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.internal.Arguments;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How well a map tells what moves the classifier, whatever is true (Petsiuk, Das, Saenko, "RISE",
 * 2018). Deletion blurs the image from the places of the highest value on, insertion starts with
 * the blurred image and gives the places back in the same order; the probability of the class is
 * followed. A faithful map makes it fall at once, or rise at once.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param insertion the probability in equal steps from nothing to all, all included
 * @param deletion the probability in equal steps from all to nothing, nothing included
 * @since 0.1.0
 */
public record Faithfulness(List<Double> insertion, List<Double> deletion) {

  /**
   * Copies the lists.
   *
   * @param insertion the probability in equal steps from nothing to all
   * @param deletion the probability in equal steps from all to nothing
   */
  public Faithfulness {
    insertion = List.copyOf(insertion);
    deletion = List.copyOf(deletion);
  }

  /**
   * Measures a map.
   *
   * @param classifier the classifier that was explained
   * @param image the image that was explained, finite
   * @param explanation the map
   * @param steps how many parts of equal size the image is changed in, positive; twice as many
   *     images are classified
   * @return the curves
   * @throws IllegalArgumentException if the map has another size, the classifier does not know its
   *     class, or steps is not positive
   */
  public static Faithfulness of(
      Classifier classifier, MedicalImage image, Explanation explanation, int steps) {
    Arguments.requirePositive("steps", steps);
    MedicalImage map = explanation.map();
    Arguments.require(
        map.width() == image.width() && map.height() == image.height(),
        "explanation must have the size of the image = %s x %s, got %s",
        image.width(),
        image.height(),
        explanation);
    int[] order = order(map.samples());
    float[] sharp = image.samples();
    float[] blurred = Hidden.blurred(image).samples();
    List<MedicalImage> images = new ArrayList<>();
    images.add(image.withSamples(blurred));
    images.add(image);
    for (int step = 1; step <= steps; step++) {
      int changed = (int) ((long) order.length * step / steps);
      images.add(image.wrapSamples(mixed(blurred, sharp, order, changed)));
      images.add(image.wrapSamples(mixed(sharp, blurred, order, changed)));
    }
    List<Prediction> predictions = classifier.classifyAll(images);
    List<Double> insertion = new ArrayList<>();
    List<Double> deletion = new ArrayList<>();
    for (int i = 0; i < predictions.size(); i++) {
      double probability = predictions.get(i).probability(explanation.label());
      (i % 2 == 0 ? insertion : deletion).add(probability);
    }
    return new Faithfulness(insertion, deletion);
  }

  /** The pixels from the highest value of the map to the lowest. */
  private static int[] order(float[] map) {
    return IntStream.range(0, map.length)
        .boxed()
        .sorted((a, b) -> Float.compare(map[b], map[a]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static float[] mixed(float[] before, float[] after, int[] order, int count) {
    float[] mixed = before.clone();
    for (int i = 0; i < count; i++) {
      for (int sample = order[i]; sample < mixed.length; sample += order.length) {
        mixed[sample] = after[sample];
      }
    }
    return mixed;
  }

  /**
   * The area under {@link #insertion}: the higher, the better.
   *
   * @return 0 to 1
   */
  public double insertionArea() {
    return area(insertion);
  }

  /**
   * The area under {@link #deletion}: the lower, the better.
   *
   * @return 0 to 1
   */
  public double deletionArea() {
    return area(deletion);
  }

  private static double area(List<Double> curve) {
    double sum = 0;
    for (int i = 1; i < curve.size(); i++) {
      sum += (curve.get(i - 1) + curve.get(i)) / 2;
    }
    return sum / (curve.size() - 1);
  }
}

package io.github.brainimaging.core.inference;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.internal.Interrupts;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives an image a class. Takes images as they were read: what the model needs of size, channels
 * and intensity is the classifier's own business.
 *
 * <p>Implementations are safe to share between threads.
 *
 * @since 0.1.0
 */
public interface Classifier {

  /**
   * The classes, in the model's order.
   *
   * @return at least one label, without duplicates
   */
  List<String> labels();

  /**
   * Classifies one image.
   *
   * @param image the image as read
   * @return the probability of every label
   */
  Prediction classify(MedicalImage image);

  /**
   * Classifies several images; where the model gains from a batch, faster than one by one, with the
   * same results but for rounding.
   *
   * @param images the images as read
   * @return one prediction per image, in their order
   * @throws java.util.concurrent.CancellationException if the thread is interrupted before an image
   */
  default List<Prediction> classifyAll(List<MedicalImage> images) {
    List<Prediction> predictions = new ArrayList<>(images.size());
    for (MedicalImage image : images) {
      Interrupts.heed("image %s of %s", predictions.size(), images.size());
      predictions.add(classify(image));
    }
    return predictions;
  }
}

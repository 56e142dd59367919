package io.github.brainimaging.core.inference;

import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.slice.SliceClassifier;
import java.util.List;

/**
 * Gives a volume a class. {@link SliceClassifier} makes one of a classifier of single slices;
 * networks over a sequence of slices are others.
 *
 * <p>Implementations are safe to share between threads.
 *
 * @since 0.1.0
 */
public interface VolumeClassifier {

  /**
   * The classes, in the model's order.
   *
   * @return at least one label, without duplicates
   */
  List<String> labels();

  /**
   * Classifies one volume.
   *
   * @param volume the volume as read
   * @return the probability of every label
   */
  Prediction classify(MedicalVolume volume);

  /**
   * Classifies one volume and tells what was said of its slices.
   *
   * @param volume the volume as read
   * @return by default {@link #classify} without slices
   */
  @SuppressWarnings("NullAway") // whoever asked names what breaks its promise
  default VolumePrediction classifySlices(MedicalVolume volume) {
    Prediction prediction = classify(volume);
    return prediction == null ? null : new VolumePrediction(prediction, List.of());
  }
}

package io.github.brainimaging.models.card;

import io.github.brainimaging.models.onnx.OnnxClassifier;
import io.github.brainimaging.models.onnx.OnnxSegmenter;
import io.github.brainimaging.models.onnx.SequenceClassifier;

/**
 * What a model does.
 *
 * @since 0.1.0
 */
public enum Task {
  /** One value per label for the whole image; run by {@link OnnxClassifier}. */
  CLASSIFICATION,
  /** One map per label; run by {@link OnnxSegmenter}. */
  SEGMENTATION,
  /** One value per label for a sequence of slices; run by {@link SequenceClassifier}. */
  SEQUENCE_CLASSIFICATION
}

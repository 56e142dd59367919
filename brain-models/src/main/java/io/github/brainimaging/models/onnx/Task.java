package io.github.brainimaging.models.onnx;

/** What a model does. */
public enum Task {
  /** One value per label for the whole image; run by {@link OnnxClassifier}. */
  CLASSIFICATION,
  /** One map per label; run by {@link OnnxSegmenter}. */
  SEGMENTATION
}

package io.github.brainimaging.examples.cli.option;

import io.github.brainimaging.core.explanation.Explainer;
import io.github.brainimaging.core.explanation.Occlusion;
import io.github.brainimaging.core.explanation.Rise;
import io.github.brainimaging.core.work.Progress;
import io.github.brainimaging.models.onnx.OnnxClassifier;

/** How to find out where a model sees a class. */
public enum ExplanationMethod {
  OCCLUSION,
  RISE;

  /** How help texts show the choices. */
  public static final String CHOICES = "occlusion|rise";

  /**
   * An explainer and what it holds.
   *
   * @param explainer explains the classifier
   */
  public record Opened(Explainer explainer) implements AutoCloseable {

    @Override
    public void close() {
      if (explainer instanceof AutoCloseable) {
        // Only class activation maps hold a session of their own.
      }
    }
  }

  /** Opens the explainer of a classifier, which stays the caller's. */
  public Opened open(ModelOptions model, OnnxClassifier classifier, Progress progress) {
    return switch (this) {
      case OCCLUSION -> new Opened(Occlusion.of(classifier).withProgress(progress));
      case RISE -> new Opened(Rise.of(classifier).withProgress(progress));
    };
  }
}

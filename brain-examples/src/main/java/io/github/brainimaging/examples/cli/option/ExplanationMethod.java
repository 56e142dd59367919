package io.github.brainimaging.examples.cli.option;

import io.github.brainimaging.core.explanation.Explainer;
import io.github.brainimaging.core.explanation.LearnedMask;
import io.github.brainimaging.core.explanation.Occlusion;
import io.github.brainimaging.core.explanation.Rise;
import io.github.brainimaging.models.card.ModelCard;
import io.github.brainimaging.models.onnx.ClassActivation;
import io.github.brainimaging.models.onnx.ModelSource;
import io.github.brainimaging.models.onnx.OnnxClassifier;
import org.jspecify.annotations.Nullable;

/** How to find out where a model sees a class. */
public enum ExplanationMethod {
  CAM,
  OCCLUSION,
  RISE,
  LEARNED,
  COMBINED;

  /** How help texts show the choices. */
  public static final String CHOICES = "cam|occlusion|rise|learned|combined";

  /**
   * An explainer and what it holds.
   *
   * @param explainer explains the classifier
   * @param maps the network that it runs besides the classifier's, if any
   */
  public record Opened(Explainer explainer, @Nullable ClassActivation maps)
      implements AutoCloseable {

    @Override
    public void close() {
      if (maps != null) {
        maps.close();
      }
    }
  }

  /** Opens the explainer of a classifier, which stays the caller's. */
  public Opened open(ModelSource source, OnnxClassifier classifier) {
    ModelCard card = classifier.card();
    return switch (this) {
      case OCCLUSION -> new Opened(Occlusion.of(classifier), null);
      case RISE -> new Opened(Rise.of(classifier), null);
      case LEARNED -> new Opened(LearnedMask.of(classifier), null);
      case CAM -> {
        ClassActivation maps = ClassActivation.open(source, card);
        yield new Opened(maps, maps);
      }
      case COMBINED -> {
        ClassActivation maps = ClassActivation.open(source, card);
        yield new Opened(maps.and(Occlusion.of(classifier).withAnyChange()), maps);
      }
    };
  }
}

package io.github.brainimaging.examples.cli.option;

import io.github.brainimaging.core.explanation.Explainer;
import io.github.brainimaging.core.explanation.Occlusion;
import io.github.brainimaging.core.explanation.Rise;
import io.github.brainimaging.models.onnx.ClassActivation;
import io.github.brainimaging.models.onnx.ModelSource;
import org.jspecify.annotations.Nullable;

/** How to find out where a model sees a class. */
public enum ExplanationMethod {
  CAM,
  OCCLUSION,
  RISE,
  COMBINED;

  /** How help texts show the choices. */
  public static final String CHOICES = "cam|occlusion|rise|combined";

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

  /**
   * Opens the explainer of a classifier; of one with a second opinion, cam and combined ask what
   * gave that as well.
   *
   * @param source of the classifier's network
   * @param asked stays the caller's to close
   */
  public Opened open(ModelSource source, OpinionOption.Opened asked) {
    return switch (this) {
      case OCCLUSION -> new Opened(Occlusion.of(asked.classifier()), null);
      case RISE -> new Opened(Rise.of(asked.classifier()), null);
      case CAM -> {
        ClassActivation maps = ClassActivation.open(source, asked.network().card());
        yield new Opened(asked.explained(maps), maps);
      }
      case COMBINED -> {
        ClassActivation maps = ClassActivation.open(source, asked.network().card());
        Explainer both = maps.and(Occlusion.of(asked.network()).withAnyChange());
        yield new Opened(asked.explained(both), maps);
      }
    };
  }
}

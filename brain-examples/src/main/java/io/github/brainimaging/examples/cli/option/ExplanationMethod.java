package io.github.brainimaging.examples.cli.option;

import io.github.brainimaging.core.explanation.Explainer;
import io.github.brainimaging.core.explanation.LearnedMask;
import io.github.brainimaging.core.explanation.Occlusion;
import io.github.brainimaging.core.explanation.Rise;
import io.github.brainimaging.models.onnx.ClassActivation;
import io.github.brainimaging.models.onnx.ModelSource;
import io.github.brainimaging.models.training.GradCam;

/** How to find out where a model sees a class. */
public enum ExplanationMethod {
  CAM,
  OCCLUSION,
  RISE,
  LEARNED,
  COMBINED,
  GRADIENT;

  /** How help texts show the choices. */
  public static final String CHOICES = "cam|occlusion|rise|learned|combined|gradient";

  /**
   * An explainer and what it holds.
   *
   * @param explainer explains the classifier
   * @param end closes the network that it runs besides the classifier's, if any
   */
  public record Opened(Explainer explainer, Runnable end) implements AutoCloseable {

    private static Opened of(Explainer explainer) {
      return new Opened(explainer, () -> {});
    }

    @Override
    public void close() {
      end.run();
    }
  }

  /**
   * Opens the explainer of a classifier; of one with a second opinion, cam and combined ask what
   * gave that as well, and gradient the network alone.
   *
   * @param source of the classifier's network
   * @param asked stays the caller's to close
   */
  public Opened open(ModelSource source, OpinionOption.Opened asked) {
    return switch (this) {
      case OCCLUSION -> Opened.of(Occlusion.of(asked.classifier()));
      case RISE -> Opened.of(Rise.of(asked.classifier()));
      case LEARNED -> Opened.of(LearnedMask.of(asked.classifier()));
      case CAM -> {
        ClassActivation maps = ClassActivation.open(source, asked.network().card());
        yield new Opened(asked.explained(maps), maps::close);
      }
      case COMBINED -> {
        ClassActivation maps = ClassActivation.open(source, asked.network().card());
        Explainer both = maps.and(Occlusion.of(asked.network()).withAnyChange());
        yield new Opened(asked.explained(both), maps::close);
      }
      case GRADIENT -> {
        GradCam maps = GradCam.open(source, asked.network().card());
        yield new Opened(maps, maps::close);
      }
    };
  }
}

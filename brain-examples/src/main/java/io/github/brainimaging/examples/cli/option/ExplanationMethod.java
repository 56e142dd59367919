package io.github.brainimaging.examples.cli.option;

import io.github.brainimaging.core.explanation.Explainer;
import io.github.brainimaging.core.explanation.Explanation;
import io.github.brainimaging.core.explanation.LearnedMask;
import io.github.brainimaging.core.explanation.Occlusion;
import io.github.brainimaging.core.explanation.Rise;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.inference.Prediction;
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
  BOTH,
  GRADIENT;

  /** How help texts show the choices. */
  public static final String CHOICES = "cam|occlusion|rise|learned|combined|both|gradient";

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

  /** Explains the class that is answered; the likeliest where it is none of several labels. */
  public static Explanation ofAnswer(Explainer explainer, MedicalImage image, Prediction answer) {
    String label = answer.label();
    return answer.probabilities().containsKey(label)
        ? explainer.explain(image, label)
        : explainer.explain(image);
  }

  /** Whether it explains the network alone, whatever others say. */
  public boolean isOfNetwork() {
    return this == GRADIENT;
  }

  /**
   * Opens the explainer of what a classifier answers: of one with a second opinion, by both where
   * that was asked.
   *
   * @param source of the classifier's network
   * @param asked stays the caller's to close
   * @throws IllegalArgumentException if both are to be shown and there is no second
   */
  public Opened open(ModelSource source, OpinionOption.Opened asked) {
    return switch (this) {
      case OCCLUSION -> Opened.of(asked.answered(Occlusion.of(asked.network()), Occlusion::of));
      case RISE -> Opened.of(asked.answered(Rise.of(asked.network()), Rise::of));
      case LEARNED -> Opened.of(asked.answered(LearnedMask.of(asked.network()), LearnedMask::of));
      case CAM -> {
        ClassActivation maps = ClassActivation.open(source, asked.network().card());
        yield new Opened(withPlaces(asked, maps), maps::close);
      }
      case COMBINED -> {
        ClassActivation maps = ClassActivation.open(source, asked.network().card());
        Explainer combined = maps.and(Occlusion.of(asked.network()).withAnyChange());
        yield new Opened(withPlaces(asked, combined), maps::close);
      }
      case BOTH -> {
        Explainer places =
            asked
                .places()
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            "both shows where a model and a second opinion see a class, got no"
                                + " --second-opinion"));
        ClassActivation maps = ClassActivation.open(source, asked.network().card());
        yield new Opened(maps.and(places), maps::close);
      }
      case GRADIENT -> {
        GradCam maps = GradCam.open(source, asked.network().card());
        yield new Opened(maps, maps::close);
      }
    };
  }

  private static Explainer withPlaces(OpinionOption.Opened asked, Explainer maps) {
    return asked.answered(maps, opinion -> asked.places().map(maps::and).orElse(maps));
  }
}

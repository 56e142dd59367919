package io.github.brainimaging.examples.cli.option;

import io.github.brainimaging.core.explanation.Explainer;
import io.github.brainimaging.core.explanation.Explanation;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.inference.Classifier;
import io.github.brainimaging.core.inference.SecondOpinion;
import io.github.brainimaging.models.card.ModelCard;
import io.github.brainimaging.models.onnx.OnnxClassifier;
import io.github.brainimaging.models.onnx.PresenceClassifier;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Whether a second classifier is asked if there is a tumor. */
public final class OpinionOption {

  @Option(
      names = "--second-opinion",
      negatable = true,
      description =
          "Where the classifier is not certain of a tumor, ask also what the embedded segmenter"
              + " sees, which knows tumors in more sequences (default: yes for the embedded"
              + " classifier, for which its weight was chosen; no for other models).")
  private @Nullable Boolean wanted;

  /**
   * A classifier, with its second opinion where one is asked.
   *
   * @param network asked first; stays its owner's to close
   * @param second what is asked besides; null if nothing is
   */
  public record Opened(OnnxClassifier network, @Nullable PresenceClassifier second)
      implements AutoCloseable {

    /** What answers. */
    public Classifier classifier() {
      return second == null ? network : SecondOpinion.of(network, second);
    }

    /** Where the second sees a tumor, asked or not. */
    Optional<Explainer> places() {
      ModelCard card = network.card();
      return Optional.ofNullable(second)
          .map(presence -> presence.explainer(card.labels(), card.tumorLabels()));
    }

    /**
     * Explains what answers.
     *
     * @param alone for where the network is certain, and the second was not asked
     * @param both for where it was: given a classifier that asks it of every changed image too
     */
    Explainer answered(Explainer alone, Function<SecondOpinion, Explainer> both) {
      if (second == null) {
        return alone;
      }
      SecondOpinion opinion = SecondOpinion.of(network, second);
      return new Answered(network, opinion, alone, both.apply(opinion.withCertainty(1)));
    }

    /** What a report calls it. */
    public String name() {
      return network.card().name() + (second == null ? "" : " with a second opinion");
    }

    @Override
    public void close() {
      if (second != null) {
        second.close();
      }
    }
  }

  private record Answered(
      OnnxClassifier network, SecondOpinion opinion, Explainer alone, Explainer both)
      implements Explainer {

    @Override
    public Explanation explain(MedicalImage image) {
      return explain(image, opinion.classify(image).label());
    }

    @Override
    public Explanation explain(MedicalImage image, String label) {
      return (opinion.asks(network.classify(image)) ? both : alone).explain(image, label);
    }
  }

  /**
   * Refuses the option where nobody would be asked.
   *
   * @param unasked whether it is so
   * @param reason the option by which it is
   */
  public void refuse(CommandSpec spec, boolean unasked, String reason) {
    if (unasked && Boolean.TRUE.equals(wanted)) {
      throw new ParameterException(
          spec.commandLine(), "--second-opinion does not go with " + reason);
    }
  }

  /**
   * Refuses an option that needs a second opinion where there is none.
   *
   * @param option what needs it
   */
  public void require(CommandSpec spec, ModelOptions model, String option) {
    if (!isWanted(model)) {
      throw new ParameterException(
          spec.commandLine(), option + " needs a second opinion, see --second-opinion");
    }
  }

  private boolean isWanted(ModelOptions model) {
    return wanted == null ? model.isEmbedded() : wanted;
  }

  /** The classifier alone. */
  public static Opened none(OnnxClassifier classifier) {
    return new Opened(classifier, null);
  }

  /**
   * Opens the second opinion, on all processors.
   *
   * @param classifier is asked first; stays the caller's to close
   * @param model where it is from
   */
  public Opened open(OnnxClassifier classifier, ModelOptions model) {
    return open(classifier, model, Runtime.getRuntime().availableProcessors());
  }

  /**
   * Opens the second opinion.
   *
   * @param classifier is asked first; stays the caller's to close
   * @param model where it is from
   * @param threads that share the work of one run
   */
  public Opened open(OnnxClassifier classifier, ModelOptions model, int threads) {
    if (!isWanted(model)) {
      return new Opened(classifier, null);
    }
    ModelCard card = classifier.card();
    int labels = card.labels().size();
    int tumors = card.tumorLabels().size();
    if (card.activation().independent(labels) || tumors == 0 || tumors == labels) {
      throw new IllegalArgumentException(
          "--second-opinion needs labels that exclude each other, with a tumor and without, found "
              + card.labels()
              + ", tumors "
              + card.tumorLabels());
    }
    return new Opened(classifier, PresenceClassifier.embedded(threads));
  }
}

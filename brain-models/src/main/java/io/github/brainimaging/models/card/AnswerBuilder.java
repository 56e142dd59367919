package io.github.brainimaging.models.card;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.github.brainimaging.core.inference.ConformalSets;

/**
 * The part of a card that says how a network's values become an answer, and how far it may be
 * trusted. Not safe to share between threads.
 *
 * @param <B> the builder itself, which every method gives back
 */
abstract class AnswerBuilder<B extends AnswerBuilder<B>> extends ProvenanceBuilder<B> {

  String output = "";
  double threshold = 0.5;
  double temperature = 1;
  VectorScaling scaling = VectorScaling.none();
  ModelDomain domain = ModelDomain.unknown();
  ConformalSets sets = ConformalSets.none();

  /**
   * Sets the output of a network that has several. Default: the one that fits.
   *
   * @param value its name in the graph, or empty
   * @return this builder
   */
  @CanIgnoreReturnValue
  public B output(String value) {
    output = value;
    return self();
  }

  /**
   * Sets the probability above which a pixel belongs to the mask, or a label counts. Default: 0.5.
   *
   * @param value above 0 and below 1
   * @return this builder
   */
  @CanIgnoreReturnValue
  public B threshold(double value) {
    threshold = value;
    return self();
  }

  /**
   * Sets what the scores before the activation are divided by, so that probabilities come true as
   * often as they say. Default: 1.
   *
   * @param value positive
   * @return this builder
   */
  @CanIgnoreReturnValue
  public B temperature(double value) {
    temperature = value;
    return self();
  }

  /**
   * Sets how each class is corrected by itself, at the temperature. Default: not at all.
   *
   * @param value fitted to the model's answers, at its temperature
   * @return this builder
   */
  @CanIgnoreReturnValue
  public B scaling(VectorScaling value) {
    scaling = value;
    return self();
  }

  /**
   * Sets what the model was made for. Default: unknown.
   *
   * @param value the domain
   * @return this builder
   */
  @CanIgnoreReturnValue
  public B domain(ModelDomain value) {
    domain = value;
    return self();
  }

  /**
   * Sets what is known of how often the probabilities are right. Default: nothing.
   *
   * @param value fitted to the model's answers, as they are calibrated
   * @return this builder
   */
  @CanIgnoreReturnValue
  public B sets(ConformalSets value) {
    sets = value;
    return self();
  }
}

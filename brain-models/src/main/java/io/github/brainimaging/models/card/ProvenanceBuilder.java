package io.github.brainimaging.models.card;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The part of a card that people read and no program needs: where a model comes from and how good
 * it is. Not safe to share between threads.
 *
 * @param <B> the builder itself, which every method gives back
 */
abstract class ProvenanceBuilder<B extends ProvenanceBuilder<B>> {

  String version = "";
  String description = "";
  String architecture = "";
  String license = "";
  String trainingData = "";
  Map<String, Double> results = Map.of();
  String measured = "";
  String notes = "";

  abstract B self();

  /**
   * Sets the version of the model.
   *
   * @param value the version
   * @return this builder
   */
  @CanIgnoreReturnValue
  public B version(String value) {
    version = value;
    return self();
  }

  /**
   * Sets what the model is for.
   *
   * @param value the description
   * @return this builder
   */
  @CanIgnoreReturnValue
  public B description(String value) {
    description = value;
    return self();
  }

  /**
   * Sets the kind of network.
   *
   * @param value the architecture
   * @return this builder
   */
  @CanIgnoreReturnValue
  public B architecture(String value) {
    architecture = value;
    return self();
  }

  /**
   * Sets the license of the model.
   *
   * @param value the license, best as an SPDX identifier
   * @return this builder
   */
  @CanIgnoreReturnValue
  public B license(String value) {
    license = value;
    return self();
  }

  /**
   * Sets what the model was trained on.
   *
   * @param value the data, with origin and license
   * @return this builder
   */
  @CanIgnoreReturnValue
  public B trainingData(String value) {
    trainingData = value;
    return self();
  }

  /**
   * Sets measured results.
   *
   * @param value measure to finite value, copied in their order
   * @return this builder
   */
  @CanIgnoreReturnValue
  public B results(Map<String, Double> value) {
    results = new LinkedHashMap<>(value);
    return self();
  }

  /**
   * Sets how the results were measured.
   *
   * @param value the data and the protocol
   * @return this builder
   */
  @CanIgnoreReturnValue
  public B measured(String value) {
    measured = value;
    return self();
  }

  /**
   * Sets anything else, such as limits.
   *
   * @param value the notes
   * @return this builder
   */
  @CanIgnoreReturnValue
  public B notes(String value) {
    notes = value;
    return self();
  }
}

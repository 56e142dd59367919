package io.github.brainimaging.models.card;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.github.brainimaging.core.inference.ConformalSets;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.internal.Arguments;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * What one must know to use a model: what it wants as input, what its outputs mean, where it comes
 * from and how good it is.
 *
 * <p>Written as a JSON object, which lies beside the model ({@code model.json} for {@code
 * model.onnx}) or inside it, as the text of the ONNX metadata key {@value #METADATA_KEY}. Its keys
 * are the names of this record's components; the package shows one.
 *
 * <p>{@code name}, {@code input} with all its keys, {@code activation} and {@code labels} are
 * required; keys that are not known are ignored, so that a card may say more. A card of {@code
 * "task": "SEGMENTATION"} may have a {@code "threshold"}. A card without {@code "schemaVersion"} is
 * of version 1; one of a later version is refused.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param name name of the model, not blank
 * @param version version of the model; empty if not told
 * @param description what the model is for; empty if not told
 * @param architecture the kind of network; empty if not told
 * @param task what the model does; classification unless told otherwise
 * @param input what the network takes, and how an image becomes that
 * @param activation what the network's outputs are
 * @param output name of the output that gives the labels' values; empty where the network has one
 *     only, or only one fits
 * @param axes what the axes of the input of a network over slices are, where their lengths allow
 *     several: letters in their order, N (batch), S (slices), C (channels), H (rows), W (columns),
 *     such as {@code NCSHW} for 3-D convolutions of PyTorch or {@code NHWSC} for volumes of Keras
 *     whose slices lie last; N may be missing, and C of one channel. Empty where lengths tell
 * @param threshold the probability above which a pixel belongs to the mask, the second of two
 *     labels counts, or a label counts that excludes no other ({@link Prediction#withThreshold}).
 *     Above 0 and below 1, 0.5 unless told otherwise
 * @param temperature what the scores before the activation are divided by; of classifiers only.
 *     Positive, 1 unless told otherwise
 * @param scaling how each class is corrected by itself, at that temperature; of classifiers whose
 *     labels exclude each other only; none unless told otherwise
 * @param domain what the model was made for; unknown unless told otherwise
 * @param sets what is known of how often its probabilities are right, of classifiers whose labels
 *     exclude each other only; none unless told otherwise
 * @param clinical the columns of a table that a classifier takes beside the image; none unless told
 *     otherwise
 * @param labels the classes, in the order of the outputs; at least one, each once. Of two labels a
 *     network with one output (a sigmoid, or the score before one) gives the second
 * @param tumorLabels the labels that mean that a tumor was found, in the order of the labels; by
 *     default {@link Prediction#tumorLabelsAmong}
 * @param sha256 the SHA-256 of the ONNX file, checked when the model is loaded: 64 hexadecimal
 *     digits, or empty. Only a card beside the file can have it: written into the file it would
 *     change what it is the sum of, so there it is ignored
 * @param license the license of the model; empty if not told
 * @param trainingData what the model was trained on; empty if not told
 * @param results measured results, such as accuracy: measure to finite value, in the order given
 * @param measured how the results were measured; empty if not told
 * @param notes anything else, such as limits; empty if not told
 * @since 0.1.0
 */
public record ModelCard(
    String name,
    String version,
    String description,
    String architecture,
    Task task,
    ModelInput input,
    Activation activation,
    String output,
    String axes,
    double threshold,
    double temperature,
    VectorScaling scaling,
    ModelDomain domain,
    ConformalSets sets,
    ClinicalColumns clinical,
    List<String> labels,
    Set<String> tumorLabels,
    String sha256,
    String license,
    String trainingData,
    Map<String, Double> results,
    String measured,
    String notes) {

  /** The key of the ONNX file's metadata whose text is the card. */
  public static final String METADATA_KEY = "brain.card";

  /**
   * Checks and copies the values; {@link #builder} spares those that are not told.
   *
   * @param name see above
   * @param version see above
   * @param description see above
   * @param architecture see above
   * @param task see above
   * @param input see above
   * @param activation see above
   * @param output see above
   * @param axes see above
   * @param threshold see above
   * @param temperature see above
   * @param scaling see above
   * @param domain see above
   * @param sets see above
   * @param clinical see above
   * @param labels see above
   * @param tumorLabels see above
   * @param sha256 see above
   * @param license see above
   * @param trainingData see above
   * @param results see above
   * @param measured see above
   * @param notes see above
   * @throws IllegalArgumentException if the name is blank, labels are missing or stand twice, tumor
   *     labels are not among them, the threshold, the temperature or a result is out of range, the
   *     scaling or the sets are not of such labels, another task than classification has clinical
   *     columns, the axes are none of slices, or the checksum is none
   */
  public ModelCard {
    Arguments.require(!name.isBlank(), "name must not be blank, got '%s'", name);
    Arguments.require(
        !labels.isEmpty() && new HashSet<>(labels).size() == labels.size(),
        "labels must be at least one, each once, got %s",
        labels);
    Arguments.require(
        labels.containsAll(tumorLabels),
        "tumorLabels must be among the labels %s, got %s",
        labels,
        tumorLabels);
    Arguments.require(
        threshold > 0 && threshold < 1, "threshold must be between 0 and 1, got %s", threshold);
    Arguments.require(
        temperature > 0 && temperature < Double.POSITIVE_INFINITY,
        "temperature must be positive, got %s",
        temperature);
    scaling.requireFit(task, activation, labels);
    Objects.requireNonNull(domain, "domain");
    Arguments.require(
        sets.scores().isEmpty()
            || (sets.scores().keySet().equals(Set.copyOf(labels))
                && !activation.independent(labels.size())),
        "sets must be of the labels %s, which must exclude each other, got %s",
        labels,
        sets);
    Arguments.require(
        clinical.isEmpty() || task == Task.CLASSIFICATION,
        "clinical must be empty for %s, got %s",
        task,
        clinical);
    Arguments.require(
        sha256.isEmpty() || sha256.matches("[0-9a-fA-F]{64}"),
        "sha256 must be 64 hexadecimal digits, got '%s'",
        sha256);
    results.forEach(Arguments::requireFinite);
    Objects.requireNonNull(task, "task");
    Objects.requireNonNull(input, "input");
    Objects.requireNonNull(activation, "activation");
    Objects.requireNonNull(output, "output");
    Arguments.require(
        axes.isEmpty() || (task == Task.SEQUENCE_CLASSIFICATION && isOrder(axes, input.channels())),
        "axes must be empty, or of SEQUENCE_CLASSIFICATION the letters S, H, W and mostly N and C, each"
            + " once, got '%s' for %s",
        axes,
        task);
    labels = List.copyOf(labels);
    Set<String> inOrder = new TreeSet<>(Comparator.comparing(labels::indexOf));
    inOrder.addAll(tumorLabels);
    tumorLabels = Collections.unmodifiableSet(inOrder);
    sha256 = sha256.toLowerCase(Locale.ROOT);
    results = Collections.unmodifiableMap(new LinkedHashMap<>(results));
  }

  private static boolean isOrder(String axes, int channels) {
    boolean once = axes.chars().distinct().count() == axes.length();
    boolean channel = channels == 1 || axes.contains("C");
    return axes.matches("(?=.*S)(?=.*H)(?=.*W)[NSCHW]+") && once && channel;
  }

  /**
   * Starts a card with what every card must say.
   *
   * @param name name of the model, not blank
   * @param input what the network takes
   * @param activation what the network's outputs are
   * @param labels the classes in the order of the outputs, at least one, each once
   * @return a builder
   */
  public static Builder builder(
      String name, ModelInput input, Activation activation, List<String> labels) {
    return new Builder(name, input, activation, labels);
  }

  /**
   * Reads a card.
   *
   * @param json the JSON object
   * @return the card
   * @throws ModelException if the text is no JSON object, or a required key is missing or wrong
   */
  public static ModelCard fromJson(String json) {
    return fromJson(json, "the model card");
  }

  /**
   * Reads a card that comes from somewhere.
   *
   * @param json the JSON object
   * @param origin how messages call the card
   * @return the card
   * @throws ModelException if the text is no JSON object, or a required key is missing or wrong
   */
  public static ModelCard fromJson(String json, String origin) {
    return ModelCardJson.read(json, origin);
  }

  /**
   * Writes the card.
   *
   * @return a JSON object; what is not known is left out
   */
  public String toJson() {
    return ModelCardJson.write(this);
  }

  /**
   * A builder that holds what this card says.
   *
   * @return a new builder
   */
  public Builder toBuilder() {
    return builder(name, input, activation, labels)
        .version(version)
        .description(description)
        .architecture(architecture)
        .task(task)
        .output(output)
        .axes(axes)
        .threshold(threshold)
        .temperature(temperature)
        .scaling(scaling)
        .domain(domain)
        .sets(sets)
        .clinical(clinical)
        .tumorLabels(tumorLabels)
        .sha256(sha256)
        .license(license)
        .trainingData(trainingData)
        .results(results)
        .measured(measured)
        .notes(notes);
  }

  /** The card as JSON. */
  @Override
  public String toString() {
    return toJson();
  }

  /** Collects what a card says; {@link #build} checks it. Not safe to share between threads. */
  public static final class Builder extends AnswerBuilder<Builder> {

    private final String name;
    private final ModelInput input;
    private final Activation activation;
    private final List<String> labels;
    private Task task = Task.CLASSIFICATION;
    private String axes = "";
    private ClinicalColumns clinical = ClinicalColumns.none();
    private Set<String> tumorLabels;
    private String sha256 = "";

    private Builder(String name, ModelInput input, Activation activation, List<String> labels) {
      this.name = name;
      this.input = input;
      this.activation = activation;
      this.labels = List.copyOf(labels);
      this.tumorLabels = Prediction.tumorLabelsAmong(labels);
    }

    /**
     * Sets what the model does. Default: {@link Task#CLASSIFICATION}.
     *
     * @param value the task
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder task(Task value) {
      task = value;
      return this;
    }

    /**
     * Sets the order of the axes of a network over slices. Default: what lengths tell.
     *
     * @param value letters, such as {@code NCSHW}; or empty
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder axes(String value) {
      axes = value;
      return this;
    }

    /**
     * Sets the columns of a table that the network takes beside the image. Default: none.
     *
     * @param value as fitted to the training
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder clinical(ClinicalColumns value) {
      clinical = value;
      return this;
    }

    /**
     * Sets the labels that mean that a tumor was found.
     *
     * @param value some of the labels
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder tumorLabels(Collection<String> value) {
      tumorLabels = Set.copyOf(value);
      return this;
    }

    /**
     * Sets the SHA-256 of the ONNX file. Default: none.
     *
     * @param value 64 hexadecimal digits, or empty
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder sha256(String value) {
      sha256 = value;
      return this;
    }

    @Override
    Builder self() {
      return this;
    }

    /**
     * Makes the card.
     *
     * @return the card
     * @throws IllegalArgumentException if what was set is out of range
     */
    public ModelCard build() {
      return new ModelCard(
          name,
          version,
          description,
          architecture,
          task,
          input,
          activation,
          output,
          axes,
          threshold,
          temperature,
          scaling,
          domain,
          sets,
          clinical,
          labels,
          tumorLabels,
          sha256,
          license,
          trainingData,
          results,
          measured,
          notes);
    }
  }
}

package io.github.brainimaging.models.onnx;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
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
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What one must know to use a model: what it wants as input, what its outputs mean, where it comes
 * from and how good it is.
 *
 * <p>Written as a JSON object, which lies beside the model ({@code model.json} for {@code
 * model.onnx}) or inside it, as the text of the ONNX metadata key {@value #METADATA_KEY}. Its keys
 * are the names of this class's methods:
 *
 * <pre>{@code
 * {
 *   "name": "brain-tumor-mri",
 *   "version": "1",
 *   "description": "Four classes of head MRI slices",
 *   "architecture": "residual network, 0.7 million parameters",
 *   "task": "CLASSIFICATION",
 *   "input": {"width": 128, "height": 128, "channels": 1, "layout": "NCHW",
 *             "fit": "PAD", "interpolation": "BILINEAR", "normalization": "UNIT"},
 *   "activation": "LOGITS",
 *   "labels": ["glioma", "meningioma", "notumor", "pituitary"],
 *   "tumorLabels": ["glioma", "meningioma", "pituitary"],
 *   "sha256": "9f86d081...",
 *   "license": "CC0-1.0",
 *   "trainingData": "Brain Tumor MRI Dataset, 5,385 slices",
 *   "results": {"accuracy": 0.98},
 *   "measured": "on 515 validation slices, no near copies of training slices",
 *   "notes": "Axial, coronal and sagittal slices; not a medical device"
 * }
 * }</pre>
 *
 * <p>{@code name}, {@code input} with all its keys, {@code activation} and {@code labels} are
 * required; keys that are not known are ignored, so that a card may say more. A card of {@code
 * "task": "SEGMENTATION"} may have a {@code "threshold"}.
 *
 * <p>Immutable and safe to share between threads.
 */
public final class ModelCard {

  /** The key of the ONNX file's metadata whose text is the card. */
  public static final String METADATA_KEY = "brain.card";

  private final String name;
  private final String version;
  private final String description;
  private final String architecture;
  private final Task task;
  private final ModelInput input;
  private final Activation activation;
  private final double threshold;
  private final List<String> labels;
  private final Set<String> tumorLabels;
  private final @Nullable String sha256;
  private final String license;
  private final String trainingData;
  private final Map<String, Double> results;
  private final String measured;
  private final String notes;

  private ModelCard(Builder builder) {
    name = builder.name;
    version = builder.version;
    description = builder.description;
    architecture = builder.architecture;
    task = builder.task;
    input = builder.input;
    activation = builder.activation;
    threshold = builder.threshold;
    labels = builder.labels;
    tumorLabels = builder.tumorLabels;
    sha256 = builder.sha256;
    license = builder.license;
    trainingData = builder.trainingData;
    results = builder.results;
    measured = builder.measured;
    notes = builder.notes;
  }

  /**
   * Starts a card with what every card must say.
   *
   * @param name name of the model, not blank
   * @param input what the network takes
   * @param activation what the network's outputs are
   * @param labels the classes in the order of the outputs, at least one, each once
   * @return a builder
   * @throws IllegalArgumentException if the name is blank, or labels are missing or stand twice
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
    return ModelCardJson.read(json, "the model card");
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
   * Name of the model.
   *
   * @return not blank
   */
  public String name() {
    return name;
  }

  /**
   * Version of the model.
   *
   * @return empty if not told
   */
  public String version() {
    return version;
  }

  /**
   * What the model is for.
   *
   * @return empty if not told
   */
  public String description() {
    return description;
  }

  /**
   * The kind of network.
   *
   * @return empty if not told
   */
  public String architecture() {
    return architecture;
  }

  /**
   * What the model does.
   *
   * @return classification unless told otherwise
   */
  public Task task() {
    return task;
  }

  /**
   * What the network takes, and how an image becomes that.
   *
   * @return the input
   */
  public ModelInput input() {
    return input;
  }

  /**
   * What the network's outputs are.
   *
   * @return the activation
   */
  public Activation activation() {
    return activation;
  }

  /**
   * The probability above which a pixel belongs to the mask; of segmentation models only.
   *
   * @return between 0 and 1, 0.5 unless told otherwise
   */
  public double threshold() {
    return threshold;
  }

  /**
   * The classes, in the order of the outputs.
   *
   * @return unmodifiable, at least one
   */
  public List<String> labels() {
    return labels;
  }

  /**
   * The labels that mean that a tumor was found.
   *
   * @return unmodifiable; by default {@link Prediction#tumorLabelsAmong}
   */
  public Set<String> tumorLabels() {
    return tumorLabels;
  }

  /**
   * The SHA-256 of the ONNX file, checked when the model is loaded. Only a card beside the file can
   * have it: written into the file it would change what it is the sum of, so there it is ignored.
   *
   * @return 64 lower-case hexadecimal digits, or empty
   */
  public Optional<String> sha256() {
    return Optional.ofNullable(sha256);
  }

  /**
   * The license of the model.
   *
   * @return empty if not told
   */
  public String license() {
    return license;
  }

  /**
   * What the model was trained on.
   *
   * @return empty if not told
   */
  public String trainingData() {
    return trainingData;
  }

  /**
   * Measured results, such as accuracy.
   *
   * @return unmodifiable, measure to finite value, in the order given
   */
  public Map<String, Double> results() {
    return results;
  }

  /**
   * How the results were measured.
   *
   * @return empty if not told
   */
  public String measured() {
    return measured;
  }

  /**
   * Anything else, such as limits.
   *
   * @return empty if not told
   */
  public String notes() {
    return notes;
  }

  /**
   * A builder that holds what this card says.
   *
   * @return a new builder
   */
  public Builder toBuilder() {
    Builder builder =
        builder(name, input, activation, labels)
            .version(version)
            .description(description)
            .architecture(architecture)
            .task(task)
            .threshold(threshold)
            .tumorLabels(tumorLabels)
            .license(license)
            .trainingData(trainingData)
            .results(results)
            .measured(measured)
            .notes(notes);
    builder.sha256 = sha256;
    return builder;
  }

  /** This card without its checksum. */
  ModelCard withoutSha256() {
    Builder builder = toBuilder();
    builder.sha256 = null;
    return builder.build();
  }

  /** Equal in everything. */
  @Override
  public boolean equals(Object other) {
    return other instanceof ModelCard that && toJson().equals(that.toJson());
  }

  @Override
  public int hashCode() {
    return toJson().hashCode();
  }

  /** The card as JSON. */
  @Override
  public String toString() {
    return toJson();
  }

  /** Collects what a card says. Not safe to share between threads. */
  public static final class Builder {

    private final String name;
    private final ModelInput input;
    private final Activation activation;
    private final List<String> labels;
    private String version = "";
    private String description = "";
    private String architecture = "";
    private Task task = Task.CLASSIFICATION;
    private double threshold = 0.5;
    private Set<String> tumorLabels;
    private @Nullable String sha256;
    private String license = "";
    private String trainingData = "";
    private Map<String, Double> results = Map.of();
    private String measured = "";
    private String notes = "";

    private Builder(String name, ModelInput input, Activation activation, List<String> labels) {
      Arguments.require(!name.isBlank(), "name must not be blank, got '%s'", name);
      Arguments.require(
          !labels.isEmpty() && new HashSet<>(labels).size() == labels.size(),
          "labels must be at least one, each once, got %s",
          labels);
      this.name = name;
      this.input = Objects.requireNonNull(input, "input");
      this.activation = Objects.requireNonNull(activation, "activation");
      this.labels = List.copyOf(labels);
      this.tumorLabels = inOrder(Prediction.tumorLabelsAmong(labels));
    }

    /**
     * Sets the version of the model.
     *
     * @param text the version
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder version(String text) {
      version = Objects.requireNonNull(text, "version");
      return this;
    }

    /**
     * Sets what the model is for.
     *
     * @param text the description
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder description(String text) {
      description = Objects.requireNonNull(text, "description");
      return this;
    }

    /**
     * Sets the kind of network.
     *
     * @param text the architecture
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder architecture(String text) {
      architecture = Objects.requireNonNull(text, "architecture");
      return this;
    }

    /**
     * Sets what the model does. Default: {@link Task#CLASSIFICATION}.
     *
     * @param value the task
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder task(Task value) {
      task = Objects.requireNonNull(value, "task");
      return this;
    }

    /**
     * Sets the probability above which a pixel belongs to the mask. Default: 0.5.
     *
     * @param value above 0 and below 1
     * @return this builder
     * @throws IllegalArgumentException if it is out of range
     */
    @CanIgnoreReturnValue
    public Builder threshold(double value) {
      Arguments.require(value > 0 && value < 1, "threshold must be between 0 and 1, got %s", value);
      threshold = value;
      return this;
    }

    /**
     * Sets the labels that mean that a tumor was found.
     *
     * @param some some of the labels
     * @return this builder
     * @throws IllegalArgumentException if one is not among the labels
     */
    @CanIgnoreReturnValue
    public Builder tumorLabels(Collection<String> some) {
      Arguments.require(
          labels.containsAll(some),
          "tumorLabels must be among the labels %s, got %s",
          labels,
          some);
      tumorLabels = inOrder(some);
      return this;
    }

    private Set<String> inOrder(Collection<String> some) {
      Set<String> sorted = new TreeSet<>(Comparator.comparing(labels::indexOf));
      sorted.addAll(some);
      return Collections.unmodifiableSet(sorted);
    }

    /**
     * Sets the SHA-256 of the ONNX file.
     *
     * @param digits 64 hexadecimal digits
     * @return this builder
     * @throws IllegalArgumentException if it is anything else
     */
    @CanIgnoreReturnValue
    public Builder sha256(String digits) {
      String lowerCase = digits.toLowerCase(Locale.ROOT);
      Arguments.require(
          lowerCase.matches("[0-9a-f]{64}"),
          "sha256 must be 64 hexadecimal digits, got '%s'",
          digits);
      sha256 = lowerCase;
      return this;
    }

    /**
     * Sets the license of the model.
     *
     * @param text the license, best as an SPDX identifier
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder license(String text) {
      license = Objects.requireNonNull(text, "license");
      return this;
    }

    /**
     * Sets what the model was trained on.
     *
     * @param text the data, with origin and license
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder trainingData(String text) {
      trainingData = Objects.requireNonNull(text, "trainingData");
      return this;
    }

    /**
     * Sets measured results.
     *
     * @param values measure to finite value, copied in their order
     * @return this builder
     * @throws IllegalArgumentException if a value is not finite
     */
    @CanIgnoreReturnValue
    public Builder results(Map<String, Double> values) {
      values.forEach(Arguments::requireFinite);
      results = Collections.unmodifiableMap(new LinkedHashMap<>(values));
      return this;
    }

    /**
     * Sets how the results were measured.
     *
     * @param text the data and the protocol
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder measured(String text) {
      measured = Objects.requireNonNull(text, "measured");
      return this;
    }

    /**
     * Sets anything else, such as limits.
     *
     * @param text the notes
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder notes(String text) {
      notes = Objects.requireNonNull(text, "notes");
      return this;
    }

    /**
     * Makes the card.
     *
     * @return the card
     */
    public ModelCard build() {
      return new ModelCard(this);
    }
  }
}

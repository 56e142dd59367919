package io.github.brainimaging.core.inference;

import io.github.brainimaging.core.internal.Arguments;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What a classifier says of an image: a probability for every label, and whether it should have
 * been asked.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @since 0.1.0
 */
public final class Prediction {

  /** What {@link #label()} says where none of several independent labels is likely enough. */
  public static final String NONE = "none";

  private final List<String> labels;
  private final double[] probabilities;
  final Set<String> tumorLabels;
  final boolean independent;

  /** What decides between two labels, or whether an independent one holds. */
  private final double threshold;

  /** Index of the label, -1 if none holds. */
  private final int best;

  private final Trust trust;

  private Prediction(
      List<String> labels,
      double[] probabilities,
      Set<String> tumorLabels,
      boolean independent,
      double threshold,
      Trust trust) {
    int highest = PredictionValues.highest(labels, probabilities, tumorLabels);
    this.labels = List.copyOf(labels);
    this.probabilities = probabilities;
    this.tumorLabels = Set.copyOf(tumorLabels);
    this.independent = independent;
    this.threshold = threshold;
    boolean tumorsOnly = tumorLabels.size() == labels.size();
    this.best =
        independent
            ? PredictionValues.ofIndependent(probabilities, highest, threshold, tumorsOnly)
            : PredictionValues.ofExclusive(probabilities, highest, threshold);
    this.trust = trust;
  }

  /**
   * A prediction whose tumor labels follow {@link #tumorLabelsAmong}.
   *
   * @param labels the classes, each once
   * @param probabilities one value between 0 and 1 per label; copied. They need not sum to 1
   * @return the prediction
   * @throws IllegalArgumentException if the numbers differ, a label stands twice or a value is not
   *     in [0, 1]
   */
  public static Prediction of(List<String> labels, double... probabilities) {
    return of(labels, tumorLabelsAmong(labels), probabilities);
  }

  /**
   * A prediction with the labels that mean a tumor.
   *
   * @param labels the classes, each once
   * @param tumorLabels those of them that mean that a tumor was found
   * @param probabilities one value between 0 and 1 per label; copied
   * @return the prediction
   * @throws IllegalArgumentException if the numbers differ, a label stands twice, a tumor label is
   *     no label or a value is not in [0, 1]
   */
  public static Prediction of(
      List<String> labels, Set<String> tumorLabels, double... probabilities) {
    return plain(labels, tumorLabels, probabilities, false);
  }

  private static Prediction plain(
      List<String> labels, Set<String> tumorLabels, double[] probabilities, boolean independent) {
    return new Prediction(
        labels, probabilities.clone(), tumorLabels, independent, 0.5, Trust.PLAIN);
  }

  Prediction with(double[] values, Trust other) {
    return new Prediction(labels, values, tumorLabels, independent, threshold, other);
  }

  /**
   * A prediction whose labels do not exclude each other, as of a network that ends in sigmoids. A
   * label counts where its probability is above the threshold, 0.5 unless {@link #withThreshold}
   * says otherwise. Where all labels mean a tumor and none counts, the label is {@link #NONE};
   * where some label means that there is none, the highest counts whatever it is.
   *
   * @param labels the classes, each once; one is enough
   * @param tumorLabels those of them that mean that a tumor was found
   * @param probabilities one value between 0 and 1 per label; copied
   * @return the prediction
   * @throws IllegalArgumentException if the numbers differ, a label stands twice, a tumor label is
   *     no label or a value is not in [0, 1]
   */
  public static Prediction ofIndependent(
      List<String> labels, Set<String> tumorLabels, double... probabilities) {
    return plain(labels, tumorLabels, probabilities, true);
  }

  /**
   * The same probabilities, decided elsewhere: of two labels that exclude each other, the second
   * counts where its probability is above the threshold; of independent labels see {@link
   * #ofIndependent}. Of more labels that exclude each other the highest counts always.
   *
   * @param newThreshold above 0 and below 1
   * @return a new prediction
   * @throws IllegalArgumentException if it is out of range
   */
  public Prediction withThreshold(double newThreshold) {
    Arguments.require(
        newThreshold > 0 && newThreshold < 1,
        "threshold must be between 0 and 1, got %s",
        newThreshold);
    return new Prediction(labels, probabilities, tumorLabels, independent, newThreshold, trust);
  }

  /**
   * The labels that mean a tumor, guessed from their names: all but those that say "no tumor",
   * "no", "none", "normal", "normal brain", "control", "HC", "healthy", "negative", "background",
   * "0", or the like. See {@link #doubtfulLabels}.
   *
   * @param labels the classes
   * @return a subset of them
   */
  public static Set<String> tumorLabelsAmong(List<String> labels) {
    return TumorNames.among(labels);
  }

  /**
   * The labels whose names do not tell whether they mean a tumor, such as "benign", "1" beside "0"
   * and "2", or "AD" beside "CN": there {@link #tumorLabelsAmong} is no more than a guess, and
   * somebody must be asked.
   *
   * @param labels the classes
   * @return a part of them, in their order; empty if the names tell
   */
  public static List<String> doubtfulLabels(List<String> labels) {
    return TumorNames.doubtful(labels);
  }

  /**
   * The label with the highest probability, the first of several equal ones, unless {@link
   * #ofIndependent} or {@link #withThreshold} decide otherwise.
   *
   * @return the label, or {@link #NONE}
   */
  public String label() {
    return best < 0 ? NONE : labels.get(best);
  }

  /**
   * The probability of {@link #label()}.
   *
   * @return between 0 and 1; for {@link #NONE} what the highest probability leaves of 1
   */
  public double probability() {
    return probabilityIn(this);
  }

  /**
   * The probability of one label.
   *
   * @param label one of the labels
   * @return between 0 and 1
   * @throws IllegalArgumentException if there is no such label
   */
  public double probability(String label) {
    int i = labels.indexOf(label);
    Arguments.require(i >= 0, "label must be one of %s, got %s", labels, label);
    return probabilities[i];
  }

  /**
   * All labels with their probabilities, in the model's order.
   *
   * @return an unmodifiable map
   */
  public Map<String, Double> probabilities() {
    Map<String, Double> map = new LinkedHashMap<>();
    for (int i = 0; i < probabilities.length; i++) {
      map.put(labels.get(i), probabilities[i]);
    }
    return Collections.unmodifiableMap(map);
  }

  /**
   * Whether {@link #label()} means a tumor.
   *
   * @return true for a tumor
   */
  public boolean isTumor() {
    return best >= 0 && tumorLabels.contains(labels.get(best));
  }

  /**
   * How likely there is a tumor: the sum over the labels that mean one, at most 1; the largest of
   * them where labels are independent.
   *
   * @return 0 to 1; 0 if no label means a tumor
   */
  public double tumorProbability() {
    double sum = 0;
    double largest = 0;
    for (int i = 0; i < probabilities.length; i++) {
      if (tumorLabels.contains(labels.get(i))) {
        sum += probabilities[i];
        largest = Math.max(largest, probabilities[i]);
      }
    }
    return independent ? largest : Math.min(1, sum);
  }

  /**
   * Whether the image is of the kind that the classifier was made for. The probabilities are there
   * whatever it says; of an image that is out of the domain they mean nothing.
   *
   * @return in the domain unless the classifier says otherwise
   */
  public Assessment assessment() {
    return trust.assessment();
  }

  /**
   * The same probabilities with another assessment.
   *
   * @param other what is thought of the image
   * @return a new prediction
   */
  public Prediction withAssessment(Assessment other) {
    Objects.requireNonNull(other, "other");
    return with(probabilities, new Trust(other, trust.sets(), trust.uncertainty()));
  }

  /**
   * The same probabilities, with what is known of how often they are right.
   *
   * @param known fitted to this classifier's answers, or {@link ConformalSets#none}
   * @return a new prediction
   * @throws IllegalArgumentException if it is of other labels, or these do not exclude each other
   */
  public Prediction withSets(ConformalSets known) {
    Arguments.require(
        known.scores().isEmpty()
            || (!independent && known.scores().keySet().equals(Set.copyOf(labels))),
        "sets must be of the labels %s, which must exclude each other, got %s",
        labels,
        known);
    return with(probabilities, new Trust(trust.assessment(), known, trust.uncertainty()));
  }

  /**
   * The labels among which the true one is, with the coverage chosen when the sets were fitted.
   *
   * @return the most probable first; the set itself may be empty, see {@link ConformalSets.Method}.
   *     Nothing where the classifier has no sets
   */
  public Optional<Set<String>> set() {
    return set(trust.sets().coverage());
  }

  /**
   * The labels among which the true one is in that share of the cases that are like those that the
   * sets were fitted to.
   *
   * @param coverage above 0 and below 1, such as 0.95
   * @return as {@link #set()}
   * @throws IllegalArgumentException if the coverage is out of range
   */
  public Optional<Set<String>> set(double coverage) {
    return trust.sets().scores().isEmpty()
        ? Optional.empty()
        : Optional.of(trust.sets().labels(probabilities(), coverage));
  }

  /**
   * Whether {@link #set()} names more than one label, or none: an answer for a person to look at.
   *
   * @return false also where the classifier has no sets
   */
  public boolean isUnsure() {
    return set().map(labelsInIt -> labelsInIt.size() != 1).orElse(false);
  }

  /**
   * What {@link #set()} was fitted to.
   *
   * @return {@link ConformalSets#none} where the classifier has no sets
   */
  public ConformalSets sets() {
    return trust.sets();
  }

  /**
   * How much the runs disagree of which this is the mean, such as those of an ensemble.
   *
   * @return nothing where there was one run, or nobody looked
   */
  public Optional<Uncertainty> uncertainty() {
    return trust.uncertainty();
  }

  /**
   * The mean of several runs of the same question, with what they disagree about.
   *
   * @param runs one or more, with equal labels and equal tumor labels
   * @return {@link #mean} with equal weights, and {@link #uncertainty}
   * @throws IllegalArgumentException if there are none or the labels differ
   */
  public static Prediction ofRuns(List<Prediction> runs) {
    Prediction mean = mean(runs, runs.stream().mapToDouble(run -> 1).toArray());
    Optional<Uncertainty> disagreement = Optional.of(Uncertainty.of(runs, mean));
    return mean.with(
        mean.probabilities, new Trust(mean.trust.assessment(), mean.trust.sets(), disagreement));
  }

  /** What another prediction of the same labels gives the label of this one. */
  double probabilityIn(Prediction other) {
    return best < 0
        ? 1 - Arrays.stream(other.probabilities).max().orElseThrow()
        : other.probabilities[best];
  }

  /**
   * The mean of several predictions, each with a weight; its assessment is the worst of those with
   * a weight. It has no sets, since what was learned of single answers does not hold for means.
   *
   * @param predictions one or more, with equal labels and equal tumor labels
   * @param weights one per prediction, 0 or more, not all 0
   * @return the weighted mean of each probability
   * @throws IllegalArgumentException if there are none, the labels differ or a weight is out of
   *     range
   */
  public static Prediction mean(List<Prediction> predictions, double... weights) {
    Arguments.require(
        !predictions.isEmpty() && predictions.size() == weights.length,
        "weights must be one per prediction, got %s for %s predictions",
        weights.length,
        predictions.size());
    Prediction first = predictions.get(0);
    Assessment worst = Assessment.inDomain();
    for (int p = 0; p < weights.length; p++) {
      Prediction other = predictions.get(p);
      Arguments.require(
          other.with(first.probabilities, first.trust).equals(first),
          "predictions must have equal labels and thresholds, got %s and %s",
          first.labels,
          other.labels);
      worst = weights[p] > 0 ? worst.and(other.assessment()) : worst;
    }
    double[] means =
        WeightedMean.of(predictions.stream().map(p -> p.probabilities).toList(), weights);
    return first.with(means, new Trust(worst, ConformalSets.none(), Optional.empty()));
  }

  /**
   * Equal labels in equal order, tumor labels, threshold, assessment, sets, uncertainty and
   * probabilities, bit for bit.
   */
  @Override
  public boolean equals(Object other) {
    return other instanceof Prediction that
        && labels.equals(that.labels)
        && tumorLabels.equals(that.tumorLabels)
        && trust.equals(that.trust)
        && independent == that.independent
        && threshold == that.threshold
        && Arrays.equals(probabilities, that.probabilities);
  }

  @Override
  public int hashCode() {
    return 31 * labels.hashCode() + Arrays.hashCode(probabilities);
  }

  /**
   * The label and all probabilities, such as {@code glioma (glioma 0.97, notumor 0.03)}, and a
   * doubt where there is one.
   */
  @Override
  public String toString() {
    String doubt = assessment().reasons().isEmpty() ? "" : ", " + assessment();
    return label() + " (" + PredictionValues.text(labels, probabilities) + ")" + doubt;
  }
}

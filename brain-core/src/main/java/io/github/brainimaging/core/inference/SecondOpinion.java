package io.github.brainimaging.core.inference;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.internal.LogOdds;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A classifier that asks another one whether there is a tumor, unless it is certain of one itself.
 *
 * <p>Where a classifier has seen tumors in one sequence and healthy heads in several, it has
 * learned the sequence: that it finds no tumor in another one says little, whatever its
 * probability. A second classifier that has learned something else may know better. The log-odds of
 * a tumor are then those of the second and {@link #withWeight a share} of those of the first,
 * divided by a {@link #withTemperature temperature}; the tumor labels keep their proportions, and
 * so do the others. Where both disagree about a tumor, the answer is doubtful and says so. Its sets
 * of labels are those that the first was given: whether they hold the true label as often as they
 * promise must be measured, as docs/domain.md does. It has no uncertainty, which would be of the
 * first's answer.
 *
 * <p>The second is not asked where the first is {@link #withCertainty certain} of a tumor, or finds
 * the image out of its domain.
 *
 * <p>Immutable and as safe to share between threads as both classifiers, which stay their owner's
 * to close.
 *
 * @since 0.1.0
 */
public final class SecondOpinion implements Classifier {

  private static final double DEFAULT_CERTAINTY = 0.99;
  private static final double DEFAULT_WEIGHT = 0.2;
  private static final double DEFAULT_TEMPERATURE = 0.8;
  private static final double HALF = 0.5;

  /** Probabilities are no nearer to 0 and 1 than this. */
  private static final double LEAST = 1e-4;

  private final Classifier first;
  private final Classifier second;
  private final double weight;
  private final double temperature;
  private final double certainty;

  private SecondOpinion(
      Classifier first, Classifier second, double weight, double temperature, double certainty) {
    this.first = Objects.requireNonNull(first, "first");
    this.second = Objects.requireNonNull(second, "second");
    this.weight = weight;
    this.temperature = temperature;
    this.certainty = certainty;
  }

  /**
   * A classifier with a second opinion.
   *
   * @param first gives the labels, which exclude each other; some mean a tumor, some do not
   * @param second asked for its {@link Prediction#tumorProbability} only
   * @return the classifier
   */
  public static SecondOpinion of(Classifier first, Classifier second) {
    return new SecondOpinion(first, second, DEFAULT_WEIGHT, DEFAULT_TEMPERATURE, DEFAULT_CERTAINTY);
  }

  /**
   * The same with another say of the first.
   *
   * @param share what the log-odds of the first count where the second is asked, 0 to 1; 0.2 by
   *     default, which is for the embedded classifiers: see docs/domain.md
   * @return a new classifier
   * @throws IllegalArgumentException if it is out of range
   */
  public SecondOpinion withWeight(double share) {
    return new SecondOpinion(
        first, second, Arguments.requireShare("weight", share), temperature, certainty);
  }

  /**
   * The same, surer or less sure of what both say together.
   *
   * @param newTemperature divides the common log-odds, above 0; 0.8 by default, which makes the
   *     probabilities of the embedded classifiers come true about as often as they say: see
   *     docs/domain.md
   * @return a new classifier
   * @throws IllegalArgumentException if it is not positive and finite
   */
  public SecondOpinion withTemperature(double newTemperature) {
    Arguments.requirePositive("temperature", newTemperature);
    return new SecondOpinion(first, second, weight, newTemperature, certainty);
  }

  /**
   * The same, asking more or less often. To see what moves the common answer, as an {@code
   * Explainer} does with changed images, ask always: at the border the answer jumps.
   *
   * @param probability of a tumor, from which on the first is certain of it and the second is not
   *     asked: 0 to 1, 0.99 by default. At 1 the second is all but always asked
   * @return a new classifier
   * @throws IllegalArgumentException if it is out of range
   */
  public SecondOpinion withCertainty(double probability) {
    return new SecondOpinion(
        first, second, weight, temperature, Arguments.requireShare("certainty", probability));
  }

  /** Those of the first. */
  @Override
  public List<String> labels() {
    return first.labels();
  }

  /**
   * Classifies one image.
   *
   * @param image the image as read
   * @return the answer of the first, changed where the second was asked
   * @throws IllegalArgumentException if the second is asked and the labels of the first do not
   *     exclude each other, or all or none mean a tumor
   */
  @Override
  public Prediction classify(MedicalImage image) {
    Prediction said = first.classify(image);
    return asks(said) ? agreed(said, second.classify(image)) : said;
  }

  @Override
  public List<Prediction> classifyAll(List<MedicalImage> images) {
    List<Prediction> said = new ArrayList<>(first.classifyAll(images));
    List<Integer> open = new ArrayList<>();
    for (int i = 0; i < said.size(); i++) {
      if (asks(said.get(i))) {
        open.add(i);
      }
    }
    List<Prediction> other = second.classifyAll(open.stream().map(images::get).toList());
    for (int i = 0; i < open.size(); i++) {
      said.set(open.get(i), agreed(said.get(open.get(i)), other.get(i)));
    }
    return said;
  }

  /**
   * Whether the second is asked.
   *
   * @param said what the first says of an image
   * @return false where the first is certain of a tumor, or finds the image out of its domain
   */
  public boolean asks(Prediction said) {
    return said.assessment().answers() && said.tumorProbability() < certainty;
  }

  private Prediction agreed(Prediction said, Prediction other) {
    double own = said.tumorProbability();
    double others = other.tumorProbability();
    double evidence = LogOdds.of(others, LEAST) + weight * LogOdds.of(own, LEAST);
    double[] values = shared(said, LogOdds.probability(evidence / temperature));
    Trust trust = new Trust(said.assessment(), said.sets(), Optional.empty());
    Prediction both = said.with(values, trust);
    boolean differ = own >= HALF != others >= HALF;
    return differ || both.isTumor() != said.isTumor()
        ? both.withAssessment(said.assessment().and(disagreement(own)))
        : both;
  }

  /** Without figures: of a volume, equal reasons are counted. */
  private static Assessment disagreement(double own) {
    return new Assessment(
        Assessment.Verdict.DOUBTFUL,
        List.of(
            own >= HALF
                ? "two opinions: the classifier alone gives a tumor, the second one hardly"
                : "two opinions: the classifier alone finds no tumor, the second one does"));
  }

  /** The same proportions among tumors, and among the others. */
  private static double[] shared(Prediction said, double tumor) {
    int tumors = said.tumorLabels.size();
    int others = said.probabilities().size() - tumors;
    Arguments.require(
        !said.independent && tumors > 0 && others > 0,
        "a second opinion needs labels that exclude each other, with a tumor and without, got %s",
        said);
    double before = said.tumorProbability();
    List<Double> values = new ArrayList<>();
    said.probabilities()
        .forEach(
            (label, value) ->
                values.add(
                    said.tumorLabels.contains(label)
                        ? share(value, before, tumor, tumors)
                        : share(value, 1 - before, 1 - tumor, others)));
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static double share(double value, double before, double now, int labels) {
    return before > 0 ? Math.min(1, now * value / before) : now / labels;
  }

  /** Both classifiers. */
  @Override
  public String toString() {
    return "SecondOpinion["
        + first
        + ", "
        + second
        + ", weight="
        + weight
        + ", temperature="
        + temperature
        + ", certainty="
        + certainty
        + "]";
  }
}

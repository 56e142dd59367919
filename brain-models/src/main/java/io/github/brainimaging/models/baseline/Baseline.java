package io.github.brainimaging.models.baseline;

import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.internal.OptionalLibrary;
import io.github.brainimaging.core.tensor.Tensor;
import java.util.List;

/**
 * The classical classifiers that P4 holds its networks against, on features that a network gives:
 *
 * <pre>{@code
 * FittedBaseline forest = Baseline.RANDOM_FOREST.fit(labels, features, truth, 1);
 * Prediction prediction = forest.classify(other);
 * }</pre>
 *
 * <p>Fitting and predicting are Tribuo's ({@code org.tribuo}, an optional dependency). P4 names the
 * methods only; the settings are stated below and are those usual in the field. Equal features,
 * labels and seeds give equal classifiers.
 *
 * @since 0.1.0
 */
public enum Baseline {
  /** Multinomial naive Bayes (smoothing 1) on features brought to [0, 1]. */
  NAIVE_BAYES("naive Bayes", true),

  /** 100 trees, each split among the square root of the features, decided by vote. */
  RANDOM_FOREST("random forest", false),

  /** One tree of at most 6 levels by Gini impurity, with at least 5 examples where it splits. */
  DECISION_TREE("decision tree", false),

  /**
   * A support vector machine with radial kernel: cost 1, gamma 1 / number of features, on
   * standardized features, its probabilities by Platt's fit. Libsvm, whose it is, prints no more
   * from then on in this JVM.
   */
  SUPPORT_VECTORS("support vector machine", false),

  /** The vote of the 5 nearest neighbors by Euclidean distance, on standardized features. */
  NEAREST_NEIGHBORS("k-nearest neighbors", false);

  private final String words;
  private final boolean toUnit;

  Baseline(String words, boolean toUnit) {
    this.words = words;
    this.toUnit = toUnit;
  }

  /**
   * Fits it.
   *
   * @param labels the classes
   * @param features of each example, all of one size, finite; the shape does not matter
   * @param truth the class of each example, as an index into {@code labels}; at least two classes
   *     occur
   * @param seed of what is random in forests and in the fit of probabilities
   * @return the classifier
   * @throws IllegalArgumentException if the numbers do not fit each other, or only one class occurs
   * @throws IllegalStateException if Tribuo is not on the class path
   */
  public FittedBaseline fit(
      List<String> labels, List<Tensor> features, List<Integer> truth, long seed) {
    OptionalLibrary.TRIBUO.require();
    Arguments.require(
        features.size() == truth.size(),
        "truth must have a class for each of %s features, got %s",
        features.size(),
        truth.size());
    Arguments.require(
        truth.stream().distinct().count() > 1,
        "truth must hold two classes or more, got %s examples of one",
        truth.size());
    int size = features.get(0).size();
    FeatureScale scale = toUnit ? FeatureScale.unit(features) : FeatureScale.standard(features);
    return FittedBaseline.of(this, labels, features, truth, scale, Trainers.of(this, size, seed));
  }

  /** What people call it. */
  @Override
  public String toString() {
    return words;
  }
}

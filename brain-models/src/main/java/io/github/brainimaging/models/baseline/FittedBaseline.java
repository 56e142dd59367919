package io.github.brainimaging.models.baseline;

import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.tensor.Tensor;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.Trainer;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/**
 * A classical classifier that {@link Baseline#fit} has fitted. Immutable; one thread at a time
 * predicts.
 *
 * @since 0.1.0
 */
public final class FittedBaseline {

  private final Baseline kind;
  private final List<String> labels;
  private final FeatureScale scale;
  private final String[] names;
  private final Model<Label> model;

  private FittedBaseline(
      Baseline kind, List<String> labels, FeatureScale scale, String[] names, Model<Label> model) {
    this.kind = kind;
    this.labels = labels;
    this.scale = scale;
    this.names = names;
    this.model = model;
  }

  static FittedBaseline of(
      Baseline kind,
      List<String> labels,
      List<Tensor> features,
      List<Integer> truth,
      FeatureScale scale,
      Trainer<Label> trainer) {
    LabelFactory factory = new LabelFactory();
    MutableDataset<Label> examples =
        new MutableDataset<>(new SimpleDataSourceProvenance("features", factory), factory);
    String[] names = names(features.get(0).size());
    for (int i = 0; i < features.size(); i++) {
      Label label = new Label(labels.get(truth.get(i)));
      examples.add(new ArrayExample<>(label, names, scale.apply(features.get(i))));
    }
    return new FittedBaseline(kind, List.copyOf(labels), scale, names, trainer.train(examples));
  }

  /** In the order that Tribuo sorts them, so that it does not copy them. */
  private static String[] names(int size) {
    return IntStream.range(0, size)
        .mapToObj(i -> String.format(Locale.ROOT, "f%07d", i))
        .toArray(String[]::new);
  }

  /**
   * The classes that it tells apart.
   *
   * @return in the order of predictions
   */
  public List<String> labels() {
    return labels;
  }

  /**
   * Classifies an example.
   *
   * @param features as many as those that it was fitted to, finite
   * @return a probability for each label; 0 for one that no example had
   * @throws IllegalArgumentException if there are more or fewer, or one is not finite
   */
  public synchronized Prediction classify(Tensor features) {
    Label unknown = LabelFactory.UNKNOWN_LABEL;
    Map<String, Label> scores =
        model.predict(new ArrayExample<>(unknown, names, scale.apply(features))).getOutputScores();
    double[] probabilities =
        labels.stream()
            .mapToDouble(label -> scores.containsKey(label) ? scores.get(label).getScore() : 0)
            .toArray();
    return Prediction.of(labels, probabilities);
  }

  @Override
  public String toString() {
    return kind + " on " + names.length + " features, classes " + labels;
  }
}

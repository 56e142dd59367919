package io.github.brainimaging.models.onnx;

import io.github.brainimaging.core.geometry.AnatomicalPlane;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.ScanFacts;
import io.github.brainimaging.core.image.ScanFacts.Fact;
import io.github.brainimaging.core.slice.SliceSampling;
import io.github.brainimaging.models.card.ModelException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Recognizes from an image of a head what its file does not say: CT or MR, the sequence, the plane,
 * and whether the skull was stripped. A logistic regression for each fact on features that the
 * embedded classifier computes on its way; docs/domain.md says how often it is right, which is not
 * always: contrast T1 and T1 without a bright lesion look alike, and FLAIR of other scanners is
 * often missed.
 *
 * <pre>{@code
 * try (ScanRecognizer recognizer = ScanRecognizer.embedded()) {
 *   ScanFacts facts = image.facts().and(recognizer.recognize(image));
 * }
 * }</pre>
 *
 * <p>It takes everything for a head: whether an image is one, {@link OnnxClassifier#assess} says.
 *
 * <p>Safe to share between threads. Holds native memory: whoever opens one closes it.
 *
 * @since 0.1.0
 */
public final class ScanRecognizer implements AutoCloseable {

  /** The layer whose values it looks at: 192 of the embedded classifier. */
  public static final String LAYER = "domain_features";

  private static final String WEIGHTS = "scan-recognizer.csv";
  private static final String CT = "CT";
  private static final String SOURCE = "image";

  /** Likelier than all other answers together. */
  private static final double LEAST = 0.5;

  private static final int SLICES = 9;

  private final FeatureExtractor extractor;
  private final Map<String, List<Answer>> answers;

  /** One answer of several: its score is the bias and the weighted sum of the features. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Answer(String value, double bias, double[] weights) {

    double score(float[] features) {
      double sum = bias;
      for (int i = 0; i < weights.length; i++) {
        sum += weights[i] * features[i];
      }
      return sum;
    }
  }

  private ScanRecognizer(FeatureExtractor extractor, Map<String, List<Answer>> answers) {
    this.extractor = extractor;
    this.answers = answers;
  }

  /**
   * The recognizer that this library brings along.
   *
   * @return a new recognizer, to be closed by the caller
   * @throws ModelException if it cannot be loaded
   */
  public static ScanRecognizer embedded() {
    Map<String, List<Answer>> answers = read();
    return new ScanRecognizer(FeatureExtractor.ofLayer(ModelSource.embedded(), LAYER), answers);
  }

  private static Map<String, List<Answer>> read() {
    Map<String, List<Answer>> all = new LinkedHashMap<>();
    for (String line : WeightLines.of(WEIGHTS)) {
      String[] fields = line.split(",", -1);
      double[] weights = new double[fields.length - 3];
      for (int i = 0; i < weights.length; i++) {
        weights[i] = Double.parseDouble(fields[i + 3]);
      }
      all.computeIfAbsent(fields[0], key -> new ArrayList<>())
          .add(new Answer(fields[1], Double.parseDouble(fields[2]), weights));
    }
    return all;
  }

  /**
   * What an image looks like.
   *
   * @param image a slice of a head as read, gray or RGB, of any size
   * @return modality, sequence, plane and skull, each with its probability, which is at least a
   *     half; what is less sure is left out
   * @throws IllegalArgumentException if the image has neither 1 nor 3 channels, or NaN or infinite
   *     samples that reach the network
   * @throws ModelException if the run fails
   * @throws IllegalStateException if the recognizer is closed
   */
  public ScanFacts recognize(MedicalImage image) {
    return facts(List.of(image));
  }

  /**
   * What a volume looks like: the mean over nine slices of the plane in which it was acquired.
   *
   * @param volume a head
   * @return as of an image, without the plane
   * @throws IllegalArgumentException as of an image
   * @throws ModelException if the run fails
   * @throws IllegalStateException if the recognizer is closed
   */
  public ScanFacts recognize(MedicalVolume volume) {
    AnatomicalPlane plane = AnatomicalPlane.acquired(volume.grid());
    ScanFacts all = facts(SliceSampling.equallySpaced(plane, SLICES).slices(volume));
    return new ScanFacts(
        all.facts().stream().filter(fact -> !fact.name().equals(ScanFacts.PLANE)).toList());
  }

  private ScanFacts facts(List<MedicalImage> images) {
    List<float[]> features =
        images.stream().map(image -> extractor.extract(image).toArray()).toList();
    List<Fact> facts = new ArrayList<>();
    answers.forEach(
        (name, all) -> {
          double[] mean = new double[all.size()];
          for (float[] one : features) {
            double[] p = probabilities(all, one);
            for (int i = 0; i < p.length; i++) {
              mean[i] += p[i] / features.size();
            }
          }
          if (name.equals(ScanFacts.SEQUENCE)) {
            facts.add(modality(all, mean));
          }
          best(name, all, mean).ifPresent(facts::add);
        });
    return new ScanFacts(facts);
  }

  private static double[] probabilities(List<Answer> all, float[] features) {
    double[] p = all.stream().mapToDouble(answer -> answer.score(features)).toArray();
    double highest = Double.NEGATIVE_INFINITY;
    for (double score : p) {
      highest = Math.max(highest, score);
    }
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      p[i] = Math.exp(p[i] - highest);
      sum += p[i];
    }
    for (int i = 0; i < p.length; i++) {
      p[i] /= sum;
    }
    return p;
  }

  /** CT is one answer among the sequences; all others are of MR. */
  private static Fact modality(List<Answer> all, double[] p) {
    double ct = 0;
    for (int i = 0; i < p.length; i++) {
      ct += all.get(i).value().equals(CT) ? p[i] : 0;
    }
    return new Fact(ScanFacts.MODALITY, ct > LEAST ? CT : "MR", SOURCE, Math.max(ct, 1 - ct));
  }

  private static Optional<Fact> best(String name, List<Answer> all, double[] p) {
    int best = 0;
    for (int i = 1; i < p.length; i++) {
      best = p[i] > p[best] ? i : best;
    }
    String value = all.get(best).value();
    return p[best] < LEAST || value.equals(CT)
        ? Optional.empty()
        : Optional.of(new Fact(name, value, SOURCE, Math.min(1, p[best])));
  }

  /** Frees the native memory. Closing twice does nothing. */
  @Override
  public void close() {
    extractor.close();
  }
}

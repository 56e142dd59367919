package io.github.brainimaging.core.uncertainty;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.inference.Classifier;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.inference.Segmentation;
import io.github.brainimaging.core.inference.Segmenter;
import io.github.brainimaging.core.inference.VolumeClassifier;
import io.github.brainimaging.core.inference.VolumePrediction;
import io.github.brainimaging.core.inference.VolumeSegmentation;
import io.github.brainimaging.core.inference.VolumeSegmenter;
import io.github.brainimaging.core.internal.Arguments;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks several models and gives the mean of what they say: a deep ensemble, if they are networks
 * that were trained from different random starts (B. Lakshminarayanan et al., "Simple and scalable
 * predictive uncertainty estimation using deep ensembles", 2017).
 *
 * <p>The models stay the caller's to close. What is made here is as safe to share between threads
 * as they are.
 *
 * @since 0.1.0
 */
public final class Ensemble {

  private Ensemble() {}

  /**
   * A classifier that gives the mean of the probabilities, with {@link Prediction#uncertainty}. An
   * image that is out of the domain of one of them is out of that of all.
   *
   * @param members two or more, of equal labels
   * @return the classifier
   * @throws IllegalArgumentException if there are fewer, or labels differ
   */
  public static Classifier ofClassifiers(List<? extends Classifier> members) {
    return new Classifiers(members);
  }

  /**
   * A segmenter that gives where the mean of the probabilities exceeds the mean of the thresholds,
   * with {@link Segmentation#uncertainty}.
   *
   * @param members two or more
   * @return the segmenter
   * @throws IllegalArgumentException if there are fewer
   */
  public static Segmenter ofSegmenters(List<? extends Segmenter> members) {
    return new Segmenters(members);
  }

  /**
   * The same of classifiers of volumes. The slices told are those of the first.
   *
   * @param members two or more, of equal labels
   * @return the classifier
   * @throws IllegalArgumentException if there are fewer, or labels differ
   */
  public static VolumeClassifier ofVolumeClassifiers(List<? extends VolumeClassifier> members) {
    return new VolumeClassifiers(members);
  }

  /**
   * A segmenter that gives the voxels that half of the segmenters or more find, with {@link
   * VolumeSegmentation#uncertainty}.
   *
   * @param members two or more
   * @return the segmenter
   * @throws IllegalArgumentException if there are fewer
   */
  public static VolumeSegmenter ofVolumeSegmenters(List<? extends VolumeSegmenter> members) {
    return new VolumeSegmenters(members);
  }

  private static void requireSeveral(List<?> members) {
    Arguments.require(members.size() >= 2, "members must be at least 2, got %s", members.size());
  }

  /** Two or more lists of labels, all the same. */
  private static void requireEqual(List<List<String>> labels) {
    requireSeveral(labels);
    for (List<String> other : labels) {
      Arguments.require(
          other.equals(labels.get(0)),
          "members must have equal labels, got %s and %s",
          labels.get(0),
          other);
    }
  }

  private record Classifiers(List<? extends Classifier> members) implements Classifier {

    Classifiers {
      members = List.copyOf(members);
      requireEqual(members.stream().map(Classifier::labels).toList());
    }

    @Override
    public List<String> labels() {
      return members.get(0).labels();
    }

    @Override
    public Prediction classify(MedicalImage image) {
      return Prediction.ofRuns(members.stream().map(member -> member.classify(image)).toList());
    }

    @Override
    public List<Prediction> classifyAll(List<MedicalImage> images) {
      List<List<Prediction>> answers =
          members.stream().map(member -> member.classifyAll(images)).toList();
      List<Prediction> means = new ArrayList<>(images.size());
      for (int i = 0; i < images.size(); i++) {
        int image = i;
        means.add(Prediction.ofRuns(answers.stream().map(all -> all.get(image)).toList()));
      }
      return means;
    }

    @Override
    public String toString() {
      return "Ensemble" + members;
    }
  }

  private record Segmenters(List<? extends Segmenter> members) implements Segmenter {

    Segmenters {
      members = List.copyOf(members);
      requireSeveral(members);
    }

    private List<MedicalImage> maps(MedicalImage image) {
      return members.stream().map(member -> member.probabilities(image)).toList();
    }

    @Override
    public Segmentation segment(MedicalImage image) {
      return Segmentation.ofRuns(maps(image), threshold());
    }

    @Override
    public MedicalImage probabilities(MedicalImage image) {
      return segment(image).uncertainty().orElseThrow().probabilities();
    }

    @Override
    public double threshold() {
      return members.stream().mapToDouble(Segmenter::threshold).average().orElseThrow();
    }

    @Override
    public String toString() {
      return "Ensemble" + members;
    }
  }

  private record VolumeClassifiers(List<? extends VolumeClassifier> members)
      implements VolumeClassifier {

    VolumeClassifiers {
      members = List.copyOf(members);
      requireEqual(members.stream().map(VolumeClassifier::labels).toList());
    }

    @Override
    public List<String> labels() {
      return members.get(0).labels();
    }

    @Override
    public Prediction classify(MedicalVolume volume) {
      return classifySlices(volume).prediction();
    }

    @Override
    public VolumePrediction classifySlices(MedicalVolume volume) {
      return VolumePrediction.ofRuns(
          members.stream().map(member -> member.classifySlices(volume)).toList());
    }

    @Override
    public String toString() {
      return "Ensemble" + members;
    }
  }

  private record VolumeSegmenters(List<? extends VolumeSegmenter> members)
      implements VolumeSegmenter {

    VolumeSegmenters {
      members = List.copyOf(members);
      requireSeveral(members);
    }

    @Override
    public VolumeSegmentation segment(MedicalVolume volume) {
      return VolumeSegmentation.ofRuns(
          members.stream().map(member -> member.segment(volume)).toList());
    }

    @Override
    public String toString() {
      return "Ensemble" + members;
    }
  }
}

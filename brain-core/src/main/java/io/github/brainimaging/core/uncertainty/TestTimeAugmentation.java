package io.github.brainimaging.core.uncertainty;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.inference.Assessment;
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
import java.util.Random;
import java.util.function.Function;

/**
 * Asks one model about an image and changed copies of it, and gives the mean of what it says (G.
 * Wang et al., "Aleatoric uncertainty estimation with test-time augmentation for medical image
 * segmentation with convolutional neural networks", 2019). The first look is at the image as it is;
 * every second one at its mirror image; all others are a little turned, shifted and of another
 * contrast. Maps of segmenters are put back on the grid of the image before the mean is taken.
 *
 * <p>The changes are drawn once from the seed and are the same for all images, so the same image
 * gives the same answer, from however many threads. Costs as many runs of the model as there are
 * looks.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @since 0.1.0
 */
public final class TestTimeAugmentation {

  private final int runs;
  private final boolean mirrored;
  private final double rotationDegrees;
  private final double shift;
  private final double gamma;
  private final long seed;

  private TestTimeAugmentation(
      int runs, boolean mirrored, double rotationDegrees, double shift, double gamma, long seed) {
    this.runs = runs;
    this.mirrored = mirrored;
    this.rotationDegrees = rotationDegrees;
    this.shift = shift;
    this.gamma = gamma;
    this.seed = seed;
  }

  /**
   * Eight looks, half of them mirrored, turned by up to 10 degrees, shifted by up to 0.03 of the
   * size, gamma from 1/1.3 to 1.3, seed 1. Own choices, about what networks of the library are
   * trained with; docs/uncertainty.md tells what they are worth.
   *
   * @return the augmentation
   */
  public static TestTimeAugmentation withDefaults() {
    return new TestTimeAugmentation(8, true, 10, 0.03, 1.3, 1);
  }

  /**
   * The same with another number of looks.
   *
   * @param number at least 2
   * @return a new augmentation
   * @throws IllegalArgumentException if it is smaller
   */
  public TestTimeAugmentation withRuns(int number) {
    Arguments.require(number >= 2, "runs must be at least 2, got %s", number);
    return new TestTimeAugmentation(number, mirrored, rotationDegrees, shift, gamma, seed);
  }

  /**
   * The same with or without mirror images: without where left and right matter to the model.
   *
   * @param on whether every second look is at the mirror image
   * @return a new augmentation
   */
  public TestTimeAugmentation withMirrored(boolean on) {
    return new TestTimeAugmentation(runs, on, rotationDegrees, shift, gamma, seed);
  }

  /**
   * The same with another rotation.
   *
   * @param largest largest angle in degrees in either direction, 0 to 180
   * @return a new augmentation
   * @throws IllegalArgumentException if it is out of range
   */
  public TestTimeAugmentation withRotationDegrees(double largest) {
    Arguments.require(
        largest >= 0 && largest <= 180, "rotationDegrees must be 0 to 180, got %s", largest);
    return new TestTimeAugmentation(runs, mirrored, largest, shift, gamma, seed);
  }

  /**
   * The same with another shift.
   *
   * @param largest largest shift in either direction, as a fraction of the width (x) and of the
   *     height (y), 0 to 1
   * @return a new augmentation
   * @throws IllegalArgumentException if it is out of range
   */
  public TestTimeAugmentation withShift(double largest) {
    Arguments.requireShare("shift", largest);
    return new TestTimeAugmentation(runs, mirrored, rotationDegrees, largest, gamma, seed);
  }

  /**
   * The same with other changes of the contrast.
   *
   * @param largest largest exponent of the gray values between the smallest and the largest of an
   *     image, 1 or more; the smallest is its reciprocal
   * @return a new augmentation
   * @throws IllegalArgumentException if it is below 1 or not finite
   */
  public TestTimeAugmentation withGamma(double largest) {
    Arguments.require(
        largest >= 1 && largest < Double.POSITIVE_INFINITY,
        "gamma must be 1 or more, got %s",
        largest);
    return new TestTimeAugmentation(runs, mirrored, rotationDegrees, shift, largest, seed);
  }

  /**
   * The same with other draws.
   *
   * @param newSeed any number
   * @return a new augmentation
   */
  public TestTimeAugmentation withSeed(long newSeed) {
    return new TestTimeAugmentation(runs, mirrored, rotationDegrees, shift, gamma, newSeed);
  }

  /**
   * A classifier that gives the mean of all looks, with {@link Prediction#uncertainty}. Whether an
   * image is in the domain is told by the first look.
   *
   * @param classifier is asked; stays the caller's to close
   * @return the classifier
   */
  public Classifier around(Classifier classifier) {
    return new OfClassifier(classifier, poses(), this);
  }

  /**
   * A segmenter that gives where the mean of all looks exceeds the segmenter's threshold, with
   * {@link Segmentation#uncertainty}.
   *
   * @param segmenter is asked for its probabilities; stays the caller's to close
   * @return the segmenter
   */
  public Segmenter around(Segmenter segmenter) {
    return new OfSegmenter(segmenter, looks(segmenter), this);
  }

  /**
   * A classifier of volumes that gives the mean of all looks, with {@link Prediction#uncertainty}.
   * Whether a volume is in the domain, and what was said of its slices, is told by the first look.
   *
   * @param classifier is asked; stays the caller's to close
   * @param slicewise makes a classifier of volumes of one of slices, such as {@code slices ->
   *     SliceClassifier.of(slices, sampling, rule)}
   * @return the classifier
   */
  public VolumeClassifier around(
      Classifier classifier, Function<Classifier, VolumeClassifier> slicewise) {
    return new OfVolumeClassifier(
        poses().stream().map(pose -> slicewise.apply(new OneLook(classifier, pose))).toList(),
        this);
  }

  /**
   * A segmenter of volumes that gives the voxels that half of the looks or more find, with {@link
   * VolumeSegmentation#uncertainty}.
   *
   * @param segmenter is asked for its probabilities; stays the caller's to close
   * @param slicewise makes a segmenter of volumes of one of slices, such as {@code
   *     SliceSegmenter::of}; what it cleans up is cleaned up in each look
   * @return the segmenter
   */
  public VolumeSegmenter around(
      Segmenter segmenter, Function<Segmenter, VolumeSegmenter> slicewise) {
    return Ensemble.ofVolumeSegmenters(looks(segmenter).stream().map(slicewise).toList());
  }

  private List<Segmenter> looks(Segmenter segmenter) {
    return poses().stream().<Segmenter>map(pose -> new OneMask(segmenter, pose)).toList();
  }

  private List<Pose> poses() {
    List<Pose> poses = new ArrayList<>(List.of(Pose.PLAIN));
    Random random = new Random(seed);
    for (int i = 1; i < runs; i++) {
      poses.add(Pose.draw(mirrored && i % 2 == 1, rotationDegrees, shift, gamma, random));
    }
    return poses;
  }

  private record OfClassifier(Classifier asked, List<Pose> poses, TestTimeAugmentation options)
      implements Classifier {

    @Override
    public List<String> labels() {
      return asked.labels();
    }

    @Override
    public Prediction classify(MedicalImage image) {
      List<Prediction> runs =
          asked.classifyAll(poses.stream().map(pose -> pose.apply(image)).toList());
      Prediction mean = Prediction.ofRuns(runs);
      return mean.withAssessment(told(runs, mean));
    }

    @Override
    public String toString() {
      return options + " around " + asked;
    }
  }

  private record OfSegmenter(Segmenter asked, List<Segmenter> looks, TestTimeAugmentation options)
      implements Segmenter {

    @Override
    public Segmentation segment(MedicalImage image) {
      List<MedicalImage> maps = looks.stream().map(look -> look.probabilities(image)).toList();
      return Segmentation.ofRuns(maps, threshold());
    }

    @Override
    public MedicalImage probabilities(MedicalImage image) {
      return segment(image).uncertainty().orElseThrow().probabilities();
    }

    @Override
    public double threshold() {
      return asked.threshold();
    }

    @Override
    public String toString() {
      return options + " around " + asked;
    }
  }

  /**
   * The first look tells of the domain. Where it found a tumor and the mean does not, or the other
   * way round, what is to be said of that answer is told by a look that gave it.
   */
  private static Assessment told(List<Prediction> runs, Prediction mean) {
    Assessment first = runs.get(0).assessment();
    return runs.stream()
        .filter(run -> run.isTumor() == mean.isTumor() && run.assessment().answers())
        .findFirst()
        .map(run -> first.and(run.assessment()))
        .orElse(first);
  }

  /** One look of a classifier. */
  private record OneLook(Classifier asked, Pose pose) implements Classifier {

    @Override
    public List<String> labels() {
      return asked.labels();
    }

    @Override
    public Prediction classify(MedicalImage image) {
      return asked.classify(pose.apply(image));
    }

    @Override
    public List<Prediction> classifyAll(List<MedicalImage> images) {
      return asked.classifyAll(images.stream().map(pose::apply).toList());
    }
  }

  /** One look of a segmenter. */
  private record OneMask(Segmenter asked, Pose pose) implements Segmenter {

    @Override
    public Segmentation segment(MedicalImage image) {
      return Segmentation.ofProbabilities(probabilities(image), threshold());
    }

    @Override
    public MedicalImage probabilities(MedicalImage image) {
      return pose.undo(asked.probabilities(pose.apply(image)));
    }

    @Override
    public double threshold() {
      return asked.threshold();
    }
  }

  private record OfVolumeClassifier(List<VolumeClassifier> looks, TestTimeAugmentation options)
      implements VolumeClassifier {

    @Override
    public List<String> labels() {
      return looks.get(0).labels();
    }

    @Override
    public Prediction classify(MedicalVolume volume) {
      return classifySlices(volume).prediction();
    }

    @Override
    public VolumePrediction classifySlices(MedicalVolume volume) {
      List<VolumePrediction> runs =
          looks.stream().map(look -> look.classifySlices(volume)).toList();
      Prediction mean = VolumePrediction.ofRuns(runs).prediction();
      List<Prediction> said = runs.stream().map(VolumePrediction::prediction).toList();
      return new VolumePrediction(mean.withAssessment(told(said, mean)), runs.get(0).slices());
    }

    @Override
    public String toString() {
      return options + " of volumes, " + looks.get(0);
    }
  }

  /** All settings. */
  @Override
  public String toString() {
    return "TestTimeAugmentation[runs="
        + runs
        + ", mirrored="
        + mirrored
        + ", rotationDegrees="
        + rotationDegrees
        + ", shift="
        + shift
        + ", gamma="
        + gamma
        + ", seed="
        + seed
        + "]";
  }
}

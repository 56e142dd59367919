package io.github.brainimaging.core.pipeline;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.inference.Assessor;
import io.github.brainimaging.core.inference.Classifier;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.inference.Segmentation;
import io.github.brainimaging.core.inference.Segmenter;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.core.transform.Transform;
import io.github.brainimaging.core.work.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * From an image file to an {@link Analysis}, in steps that read as a sentence:
 *
 * <pre>{@code
 * BrainPipeline pipeline =
 *     BrainPipeline.builder()
 *         .preprocess(GaussianSmoothing.ofSigmaPixels(1))
 *         .classify(classifier)
 *         .segmentWhen(Prediction::isTumor, segmenter)
 *         .build();
 * Analysis analysis = pipeline.analyze(Path.of("slice.png"));
 * }</pre>
 *
 * <p>Steps run in the order in which they were given; each sees the image as the transforms before
 * it left it. As in P1, segmentation runs only for the classes that it is asked for.
 *
 * <p>A mask always lies on the grid of the input. Transforms before the segmenter must therefore
 * keep width and height, and every pixel in its place; {@link Builder#build} refuses those that
 * change the size. What a model needs of size and intensity is the classifier's own business.
 * Transforms of a pipeline without segmenter are free.
 *
 * <p>{@link VolumePipeline} does the same for volumes.
 *
 * <p>Immutable and safe to share between threads. The classifier belongs to who made it: a pipeline
 * does not close it.
 *
 * @since 0.1.0
 */
public final class BrainPipeline {

  private static final int USUAL_PARALLELISM = Runtime.getRuntime().availableProcessors();

  private final Engine<MedicalImage, Segmentation, Analysis> engine;
  private final MedicalImageReader reader;

  private BrainPipeline(
      Engine<MedicalImage, Segmentation, Analysis> engine, MedicalImageReader reader) {
    this.engine = engine;
    this.reader = reader;
  }

  /**
   * A pipeline without steps yet.
   *
   * @return the builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Analyzes a file.
   *
   * @param file an image in one of the formats of {@link MedicalImageReader}
   * @return the analysis, with the path as given for its input
   * @throws io.github.brainimaging.core.io.ImageFormatException if the content is no image that can
   *     be read
   * @throws IOException if the file cannot be read
   * @throws IllegalStateException if a step breaks the rule of the grid or gives null
   */
  public Analysis analyze(Path file) throws IOException {
    return engine.analyze(file);
  }

  /**
   * Analyzes an image that is already there.
   *
   * @param name what to call it
   * @param image the image
   * @return the analysis
   * @throws IllegalStateException if a step breaks the rule of the grid or gives null
   */
  public Analysis analyze(String name, MedicalImage image) {
    return engine.analyze(name, image);
  }

  /**
   * Analyzes an image that is already there and has no name.
   *
   * @param image the image
   * @return the analysis, its input an empty string
   * @throws IllegalStateException if a step breaks the rule of the grid or gives null
   */
  public Analysis analyze(MedicalImage image) {
    return analyze("", image);
  }

  /**
   * Analyzes many files.
   *
   * @param files the files
   * @return see {@link #analyzeAll(List, Progress)}
   */
  public Stream<Outcome<Analysis>> analyzeAll(List<Path> files) {
    return analyzeAll(files, Progress.none());
  }

  /**
   * Analyzes many files, several at a time (see {@link #withParallelism}), as the stream is read:
   * at most twice as many images as are analyzed at a time are in memory, and nothing of them is
   * kept afterwards. The outcomes come in the order of the files. A stream that is not read to its
   * end should be closed.
   *
   * <p>A file that cannot be read or analyzed gives a {@link Outcome.Failure} and the next file
   * follows, also where the heap is too small for this one file, alone. Any other {@link Error} is
   * thrown on. An interrupt of the thread, a progress that cancels or a step that does so ends the
   * batch by a {@link java.util.concurrent.CancellationException}; an interrupted thread stays so.
   *
   * @param files the files
   * @param progress told after each file, whether it was analyzed or failed
   * @return one outcome per file
   */
  public Stream<Outcome<Analysis>> analyzeAll(List<Path> files, Progress progress) {
    return engine.analyzeAll(engine.inputs(files), progress, outcome -> outcome);
  }

  /**
   * Analyzes many inputs that are no plain files, as {@link #analyzeAll(List, Progress)} does.
   *
   * @param inputs the inputs, read by themselves when it is their turn
   * @param progress told after each input, whether it was analyzed or failed
   * @return one outcome per input
   */
  public Stream<Outcome<Analysis>> analyzeInputs(
      List<? extends NamedInput<MedicalImage>> inputs, Progress progress) {
    return engine.analyzeAll(inputs, progress, outcome -> outcome);
  }

  /**
   * Analyzes many files and makes something of each outcome at once, in the thread that analyzed
   * it, so that no image waits in memory for its turn.
   *
   * @param files the files
   * @param progress told after each file, whether it was analyzed or failed
   * @param use what to make of an outcome; called by several threads. What it throws ends the batch
   * @param <R> what is made of an outcome
   * @return see {@link #analyzeAll(List, Progress)}
   */
  public <R> Stream<R> analyzeAll(
      List<Path> files, Progress progress, Function<Outcome<Analysis>, R> use) {
    return engine.analyzeAll(engine.inputs(files), progress, use);
  }

  /**
   * The same pipeline with another number of images of a batch that are analyzed at a time.
   * Default: as many as the JVM has processors. A model that serves several at a time works best
   * with one thread for each.
   *
   * @param parallelism how many, positive; 1 analyzes in the thread that reads the stream
   * @return a copy
   * @throws IllegalArgumentException if the number is not positive
   */
  public BrainPipeline withParallelism(int parallelism) {
    return new BrainPipeline(engine.withParallelism(parallelism), reader);
  }

  /** The reader of files and the steps in their order, each with what it does. */
  @Override
  public String toString() {
    return engine.describe("BrainPipeline", reader, USUAL_PARALLELISM);
  }

  /** Puts a {@link BrainPipeline} together. For one thread. */
  public static final class Builder {

    private final Steps<MedicalImage, Segmentation> steps = new Steps<>(SliceKind.INSTANCE);
    private MedicalImageReader reader = MedicalImageReader.withDefaults();

    private Builder() {}

    /**
     * Reads files with a reader of the caller's, such as one with another limit of the size.
     *
     * @param newReader the reader; {@link MedicalImageReader#withDefaults()} by default
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder readWith(MedicalImageReader newReader) {
      reader = Objects.requireNonNull(newReader, "newReader");
      return this;
    }

    /**
     * Applies transforms, one after the other, as one step of the name {@code preprocess}.
     *
     * @param transforms at least one
     * @return this builder
     * @throws IllegalArgumentException if there is no transform, or already a step of this name
     */
    @CanIgnoreReturnValue
    public Builder preprocess(Transform... transforms) {
      List<Transform> all = List.of(transforms);
      Arguments.require(!all.isEmpty(), "transforms must be at least one, got none");
      steps.transform(
          "preprocess",
          new Step.Asked<>(
              image -> {
                MedicalImage last = image;
                for (Transform transform : all) {
                  last = transform.apply(last);
                }
                return last;
              },
              all));
      return this;
    }

    /**
     * Applies a transform, the library's or the caller's own, as a step with a name.
     *
     * @param name what to call it in times and messages; not blank, each name once, and not {@code
     *     read}, {@code classify} or {@code segment}
     * @param transform what to apply to the image
     * @return this builder
     * @throws IllegalArgumentException if the name is blank or in use
     */
    @CanIgnoreReturnValue
    public Builder step(String name, Transform transform) {
      Objects.requireNonNull(transform, "transform");
      steps.transform(name, new Step.Asked<>(transform::apply, transform));
      return this;
    }

    /**
     * Asks whether this is an image that the models should be asked about, as a step called {@code
     * assess}. Where the answer is no, nothing is classified or segmented, unless {@link #insist}
     * was called. A classifier that knows its own domain is asked in any case: see {@link
     * Prediction#assessment}. Several assessors are asked one after the other.
     *
     * @param assessor such as {@code ContentAssessor.of(Modality.MR)}
     * @return this builder
     * @throws IllegalStateException if there is a classifier or a segmenter already
     */
    @CanIgnoreReturnValue
    public Builder assess(Assessor assessor) {
      Objects.requireNonNull(assessor, "assessor");
      steps.assess(new Step.Asked<>(assessor::assess, assessor));
      return this;
    }

    /**
     * Gives answers also where the image is out of the domain of the models. The assessment still
     * says so.
     *
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder insist() {
      steps.insist();
      return this;
    }

    /**
     * Classifies the image.
     *
     * @param classifier the classifier; stays the caller's to close
     * @return this builder
     * @throws IllegalArgumentException if the classifier has no labels or one twice
     * @throws IllegalStateException if there is a classifier already
     */
    @CanIgnoreReturnValue
    public Builder classify(Classifier classifier) {
      steps.classify(classifier.labels(), asked(classifier));
      return this;
    }

    /**
     * Asks a further classifier where the last prediction fulfills a condition, as P4 asks for the
     * type of what the screening took for a tumor. Its step is called {@code classify2}, the next
     * {@code classify3}.
     *
     * @param condition such as {@code Prediction::isTumor}
     * @param classifier the classifier; stays the caller's to close
     * @return this builder
     * @throws IllegalArgumentException if the classifier has no labels or one twice
     * @throws IllegalStateException if there is no classifier yet
     */
    @CanIgnoreReturnValue
    public Builder classifyWhen(Predicate<Prediction> condition, Classifier classifier) {
      steps.classifyWhen(condition, classifier.labels(), asked(classifier));
      return this;
    }

    private static Step.Asked<MedicalImage, Step.Answer> asked(Classifier classifier) {
      return new Step.Asked<>(
          image -> new Step.Answer(classifier.classify(image), List.of()), classifier);
    }

    /**
     * Segments every image.
     *
     * @param segmenter the segmenter
     * @return this builder
     * @throws IllegalStateException if there is a segmenter already
     */
    @CanIgnoreReturnValue
    public Builder segment(Segmenter segmenter) {
      Objects.requireNonNull(segmenter, "segmenter");
      steps.segment(new Step.Asked<>(segmenter::segment, segmenter));
      return this;
    }

    /**
     * Segments the images whose last prediction fulfills a condition. The classifier must stand
     * before.
     *
     * @param condition such as {@code Prediction::isTumor}
     * @param segmenter the segmenter
     * @return this builder
     * @throws IllegalStateException if there is no classifier yet, or a segmenter already
     */
    @CanIgnoreReturnValue
    public Builder segmentWhen(Predicate<Prediction> condition, Segmenter segmenter) {
      Objects.requireNonNull(condition, "condition");
      return segmentWhen((image, last) -> condition.test(last), segmenter);
    }

    /**
     * The same with a condition that looks at the image too, such as at what its file says.
     *
     * @param condition of the image that the segmenter would see, and the last prediction
     * @param segmenter the segmenter
     * @return this builder
     * @throws IllegalStateException if there is no classifier yet, or a segmenter already
     */
    @CanIgnoreReturnValue
    public Builder segmentWhen(
        BiPredicate<MedicalImage, Prediction> condition, Segmenter segmenter) {
      Objects.requireNonNull(condition, "condition");
      Objects.requireNonNull(segmenter, "segmenter");
      steps.segmentWhen(condition, new Step.Asked<>(segmenter::segment, segmenter));
      return this;
    }

    /**
     * Leaves masks out that are not believed, with a remark in the result, unless {@link #insist}
     * was called. By default every mask is kept.
     *
     * @param condition of the last prediction and the mask; where it holds, the mask is kept
     * @return this builder
     * @throws IllegalStateException if there is no classifier or no segmenter yet
     */
    @CanIgnoreReturnValue
    public Builder keepWhen(BiPredicate<Prediction, Segmentation> condition) {
      steps.keepWhen(condition);
      return this;
    }

    /**
     * Checks the whole and builds the pipeline. Transforms before a segmenter are tried on a small
     * image, to see that they keep its grid.
     *
     * @return the pipeline
     * @throws IllegalStateException if there is neither classifier nor segmenter, a transform comes
     *     after both and would change nothing, or a transform before the segmenter changes the grid
     */
    public BrainPipeline build() {
      return new BrainPipeline(
          new Engine<>(
              SliceKind.INSTANCE,
              reader::read,
              steps.checked(),
              steps.insists(),
              Analysis::new,
              USUAL_PARALLELISM),
          reader);
    }
  }
}

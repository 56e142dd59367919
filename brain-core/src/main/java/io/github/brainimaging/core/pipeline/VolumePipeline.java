package io.github.brainimaging.core.pipeline;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.inference.Assessment;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.inference.VolumeClassifier;
import io.github.brainimaging.core.inference.VolumeSegmentation;
import io.github.brainimaging.core.inference.VolumeSegmenter;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.io.MedicalVolumeReader;
import io.github.brainimaging.core.transform.VolumeTransform;
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
 * From a volume to a {@link VolumeAnalysis}, by the steps and the rules of {@link BrainPipeline}:
 *
 * <pre>{@code
 * VolumePipeline pipeline =
 *     VolumePipeline.builder()
 *         .step("bias", BiasCorrection.n4())
 *         .classify(
 *             SliceClassifier.of(
 *                 classifier,
 *                 SliceSampling.ofBrain(stripper::extract, BrainVolume.ofPeople()),
 *                 SliceRule.majority()))
 *         .segmentWhen(Prediction::isTumor, SliceSegmenter.of(segmenter))
 *         .build();
 * }</pre>
 *
 * <p>A mask always lies on the grid of the input. Transforms before the segmenter must therefore
 * keep the size of the volume and every voxel at its place in the patient; {@link Builder#build}
 * refuses those that do not. Transforms of a pipeline without segmenter are free.
 *
 * <p>Immutable and, if its steps are, safe to share between threads. What it was built from stays
 * its owner's to close.
 *
 * @since 0.1.0
 */
public final class VolumePipeline {

  private static final int USUAL_PARALLELISM = 1;

  private final Engine<MedicalVolume, VolumeSegmentation, VolumeAnalysis> engine;
  private final MedicalVolumeReader reader;

  private VolumePipeline(
      Engine<MedicalVolume, VolumeSegmentation, VolumeAnalysis> engine,
      MedicalVolumeReader reader) {
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
   * @param file a NIfTI or DICOM file, or a folder with one DICOM series
   * @return the analysis, with the path as given for its input
   * @throws io.github.brainimaging.core.io.ImageFormatException if the content is no volume that
   *     can be read
   * @throws IOException if the file cannot be read
   * @throws IllegalStateException if a step breaks the rule of the grid or gives null
   */
  public VolumeAnalysis analyze(Path file) throws IOException {
    return engine.analyze(file);
  }

  /**
   * Analyzes a volume that is already there.
   *
   * @param name what to call it
   * @param volume the volume
   * @return the analysis
   * @throws IllegalStateException if a step breaks the rule of the grid or gives null
   */
  public VolumeAnalysis analyze(String name, MedicalVolume volume) {
    return engine.analyze(name, volume);
  }

  /**
   * Analyzes a volume that is already there and has no name.
   *
   * @param volume the volume
   * @return the analysis, its input an empty string
   * @throws IllegalStateException if a step breaks the rule of the grid or gives null
   */
  public VolumeAnalysis analyze(MedicalVolume volume) {
    return analyze("", volume);
  }

  /**
   * Analyzes many files.
   *
   * @param files the files
   * @return see {@link #analyzeAll(List, Progress)}
   */
  public Stream<Outcome<VolumeAnalysis>> analyzeAll(List<Path> files) {
    return analyzeAll(files, Progress.none());
  }

  /**
   * Analyzes many files, lazily: each file is read when the stream asks for its outcome, and
   * nothing of it is kept afterwards. With {@link #withParallelism} several are analyzed at a time,
   * and at most twice as many are in memory. The outcomes come in the order of the files.
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
  public Stream<Outcome<VolumeAnalysis>> analyzeAll(List<Path> files, Progress progress) {
    return engine.analyzeAll(engine.inputs(files), progress, outcome -> outcome);
  }

  /**
   * Analyzes many inputs that are no plain files, as {@link #analyzeAll(List, Progress)} does.
   *
   * @param inputs the inputs, read by themselves when it is their turn
   * @param progress told after each input, whether it was analyzed or failed
   * @return one outcome per input
   */
  public Stream<Outcome<VolumeAnalysis>> analyzeInputs(
      List<? extends NamedInput<MedicalVolume>> inputs, Progress progress) {
    return engine.analyzeAll(inputs, progress, outcome -> outcome);
  }

  /**
   * The same pipeline with another number of volumes of a batch that are analyzed at a time.
   * Default: 1, since a volume may take much of the heap.
   *
   * @param parallelism how many, positive; 1 analyzes in the thread that reads the stream
   * @return a copy
   * @throws IllegalArgumentException if the number is not positive
   */
  public VolumePipeline withParallelism(int parallelism) {
    return new VolumePipeline(engine.withParallelism(parallelism), reader);
  }

  /** The reader of files and the steps in their order, each with what it does. */
  @Override
  public String toString() {
    return engine.describe("VolumePipeline", reader, USUAL_PARALLELISM);
  }

  /** Puts a {@link VolumePipeline} together. For one thread. */
  public static final class Builder {

    private final Steps<MedicalVolume, VolumeSegmentation> steps = new Steps<>(VolumeKind.INSTANCE);
    private MedicalVolumeReader reader = MedicalVolumeReader.withDefaults();

    private Builder() {}

    /**
     * Reads files with a reader of the caller's, such as one with another limit of the size.
     *
     * @param newReader the reader; {@link MedicalVolumeReader#withDefaults()} by default
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder readWith(MedicalVolumeReader newReader) {
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
    public Builder preprocess(VolumeTransform... transforms) {
      List<VolumeTransform> all = List.of(transforms);
      Arguments.require(!all.isEmpty(), "transforms must be at least one, got none");
      steps.transform(
          "preprocess",
          new Step.Asked<>(
              volume -> {
                MedicalVolume last = volume;
                for (VolumeTransform transform : all) {
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
     * @param transform what to apply to the volume
     * @return this builder
     * @throws IllegalArgumentException if the name is blank or in use
     */
    @CanIgnoreReturnValue
    public Builder step(String name, VolumeTransform transform) {
      Objects.requireNonNull(transform, "transform");
      steps.transform(name, new Step.Asked<>(transform::apply, transform));
      return this;
    }

    /**
     * Asks whether this is a volume that the models should be asked about, as a step called {@code
     * assess}. Where the answer is no, nothing is classified or segmented, unless {@link #insist}
     * was called. A classifier that knows its own domain is asked in any case: see {@link
     * Prediction#assessment}. Several assessors are asked one after the other.
     *
     * @param assessor such as {@code v -> sampling.assess(v, ContentAssessor.of(Modality.MR))}
     * @return this builder
     * @throws IllegalStateException if there is a classifier or a segmenter already
     */
    @CanIgnoreReturnValue
    public Builder assess(Function<MedicalVolume, Assessment> assessor) {
      Objects.requireNonNull(assessor, "assessor");
      steps.assess(new Step.Asked<>(assessor, assessor));
      return this;
    }

    /**
     * Gives answers also where the volume is out of the domain of the models. The assessment still
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
     * Classifies the volume.
     *
     * @param classifier the classifier; stays the caller's to close
     * @return this builder
     * @throws IllegalArgumentException if the classifier has no labels or one twice
     * @throws IllegalStateException if there is a classifier already
     */
    @CanIgnoreReturnValue
    public Builder classify(VolumeClassifier classifier) {
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
    public Builder classifyWhen(Predicate<Prediction> condition, VolumeClassifier classifier) {
      steps.classifyWhen(condition, classifier.labels(), asked(classifier));
      return this;
    }

    private static Step.Asked<MedicalVolume, Step.Answer> asked(VolumeClassifier classifier) {
      return new Step.Asked<>(
          volume -> Step.Answer.of(classifier.classifySlices(volume)), classifier);
    }

    /**
     * Segments every volume.
     *
     * @param segmenter the segmenter
     * @return this builder
     * @throws IllegalStateException if there is a segmenter already
     */
    @CanIgnoreReturnValue
    public Builder segment(VolumeSegmenter segmenter) {
      Objects.requireNonNull(segmenter, "segmenter");
      steps.segment(new Step.Asked<>(segmenter::segment, segmenter));
      return this;
    }

    /**
     * Segments the volumes whose last prediction fulfills a condition. The classifier must stand
     * before.
     *
     * @param condition such as {@code Prediction::isTumor}
     * @param segmenter the segmenter
     * @return this builder
     * @throws IllegalStateException if there is no classifier yet, or a segmenter already
     */
    @CanIgnoreReturnValue
    public Builder segmentWhen(Predicate<Prediction> condition, VolumeSegmenter segmenter) {
      Objects.requireNonNull(condition, "condition");
      Objects.requireNonNull(segmenter, "segmenter");
      steps.segmentWhen(
          (volume, last) -> condition.test(last), new Step.Asked<>(segmenter::segment, segmenter));
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
    public Builder keepWhen(BiPredicate<Prediction, VolumeSegmentation> condition) {
      steps.keepWhen(condition);
      return this;
    }

    /**
     * Checks the whole and builds the pipeline. Transforms before a segmenter are tried on a small
     * volume, to see that they keep its grid.
     *
     * @return the pipeline
     * @throws IllegalStateException if there is neither classifier nor segmenter, a transform comes
     *     after both and would change nothing, or a transform before the segmenter changes the grid
     */
    public VolumePipeline build() {
      return new VolumePipeline(
          new Engine<>(
              VolumeKind.INSTANCE,
              reader::read,
              steps.checked(),
              steps.insists(),
              VolumeAnalysis::new,
              USUAL_PARALLELISM),
          reader);
    }
  }
}

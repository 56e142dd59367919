package io.github.brainimaging.core.pipeline;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.inference.Classifier;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.inference.Segmenter;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.core.transform.Transform;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
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
 * <p>Immutable and safe to share between threads. The classifier belongs to who made it: a pipeline
 * does not close it.
 */
public final class BrainPipeline {

  private final MedicalImageReader reader;
  private final List<Step> steps;

  private BrainPipeline(MedicalImageReader reader, List<Step> steps) {
    this.reader = reader;
    this.steps = steps;
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
    long start = System.nanoTime();
    Step.State state = new Step.State(file.toString(), reader.read(file));
    state.milliseconds.put("read", millisecondsSince(start));
    return run(state);
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
    return run(new Step.State(name, image));
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

  private Analysis run(Step.State state) {
    for (Step step : steps) {
      long start = System.nanoTime();
      if (step.run(state)) {
        state.milliseconds.put(step.name(), millisecondsSince(start));
      }
    }
    return new Analysis(
        state.input, state.image, state.prediction, state.segmentation, state.milliseconds);
  }

  private static double millisecondsSince(long start) {
    return (System.nanoTime() - start) / 1e6;
  }

  /**
   * Analyzes many files.
   *
   * @param files the files
   * @return see {@link #analyzeAll(List, BatchProgress)}
   */
  public Stream<Outcome> analyzeAll(List<Path> files) {
    return analyzeAll(files, (done, total, file) -> {});
  }

  /**
   * Analyzes many files, lazily: each file is read when the stream asks for its outcome, and
   * nothing of it is kept afterwards. The outcomes come in the order of the files, also from {@code
   * parallel()}, which then needs memory for the images that wait their turn.
   *
   * <p>A file that cannot be read or analyzed gives a {@link Outcome.Failure} and the next file
   * follows, also where the heap is too small for this one file. Any other {@link Error} is thrown
   * on. An interrupt of the thread ends the batch by a CancellationException; the thread stays
   * interrupted.
   *
   * @param files the files
   * @param progress told after each file
   * @return one outcome per file
   */
  public Stream<Outcome> analyzeAll(List<Path> files, BatchProgress progress) {
    List<Path> all = List.copyOf(files);
    AtomicInteger done = new AtomicInteger();
    return all.stream()
        .map(
            file -> {
              Outcome outcome = outcome(file);
              progress.advanced(done.incrementAndGet(), all.size(), file);
              return outcome;
            });
  }

  private Outcome outcome(Path file) {
    Outcome outcome;
    try {
      outcome = new Outcome.Success(analyze(file));
    } catch (IOException | RuntimeException e) {
      outcome = new Outcome.Failure(file.toString(), e);
    } catch (OutOfMemoryError e) {
      // One image was too large; what it held is free again, and the next may well be small.
      String message = file + ": the heap is too small for this image (" + e.getMessage() + ")";
      outcome = new Outcome.Failure(file.toString(), new IOException(message, e));
    }
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("interrupted at " + file);
    }
    return outcome;
  }

  /** Puts a {@link BrainPipeline} together. For one thread. */
  public static final class Builder {

    private static final Set<String> OWN_NAMES = Set.of("read", "classify", "segment");

    /** Different lengths of the sides, so that a turned image is noticed as well. */
    private static final int PROBE_WIDTH = 131;

    private static final int PROBE_HEIGHT = 113;

    private final List<Step> steps = new ArrayList<>();
    private final Set<String> names = new HashSet<>(OWN_NAMES);
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
      Arguments.require(transforms.length > 0, "transforms must be at least one, got none");
      Transform all = transforms[0];
      for (int i = 1; i < transforms.length; i++) {
        all = all.then(transforms[i]);
      }
      return step("preprocess", all);
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
      Arguments.require(!name.isBlank(), "name must not be blank, got '%s'", name);
      Arguments.require(names.add(name), "name must not be in use yet, got '%s'", name);
      steps.add(new Step.Transforming(name, Objects.requireNonNull(transform, "transform"), false));
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
      List<String> labels = classifier.labels();
      Arguments.require(
          !labels.isEmpty() && new HashSet<>(labels).size() == labels.size(),
          "labels of the classifier must differ and be at least one, got %s",
          labels);
      requireState(!has(Step.Classifying.class), "a pipeline has one classifier, not two");
      steps.add(new Step.Classifying(classifier));
      return this;
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
      return segment(new Step.Segmenting(Objects.requireNonNull(segmenter, "segmenter"), null));
    }

    /**
     * Segments the images whose prediction fulfills a condition. The classifier must stand before.
     *
     * @param condition such as {@code Prediction::isTumor}
     * @param segmenter the segmenter
     * @return this builder
     * @throws IllegalStateException if there is no classifier yet, or a segmenter already
     */
    @CanIgnoreReturnValue
    public Builder segmentWhen(Predicate<Prediction> condition, Segmenter segmenter) {
      requireState(
          has(Step.Classifying.class), "segmentWhen needs a classifier before it: call classify");
      return segment(
          new Step.Segmenting(
              Objects.requireNonNull(segmenter, "segmenter"),
              Objects.requireNonNull(condition, "condition")));
    }

    private Builder segment(Step.Segmenting step) {
      requireState(!has(Step.Segmenting.class), "a pipeline has one segmenter, not two");
      steps.add(step);
      return this;
    }

    private boolean has(Class<? extends Step> kind) {
      return steps.stream().anyMatch(kind::isInstance);
    }

    /**
     * Checks the whole and builds the pipeline. Transforms before a segmenter are tried on a small
     * image, to see that they keep its size.
     *
     * @return the pipeline
     * @throws IllegalStateException if there is neither classifier nor segmenter, a transform comes
     *     after both and would change nothing, or a transform before the segmenter changes the size
     */
    public BrainPipeline build() {
      requireState(
          has(Step.Classifying.class) || has(Step.Segmenting.class),
          "a pipeline needs a classifier or a segmenter: call classify or segment");
      List<Step> checked = new ArrayList<>();
      boolean used = false;
      boolean segmented = false;
      for (int i = steps.size() - 1; i >= 0; i--) {
        Step step = steps.get(i);
        if (step instanceof Step.Transforming t) {
          requireState(used, "step '" + t.name() + "' comes after the last step that would use it");
          step = new Step.Transforming(t.name(), t.transform(), segmented);
        }
        used |= !(step instanceof Step.Transforming);
        segmented |= step instanceof Step.Segmenting;
        checked.add(0, step);
      }
      probe(checked);
      return new BrainPipeline(reader, List.copyOf(checked));
    }

    /** Lets the transforms that must keep the grid work on an image without content. */
    private static void probe(List<Step> steps) {
      float[] ramp = new float[PROBE_WIDTH * PROBE_HEIGHT];
      for (int i = 0; i < ramp.length; i++) {
        ramp[i] = i % 256;
      }
      MedicalImage image =
          MedicalImage.wrap(PROBE_WIDTH, PROBE_HEIGHT, 1, ramp).withNominalMaximum(255);
      Step.State state = new Step.State("probe", image);
      for (Step step : steps) {
        if (step instanceof Step.Transforming t && t.keepsGrid()) {
          try {
            step.run(state);
          } catch (IllegalArgumentException e) {
            // It takes other images than this one. Every real image is checked as well.
            return;
          }
        }
      }
    }

    private static void requireState(boolean condition, String message) {
      if (!condition) {
        throw new IllegalStateException(message);
      }
    }
  }
}

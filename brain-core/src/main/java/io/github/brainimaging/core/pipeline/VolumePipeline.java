package io.github.brainimaging.core.pipeline;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.inference.VolumeClassifier;
import io.github.brainimaging.core.inference.VolumeSegmentation;
import io.github.brainimaging.core.inference.VolumeSegmenter;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.io.MedicalVolumeReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The steps from a volume to an {@link VolumeAnalysis}: preparation (such as a bias field
 * correction and skull stripping), then a class, then, where wanted, a region. As {@link
 * BrainPipeline} does for slices.
 *
 * <pre>{@code
 * VolumePipeline pipeline =
 *     VolumePipeline.builder()
 *         .prepare("bias", volume -> BiasCorrection.n4().correct(volume).corrected())
 *         .classify(
 *             SliceClassifier.of(
 *                 classifier,
 *                 SliceSampling.equallySpaced(AnatomicalPlane.AXIAL, 6),
 *                 SliceRule.mean()))
 *         .segmentWhen(Prediction::isTumor, SliceSegmenter.of(segmenter))
 *         .build();
 * }</pre>
 *
 * <p>Immutable and, if its steps are, safe to share between threads. What it was built from stays
 * its owner's to close.
 */
public final class VolumePipeline {

  private final Map<String, UnaryOperator<MedicalVolume>> preparations;
  private final @Nullable VolumeClassifier classifier;
  private final @Nullable VolumeSegmenter segmenter;
  private final @Nullable Predicate<Prediction> condition;

  private VolumePipeline(Builder builder) {
    this.preparations = new LinkedHashMap<>(builder.preparations);
    this.classifier = builder.classifier;
    this.segmenter = builder.segmenter;
    this.condition = builder.condition;
  }

  /**
   * Starts a pipeline.
   *
   * @return an empty builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Reads a NIfTI file or a folder with a DICOM series and analyzes it.
   *
   * @param path the file or folder
   * @return the analysis
   * @throws IOException if it cannot be read
   */
  public VolumeAnalysis analyze(Path path) throws IOException {
    long start = System.nanoTime();
    MedicalVolume volume = MedicalVolumeReader.withDefaults().read(path);
    Map<String, Double> times = new LinkedHashMap<>();
    times.put("read", (System.nanoTime() - start) / 1e6);
    return analyze(path.toString(), volume, times);
  }

  /**
   * Analyzes a volume.
   *
   * @param name what the volume is called in the analysis
   * @param volume the volume as read
   * @return the analysis
   */
  public VolumeAnalysis analyze(String name, MedicalVolume volume) {
    return analyze(name, volume, new LinkedHashMap<>());
  }

  private VolumeAnalysis analyze(String name, MedicalVolume volume, Map<String, Double> times) {
    MedicalVolume current = Objects.requireNonNull(volume, "volume");
    for (Map.Entry<String, UnaryOperator<MedicalVolume>> step : preparations.entrySet()) {
      MedicalVolume input = current;
      current = timed(step.getKey(), times, () -> step.getValue().apply(input));
      Arguments.require(
          current.grid().equals(volume.grid()),
          "%s must keep the grid of the volume = %s, got %s",
          step.getKey(),
          volume.grid(),
          current.grid());
    }
    MedicalVolume prepared = current;
    VolumeClassifier classes = classifier;
    Prediction prediction =
        classes == null ? null : timed("classify", times, () -> classes.classify(prepared));
    VolumeSegmenter regions = segmenter;
    boolean wanted = condition == null || (prediction != null && condition.test(prediction));
    VolumeSegmentation segmentation =
        regions == null || !wanted
            ? null
            : timed("segment", times, () -> regions.segment(prepared));
    return new VolumeAnalysis(name, volume, prediction, segmentation, times);
  }

  private static <T> T timed(String name, Map<String, Double> times, Supplier<T> step) {
    long start = System.nanoTime();
    T result = step.get();
    times.put(name, (System.nanoTime() - start) / 1e6);
    return result;
  }

  /** Collects the steps. Not safe to share between threads. */
  public static final class Builder {

    private final Map<String, UnaryOperator<MedicalVolume>> preparations = new LinkedHashMap<>();
    private @Nullable VolumeClassifier classifier;
    private @Nullable VolumeSegmenter segmenter;
    private @Nullable Predicate<Prediction> condition;

    private Builder() {}

    /**
     * Adds a step before all others, after those already added.
     *
     * @param name what it is called in the times, each name once
     * @param step gives a volume on the same grid
     * @return this builder
     * @throws IllegalArgumentException if the name is taken
     */
    @CanIgnoreReturnValue
    public Builder prepare(String name, UnaryOperator<MedicalVolume> step) {
      Arguments.require(!preparations.containsKey(name), "name must be unique, got %s twice", name);
      preparations.put(name, Objects.requireNonNull(step, "step"));
      return this;
    }

    /**
     * Sets what gives the class. Default: none.
     *
     * @param newClassifier the classifier
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder classify(VolumeClassifier newClassifier) {
      classifier = Objects.requireNonNull(newClassifier, "classifier");
      return this;
    }

    /**
     * Sets what gives the region, whatever the class. Default: none.
     *
     * @param newSegmenter the segmenter
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder segment(VolumeSegmenter newSegmenter) {
      segmenter = Objects.requireNonNull(newSegmenter, "segmenter");
      condition = null;
      return this;
    }

    /**
     * Sets what gives the region where the class asks for it.
     *
     * @param newCondition decides by the prediction, as P1 segments only what is a tumor
     * @param newSegmenter the segmenter
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder segmentWhen(Predicate<Prediction> newCondition, VolumeSegmenter newSegmenter) {
      condition = Objects.requireNonNull(newCondition, "condition");
      segmenter = Objects.requireNonNull(newSegmenter, "segmenter");
      return this;
    }

    /**
     * Ends the pipeline.
     *
     * @return the pipeline
     * @throws IllegalStateException if it has neither classifier nor segmenter, or a condition but
     *     no classifier
     */
    public VolumePipeline build() {
      if (classifier == null && segmenter == null) {
        throw new IllegalStateException("a pipeline needs a classifier or a segmenter, or both");
      }
      if (condition != null && classifier == null) {
        throw new IllegalStateException("segmentWhen needs a classifier, which classify adds");
      }
      return new VolumePipeline(this);
    }
  }
}

package io.github.brainimaging.examples.benchmark;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.inference.Segmentation;
import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.core.pipeline.Analysis;
import io.github.brainimaging.core.pipeline.BrainPipeline;
import io.github.brainimaging.models.onnx.OnnxClassifier;
import io.github.brainimaging.segmentation.tumor.TumorSegmenter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The steps of the analysis of one image on one core, and the whole. The image is given with {@code
 * -p file=...}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class AnalysisBenchmark {

  /** The image that is analyzed. */
  @Param("")
  public String file = "";

  private final MedicalImageReader reader = MedicalImageReader.withDefaults();
  private final TumorSegmenter segmenter = TumorSegmenter.withDefaults();
  private final TumorSegmenter published = TumorSegmenter.published();

  @SuppressWarnings("NullAway.Init")
  private OnnxClassifier classifier;

  @SuppressWarnings("NullAway.Init")
  private BrainPipeline pipeline;

  @SuppressWarnings("NullAway.Init")
  private MedicalImage image;

  /** Made by JMH. */
  public AnalysisBenchmark() {}

  /**
   * Loads model and image.
   *
   * @throws IOException if the image cannot be read
   */
  @Setup
  public void open() throws IOException {
    classifier = OnnxClassifier.builder().threads(1).build();
    pipeline =
        BrainPipeline.builder()
            .classify(classifier)
            .segmentWhen(Prediction::isTumor, TumorSegmenter.ofMinimumScore(0))
            .build();
    image = reader.read(Path.of(file));
  }

  /** Releases the model. */
  @TearDown
  public void close() {
    classifier.close();
  }

  /**
   * Reads the file.
   *
   * @return the image
   * @throws IOException if it cannot be read
   */
  @Benchmark
  public MedicalImage read() throws IOException {
    return reader.read(Path.of(file));
  }

  /**
   * Classifies with the embedded model on one thread.
   *
   * @return the prediction
   */
  @Benchmark
  public Prediction classify() {
    return classifier.classify(image);
  }

  /**
   * Segments with the library's default.
   *
   * @return the region
   */
  @Benchmark
  public Segmentation segment() {
    return segmenter.segment(image);
  }

  /**
   * Segments with P1's chain.
   *
   * @return the region
   */
  @Benchmark
  public Segmentation segmentAsPublished() {
    return published.segment(image);
  }

  /**
   * Reads, classifies and, if it is a tumor, segments.
   *
   * @return the analysis
   * @throws IOException if the file cannot be read
   */
  @Benchmark
  public Analysis analyze() throws IOException {
    return pipeline.analyze(Path.of(file));
  }
}

package io.github.brainimaging.models.onnx;

import static io.github.brainimaging.models.onnx.Classifiers.LABELS;
import static io.github.brainimaging.models.onnx.Classifiers.convolutions;
import static io.github.brainimaging.models.onnx.Classifiers.noise;
import static io.github.brainimaging.models.onnx.Classifiers.passThrough;
import static io.github.brainimaging.models.onnx.Classifiers.pixels;
import static io.github.brainimaging.models.onnx.Classifiers.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.tensor.Layout;
import io.github.brainimaging.core.testing.Interrupted;
import io.github.brainimaging.models.card.Activation;
import io.github.brainimaging.models.card.ModelCard;
import io.github.brainimaging.models.card.ModelException;
import io.github.brainimaging.models.card.ModelInput;
import io.github.brainimaging.models.card.VectorScaling;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class OnnxClassifierTest {

  /** At temperature 0.8 and scaled by class, with Python's math: the bias turns the answer. */
  @Test
  void scalesEachClassAsItsCardSays() {
    ModelCard card =
        ModelCard.builder("tiny", pixels(3, 1, Layout.NCHW), Activation.LOGITS, LABELS)
            .temperature(0.8)
            .scaling(new VectorScaling(List.of(1.5, 0.7, 1.1), List.of(-0.4, 0.3, 0.1)))
            .build();
    try (OnnxClassifier plain = passThrough(Activation.LOGITS).build();
        OnnxClassifier scaled = passThrough(Activation.LOGITS).card(card).build()) {
      Prediction prediction = scaled.classify(row(2, 1, 0.5f));

      assertThat(plain.classify(row(2, 1, 0.5f)).label()).isEqualTo("glioma");
      assertThat(prediction.label()).isEqualTo("meningioma");
      assertThat(prediction.probability("glioma")).isEqualTo(0.42261347208464756, within(1e-12));
      assertThat(prediction.probability("meningioma"))
          .isEqualTo(0.47489539643100914, within(1e-12));
      assertThat(prediction.probability("notumor")).isEqualTo(0.10249113148434331, within(1e-12));
    }
  }

  @Test
  void appliesSoftmaxToLogits() {
    try (OnnxClassifier classifier = passThrough(Activation.LOGITS).build()) {
      Prediction prediction =
          classifier.classify(row((float) Math.log(1), (float) Math.log(2), (float) Math.log(5)));
      assertThat(prediction.probability("glioma")).isCloseTo(1 / 8.0, within(1e-7));
      assertThat(prediction.probability("meningioma")).isCloseTo(2 / 8.0, within(1e-7));
      assertThat(prediction.probability("notumor")).isCloseTo(5 / 8.0, within(1e-7));
      assertThat(prediction.isTumor()).isFalse();
    }
  }

  @Test
  void softmaxOfHugeLogitsDoesNotOverflow() {
    try (OnnxClassifier classifier = passThrough(Activation.LOGITS).build()) {
      Prediction prediction = classifier.classify(row(1e30f, -1e30f, 1e30f));
      assertThat(prediction.probabilities().values()).containsExactly(0.5, 0.0, 0.5);
    }
  }

  @Test
  void blamesAnImageThatIsNotFiniteAndNotTheModel() {
    try (OnnxClassifier classifier = passThrough(Activation.LOGITS).build()) {
      for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
        assertThatThrownBy(() -> classifier.classify(row(0, bad, 0)))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("image must be finite")
            .hasMessageContaining("got " + bad);
      }
    }
  }

  @Test
  @SuppressWarnings("NullAway")
  void namesTheMissingImage() {
    try (OnnxClassifier classifier = passThrough(Activation.LOGITS).build()) {
      assertThatThrownBy(() -> classifier.classify(null)).hasMessage("image");
    }
  }

  @Test
  void takesNoInputThatOneBufferCannotHold() {
    assertThatThrownBy(() -> ModelInput.ofSize(16_384, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("width x height x channels must be at most");
  }

  @Test
  void aHugeMaximumOfTheBatchIsNoHugeBatch() {
    try (OnnxClassifier classifier =
        passThrough(Activation.LOGITS).maximumBatchSize(Integer.MAX_VALUE).build()) {
      assertThat(classifier.classifyAll(List.of(row(1, 2, 3), row(3, 2, 1)))).hasSize(2);
    }
  }

  @Test
  void takesSigmoidOutputsAsTheyAre() {
    try (OnnxClassifier classifier = passThrough(Activation.SIGMOID).build()) {
      Prediction prediction = classifier.classify(row(0.75f, 0.5f, 0.25f));
      assertThat(prediction.probabilities().values()).containsExactly(0.75, 0.5, 0.25);
      assertThat(prediction.label()).isEqualTo("glioma");
    }
  }

  @Test
  void takesSoftmaxOutputsAsTheyAre() {
    try (OnnxClassifier classifier = passThrough(Activation.SOFTMAX).build()) {
      Prediction prediction = classifier.classify(row(0.125f, 0.625f, 0.25f));
      assertThat(prediction.probabilities().values()).containsExactly(0.125, 0.625, 0.25);
    }
  }

  @Test
  void rejectsSoftmaxOutputsThatAreNone() {
    try (OnnxClassifier classifier = passThrough(Activation.SOFTMAX).build()) {
      assertThatThrownBy(() -> classifier.classify(row(3, -2, 0)))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("tiny")
          .hasMessageContaining("[3.0, -2.0, 0.0]")
          .hasMessageContaining("LOGITS");
      assertThatThrownBy(() -> classifier.classify(row(0.5f, 0.5f, 0.5f)))
          .isInstanceOf(ModelException.class);
    }
  }

  @ParameterizedTest
  @CsvSource({"Sqrt, -1, NaN", "Reciprocal, 0, Infinity", "Log, 0, -Infinity"})
  void rejectsOutputsThatAreNotFinite(String operator, float pixel, double bad) {
    TinyModel model =
        new TinyModel()
            .input("x", DataType.FLOAT, -1, 1, 1, 3)
            .node("Flatten", "flat", "x")
            .node(operator, "y", "flat")
            .output("y", DataType.FLOAT, -1, 3);
    OnnxClassifier.Builder builder =
        passThrough(Activation.LOGITS)
            .model(ModelSource.ofBytes(model.bytes(), "tiny"))
            .warmUpRuns(0);
    try (OnnxClassifier classifier = builder.build()) {
      assertThatThrownBy(() -> classifier.classify(row(1, pixel, 1)))
          .isInstanceOf(ModelException.class)
          .hasMessage("model tiny failed: it gave %s for the label 'meningioma'", bad);
      assertThat(classifier.classify(row(1, 1, 1)).label()).isEqualTo("glioma");
    }
  }

  @Test
  void feedsTheAxesInTheLayoutOfTheCard() {
    // Channel, then pixel: (1 2) (3 4) (5 6); pixel, then channel: (1 3 5) (2 4 6).
    MedicalImage image = MedicalImage.of(2, 1, 3, new float[] {1, 2, 3, 4, 5, 6});
    List<String> labels = List.of("a", "b", "c", "d", "e", "f");
    Map<Layout, int[]> expected =
        Map.of(
            Layout.NCHW, new int[] {1, 2, 3, 4, 5, 6}, Layout.NHWC, new int[] {1, 3, 5, 2, 4, 6});
    expected.forEach(
        (layout, values) -> {
          long[] shape = IntStream.of(layout.shape(1, 3, 1, 2)).asLongStream().toArray();
          byte[] model = TinyModel.passThrough(shape, new long[] {1, 6}).bytes();
          try (OnnxClassifier classifier =
              OnnxClassifier.builder()
                  .model(ModelSource.ofBytes(model, "axes"))
                  .card(pixels(2, 3, layout), Activation.LOGITS, labels)
                  .build()) {
            Prediction prediction = classifier.classify(image);
            double first = prediction.probability("a");
            for (int i = 0; i < values.length; i++) {
              double ratio = prediction.probability(labels.get(i)) / first;
              assertThat(Math.log(ratio)).isCloseTo(values[i] - 1.0, within(1e-5));
            }
          }
        });
  }

  @Test
  void takesFromTheCardWhichLabelsMeanATumor() {
    ModelCard card =
        ModelCard.builder("m", pixels(3, 1, Layout.NCHW), Activation.LOGITS, LABELS)
            .tumorLabels(List.of("notumor"))
            .build();
    try (OnnxClassifier classifier = passThrough(Activation.LOGITS).card(card).build()) {
      assertThat(classifier.card()).isEqualTo(card);
      assertThat(classifier.labels()).isEqualTo(LABELS);
      assertThat(classifier.classify(row(0, 0, 1)).isTumor()).isTrue();
      assertThat(classifier.classify(row(0, 1, 0)).isTumor()).isFalse();
    }
  }

  @Test
  void aBatchGivesWhatSinglesGiveUnlessInterrupted() {
    List<MedicalImage> images = noise(11);
    try (OnnxClassifier classifier = convolutions().maximumBatchSize(4).build()) {
      Interrupted.assertEnds(() -> classifier.classifyAll(images), "interrupted at image 0 of 11");
      List<Prediction> batch = classifier.classifyAll(images);
      assertThat(batch).hasSameSizeAs(images);
      for (int i = 0; i < images.size(); i++) {
        assertClose(batch.get(i), classifier.classify(images.get(i)));
      }
      assertThat(batch.get(0)).isNotEqualTo(batch.get(10));
      assertThat(classifier.classifyAll(List.of())).isEmpty();
    }
  }

  private static void assertClose(Prediction actual, Prediction expected) {
    expected
        .probabilities()
        .forEach((label, p) -> assertThat(actual.probability(label)).isCloseTo(p, within(1e-6)));
  }

  @Test
  void aFixedBatchOfOneIsRunImageByImage() {
    byte[] model = TinyModel.passThrough(new long[] {1, 1, 1, 3}, new long[] {1, 3}).bytes();
    try (OnnxClassifier classifier =
        passThrough(Activation.LOGITS).model(ModelSource.ofBytes(model, "fixed")).build()) {
      List<Prediction> predictions =
          classifier.classifyAll(List.of(row(9, 0, 0), row(0, 9, 0), row(0, 0, 9)));
      assertThat(predictions).extracting(Prediction::label).isEqualTo(LABELS);
    }
  }

  @Test
  void streamsAreReadLazilyAndInChunks() {
    AtomicInteger read = new AtomicInteger();
    AtomicInteger closed = new AtomicInteger();
    Stream<MedicalImage> endless =
        Stream.generate(
                () -> {
                  float[] values = new float[3];
                  values[read.getAndIncrement() % 3] = 5;
                  return row(values);
                })
            .onClose(closed::incrementAndGet);
    try (OnnxClassifier classifier = passThrough(Activation.LOGITS).maximumBatchSize(4).build();
        Stream<Prediction> predictions = classifier.classifyStream(endless)) {
      assertThat(read).hasValue(0);
      List<String> labels = predictions.map(Prediction::label).limit(6).toList();
      assertThat(labels)
          .containsExactly("glioma", "meningioma", "notumor", "glioma", "meningioma", "notumor");
      assertThat(read).hasValueLessThanOrEqualTo(8);
    }
    assertThat(closed).hasValue(1);
  }

  @Test
  void eightThreadsGiveWhatOneGives() throws Exception {
    List<MedicalImage> images = noise(8);
    try (OnnxClassifier classifier = convolutions().build()) {
      List<Prediction> expected = images.stream().map(classifier::classify).toList();
      assertThat(expected).doesNotHaveDuplicates();
      ExecutorService pool = Executors.newFixedThreadPool(8);
      try {
        List<Future<List<Prediction>>> futures = new ArrayList<>();
        for (MedicalImage own : images) {
          futures.add(
              pool.submit(
                  () -> IntStream.range(0, 25).mapToObj(i -> classifier.classify(own)).toList()));
        }
        for (int i = 0; i < images.size(); i++) {
          assertThat(futures.get(i).get()).containsOnly(expected.get(i));
        }
      } finally {
        pool.shutdownNow();
      }
    }
  }

  @Test
  void closingWaitsForTheCallsUnderWay() throws Exception {
    List<MedicalImage> images = noise(4);
    OnnxClassifier classifier = convolutions().build();
    Prediction expected = classifier.classify(images.get(0));
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      List<Future<Integer>> futures = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        futures.add(
            pool.submit(
                () -> {
                  int done = 0;
                  try {
                    while (true) {
                      assertThat(classifier.classify(images.get(0))).isEqualTo(expected);
                      done++;
                    }
                  } catch (IllegalStateException e) {
                    return done;
                  }
                }));
      }
      assertThat(classifier.classifyAll(images)).hasSize(4);
      classifier.close();
      for (Future<Integer> future : futures) {
        assertThat(future.get()).isNotNegative();
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void refusesUseAfterClose() {
    OnnxClassifier classifier = passThrough(Activation.LOGITS).build();
    classifier.close();
    classifier.close();
    assertThatThrownBy(() -> classifier.classify(row(1, 2, 3)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
    assertThatThrownBy(() -> classifier.classifyAll(List.of()))
        .isInstanceOf(IllegalStateException.class);
    assertThat(classifier.labels()).isEqualTo(LABELS);
  }

  @ParameterizedTest
  @EnumSource
  void everyOptimizationGivesTheSame(GraphOptimization level) {
    List<MedicalImage> images = noise(1);
    try (OnnxClassifier expected = convolutions().build();
        OnnxClassifier classifier = convolutions().optimization(level).threads(1).build()) {
      assertClose(classifier.classify(images.get(0)), expected.classify(images.get(0)));
    }
  }

  @Test
  void tellsTheDeviceThatIsUsed() {
    try (OnnxClassifier classifier = passThrough(Activation.LOGITS).device(Device.auto()).build()) {
      assertThat(classifier.device()).isEqualTo(Device.cpu());
      assertThat(classifier).hasToString("OnnxClassifier[" + classifier.card().name() + ", CPU]");
    }
  }

  @Test
  void aGpuThatIsMissingIsAnError() {
    OnnxClassifier.Builder builder = passThrough(Activation.LOGITS).device(Device.gpu(0));
    assertThatThrownBy(builder::build)
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("GPU 0")
        .hasMessageContaining("onnxruntime_gpu");
  }

  @Test
  void warmUpFindsAnOutputThatTheGraphDidNotDeclare() {
    byte[] model = TinyModel.passThrough(new long[] {-1, 1, 1, -1}, new long[] {-1, -1}).bytes();
    OnnxClassifier.Builder builder =
        OnnxClassifier.builder()
            .model(ModelSource.ofBytes(model, "open"))
            .card(pixels(4, 1, Layout.NCHW), Activation.LOGITS, LABELS);
    assertThatThrownBy(builder::build)
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("model open failed")
        .hasMessageContaining("[1, 4], expected [1, 3]");
    try (OnnxClassifier cold = builder.warmUpRuns(0).build()) {
      assertThatThrownBy(() -> cold.classify(row(1, 2, 3, 4))).isInstanceOf(ModelException.class);
    }
  }

  @Test
  void rejectsOptionsOutOfRange() {
    OnnxClassifier.Builder builder = OnnxClassifier.builder();
    assertThatThrownBy(() -> builder.threads(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("threads must be positive, got 0");
    assertThatThrownBy(() -> builder.maximumBatchSize(0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.warmUpRuns(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> builder.gpuMemoryLimit(0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> builder.card(pixels(3, 1, Layout.NCHW), Activation.LOGITS, List.of("a", "a")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

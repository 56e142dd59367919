package io.github.brainimaging.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.Spacing;
import io.github.brainimaging.core.inference.Segmentation;
import io.github.brainimaging.core.tensor.Layout;
import io.github.brainimaging.core.testing.Interrupted;
import io.github.brainimaging.core.transform.spatial.Interpolation;
import io.github.brainimaging.models.card.Activation;
import io.github.brainimaging.models.card.ModelCard;
import io.github.brainimaging.models.card.ModelException;
import io.github.brainimaging.models.card.ModelInput;
import io.github.brainimaging.models.card.Task;
import io.github.brainimaging.models.network.Network;
import io.github.brainimaging.models.network.Weights;
import io.github.brainimaging.models.network.format.OnnxExport;
import io.github.brainimaging.models.network.format.WeightFiles;
import io.github.brainimaging.models.network.zoo.CompactUnet;
import io.github.brainimaging.models.onnx.internal.Mirror;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Networks that give their input back, so that an image's pixels are the network's outputs. */
class OnnxSegmenterTest {

  private static ModelInput pixels(int side, int channels, ModelInput.Fit fit, Layout layout) {
    return new ModelInput(
        side, side, channels, layout, fit, Interpolation.BILINEAR, ModelInput.Normalization.NONE);
  }

  private static OnnxSegmenter.Builder identity(ModelInput input, Activation activation) {
    int[] axes = input.shape(1);
    long[] shape = {-1, axes[1], axes[2], axes[3]};
    TinyModel model =
        new TinyModel()
            .input("x", DataType.FLOAT, shape)
            .node("Identity", "y", "x")
            .output("y", DataType.FLOAT, shape);
    List<String> labels =
        input.channels() == 1 ? List.of("tumor") : List.of("background", "core", "edema");
    return OnnxSegmenter.builder()
        .model(ModelSource.ofBytes(model.bytes(), "tiny"))
        .card(input, activation, labels)
        .device(Device.cpu());
  }

  private static OnnxSegmenter binary(int side, ModelInput.Fit fit) {
    return identity(pixels(side, 1, fit, Layout.NCHW), Activation.SIGMOID).build();
  }

  /** A bright disk of 0.9 in 0.1. */
  private static MedicalImage disk(int width, int height, double x, double y, double radius) {
    float[] values = new float[width * height];
    for (int i = 0; i < values.length; i++) {
      values[i] = Math.hypot(i % width - x, Math.floorDiv(i, width) - y) < radius ? 0.9f : 0.1f;
    }
    return MedicalImage.ofGray(width, height, values);
  }

  private static OnnxSegmenter.Builder convolutions() {
    Network network = CompactUnet.describe(64, 1);
    return convolutions(OnnxExport.toBytes(network, Weights.random(network, 1), Map.of()));
  }

  private static OnnxSegmenter.Builder convolutions(byte[] model) {
    return OnnxSegmenter.builder()
        .model(ModelSource.ofBytes(model, "random"))
        .card(
            ModelInput.ofSize(64, 1).withNormalization(ModelInput.Normalization.Z_SCORE),
            Activation.LOGITS,
            List.of("tumor"))
        .device(Device.cpu())
        .threads(1);
  }

  private static List<MedicalImage> images(int count) {
    Random random = new Random(5);
    return IntStream.range(0, count)
        .mapToObj(i -> disk(50 + i, 70, 10 + random.nextInt(30), 20 + 3 * i, 5 + i))
        .toList();
  }

  @ParameterizedTest
  @EnumSource(
      value = ModelInput.Fit.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"RESIZE_CROP", "CROP"})
  void putsTheMaskOnTheGridOfTheImage(ModelInput.Fit fit) {
    MedicalImage image = disk(90, 60, 50, 25, 14).withSpacing(new Spacing(0.5, 0.5));
    try (OnnxSegmenter segmenter = binary(64, fit)) {
      Segmentation found = segmenter.segment(image);
      Mask truth = Mask.above(image, 0.5f);
      assertThat(found.mask().width()).isEqualTo(90);
      assertThat(found.mask().height()).isEqualTo(60);
      assertThat(found.spacing()).isEqualTo(image.spacing());
      // Resampled there and back: the border may move by a pixel.
      assertThat(found.areaPixels()).isCloseTo(truth.count(), within(truth.count() / 10));
      assertThat(found.centroid().orElseThrow().x()).isCloseTo(50, within(0.3));
      assertThat(found.centroid().orElseThrow().y()).isCloseTo(25, within(0.3));
      assertThat(found.confidence().orElseThrow()).isBetween(0.75, 0.91);
    }
  }

  @Test
  void coversLargeImagesWithTiles() {
    MedicalImage image = disk(150, 41, 100, 20, 14);
    try (OnnxSegmenter segmenter = binary(32, ModelInput.Fit.TILES)) {
      float[] map = segmenter.probabilities(image).samples();
      float[] expected = image.samples();
      for (int i = 0; i < map.length; i++) {
        assertThat(map[i]).isCloseTo(expected[i], within(1e-5f));
      }
    }
  }

  @Test
  void findsNothingHonestly() {
    try (OnnxSegmenter segmenter = binary(16, ModelInput.Fit.STRETCH)) {
      Segmentation found = segmenter.segment(disk(20, 20, 0, 0, 0));
      assertThat(found.found()).isFalse();
      assertThat(found.confidence()).isEmpty();
    }
  }

  @Test
  void takesScoresOfOneLabelThroughASigmoid() {
    ModelInput input = pixels(2, 1, ModelInput.Fit.STRETCH, Layout.NCHW);
    try (OnnxSegmenter segmenter = identity(input, Activation.LOGITS).build()) {
      MedicalImage image = MedicalImage.ofGray(2, 2, new float[] {0, 2, -2, 400});
      float[] map = segmenter.probabilities(image).samples();
      assertThat(map[0]).isEqualTo(0.5f);
      assertThat(map[1]).isCloseTo(0.880797f, within(1e-6f));
      assertThat(map[2]).isCloseTo(0.119203f, within(1e-6f));
      assertThat(map[3]).isEqualTo(1);
      assertThat(segmenter.segment(image).areaPixels()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @EnumSource(Layout.class)
  void addsTheTumorLabelsThatExcludeEachOther(Layout layout) {
    // One pixel is background, the other splits the tumor between two labels.
    MedicalImage image = MedicalImage.of(2, 1, 3, new float[] {0.6f, 0.4f, 0.3f, 0.3f, 0.1f, 0.3f});
    ModelInput input =
        new ModelInput(
            2,
            1,
            3,
            layout,
            ModelInput.Fit.STRETCH,
            Interpolation.NEAREST,
            ModelInput.Normalization.NONE);
    try (OnnxSegmenter softmax = identity(input, Activation.SOFTMAX).build();
        OnnxSegmenter sigmoid = identity(input, Activation.SIGMOID).build()) {
      float[] sums = softmax.probabilities(image).samples();
      assertThat(sums[0]).isCloseTo(0.4f, within(1e-6f));
      assertThat(sums[1]).isCloseTo(0.6f, within(1e-6f));
      assertThat(softmax.segment(image).mask().toArray()).containsExactly(false, true);
      assertThat(sigmoid.probabilities(image).samples()).containsExactly(0.3f, 0.3f);
    }
  }

  @Test
  void obeysTheCardsThreshold() {
    MedicalImage image = MedicalImage.ofGray(2, 1, new float[] {0.2f, 0.4f});
    ModelInput input =
        new ModelInput(
            2,
            1,
            1,
            Layout.NCHW,
            ModelInput.Fit.STRETCH,
            Interpolation.NEAREST,
            ModelInput.Normalization.NONE);
    ModelCard card =
        ModelCard.builder("low", input, Activation.SIGMOID, List.of("tumor"))
            .task(Task.SEGMENTATION)
            .threshold(0.3)
            .build();
    try (OnnxSegmenter segmenter =
        identity(input, Activation.SIGMOID).card(ModelCard.fromJson(card.toJson())).build()) {
      assertThat(segmenter.segment(image).mask().toArray()).containsExactly(false, true);
    }
  }

  @Test
  void anInterruptEndsManyImages() {
    List<MedicalImage> images = images(3);
    try (OnnxSegmenter segmenter = convolutions().maximumBatchSize(2).build()) {
      Interrupted.assertEnds(() -> segmenter.segmentAll(images), "interrupted at image 0 of 3");
      assertThat(segmenter.segmentAll(images)).hasSize(3);
    }
  }

  @Test
  void givesTheSameForOneAndManyAndFromManyThreads() {
    List<MedicalImage> images = images(9);
    try (OnnxSegmenter segmenter = convolutions().maximumBatchSize(4).build()) {
      List<MedicalImage> single = images.stream().map(segmenter::probabilities).toList();
      List<MedicalImage> parallel = images.parallelStream().map(segmenter::probabilities).toList();
      assertThat(parallel).isEqualTo(single);
      List<Segmentation> batched = segmenter.segmentAll(images);
      List<Segmentation> one = new ArrayList<>();
      images.forEach(image -> one.add(segmenter.segment(image)));
      for (int i = 0; i < images.size(); i++) {
        assertThat(batched.get(i).areaPixels()).isCloseTo(one.get(i).areaPixels(), within(2));
      }
    }
  }

  @Test
  void averagesWithTheMirroredImage() {
    MedicalImage image = disk(64, 64, 20, 30, 9);
    try (OnnxSegmenter plain = convolutions().build();
        OnnxSegmenter averaging = convolutions().flipAveraging(true).build()) {
      float[] straight = plain.probabilities(image).samples();
      float[] mirrored = Mirror.of(plain.probabilities(Mirror.of(image))).samples();
      float[] average = averaging.probabilities(image).samples();
      for (int i = 0; i < average.length; i++) {
        assertThat(average[i]).isCloseTo((straight[i] + mirrored[i]) / 2, within(1e-5f));
      }
    }
  }

  @Test
  void weightsInHalfPrecisionMoveAMaskByAFewPixels() {
    Network network = CompactUnet.describe(64, 1);
    byte[] model = OnnxExport.toBytes(network, Weights.random(network, 1), Map.of());
    List<MedicalImage> images = images(12);
    try (OnnxSegmenter whole = convolutions(model).build();
        OnnxSegmenter half = convolutions(WeightFiles.halved(model)).build()) {
      List<Segmentation> expected = whole.segmentAll(images);
      List<Segmentation> found = half.segmentAll(images);
      int drawn = 0;
      int changed = 0;
      for (int i = 0; i < images.size(); i++) {
        boolean[] before = expected.get(i).mask().toArray();
        boolean[] after = found.get(i).mask().toArray();
        for (int p = 0; p < before.length; p++) {
          drawn += before[p] ? 1 : 0;
          changed += before[p] == after[p] ? 0 : 1;
        }
      }
      assertThat(drawn).isGreaterThan(500);
      assertThat(changed).isLessThan(drawn / 100);
    }
  }

  @Test
  void bringsAModelAlongThatMayBeShipped() {
    try (OnnxSegmenter segmenter = OnnxSegmenter.builder().device(Device.cpu()).build()) {
      assertThat(segmenter.card().task()).isEqualTo(Task.SEGMENTATION);
      assertThat(segmenter.card().license()).contains("CC-BY-4.0").contains("BRISC");
      assertThat(segmenter.card().results().get("meanDice")).isGreaterThan(0.75);
      assertThat(segmenter.segment(disk(256, 200, 100, 100, 60)).mask().width()).isEqualTo(256);
    }
  }

  @Test
  void refusesWhatIsMadeForAnotherTask() {
    assertThatThrownBy(() -> OnnxSegmenter.builder().model(ModelSource.embedded()).build())
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("for CLASSIFICATION by its card, expected SEGMENTATION");
    ModelInput input = pixels(4, 1, ModelInput.Fit.TILES, Layout.NCHW);
    assertThatThrownBy(
            () ->
                OnnxClassifier.builder()
                    .model(
                        ModelSource.ofBytes(
                            TinyModel.passThrough(new long[] {-1, 1, 4, 4}, new long[] {-1, 16})
                                .bytes(),
                            "tiny"))
                    .card(input, Activation.LOGITS, List.of("a"))
                    .build())
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("TILES");
  }

  @Test
  void refusesOutputsThatAreNoMaps() {
    OnnxSegmenter.Builder flat =
        OnnxSegmenter.builder()
            .model(
                ModelSource.ofBytes(
                    TinyModel.passThrough(new long[] {-1, 1, 1, 4}, new long[] {-1, 2}).bytes(),
                    "flat"))
            .card(
                new ModelInput(
                    4,
                    1,
                    1,
                    Layout.NCHW,
                    ModelInput.Fit.STRETCH,
                    Interpolation.NEAREST,
                    ModelInput.Normalization.NONE),
                Activation.SIGMOID,
                List.of("tumor"));
    assertThatThrownBy(flat::build)
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("expected FLOAT [N, 1, ?, ?]");
    assertThatThrownBy(
            () ->
                identity(pixels(4, 1, ModelInput.Fit.PAD, Layout.NCHW), Activation.SOFTMAX).build())
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("SOFTMAX of the single label");
    try (OnnxSegmenter segmenter = binary(4, ModelInput.Fit.STRETCH)) {
      MedicalImage image = MedicalImage.ofGray(1, 1, new float[] {3});
      assertThatThrownBy(() -> segmenter.segment(image))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("no such probabilities");
    }
  }

  @Test
  void refusesImagesThatAreNotFiniteAndUseAfterClosing() {
    OnnxSegmenter segmenter = binary(4, ModelInput.Fit.STRETCH);
    MedicalImage image = MedicalImage.ofGray(1, 1, new float[] {Float.NaN});
    assertThatThrownBy(() -> segmenter.segment(image))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("image must be finite");
    segmenter.close();
    segmenter.close();
    assertThatThrownBy(() -> segmenter.segment(disk(4, 4, 1, 1, 1)))
        .isInstanceOf(IllegalStateException.class);
  }
}

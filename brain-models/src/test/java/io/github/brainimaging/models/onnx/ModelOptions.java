package io.github.brainimaging.models.onnx;

import static io.github.brainimaging.models.onnx.Classifiers.LABELS;
import static io.github.brainimaging.models.onnx.Classifiers.passThrough;
import static io.github.brainimaging.models.onnx.Classifiers.pixels;
import static io.github.brainimaging.models.onnx.Classifiers.row;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.github.brainimaging.core.geometry.AnatomicalPlane;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.slice.SliceSampling;
import io.github.brainimaging.core.tensor.Layout;
import io.github.brainimaging.core.testing.OptionContract.Observation;
import io.github.brainimaging.core.testing.OptionContract.Option;
import io.github.brainimaging.models.card.Activation;
import io.github.brainimaging.models.card.ModelCard;
import io.github.brainimaging.models.card.ModelException;
import io.github.brainimaging.models.card.ModelInput;
import io.github.brainimaging.models.card.Task;
import io.github.brainimaging.models.network.Network;
import io.github.brainimaging.models.network.Weights;
import io.github.brainimaging.models.network.format.OnnxExport;
import io.github.brainimaging.models.network.zoo.CompactUnet;
import io.github.brainimaging.models.network.zoo.SliceSequences;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Options of the builders of models. */
public final class ModelOptions {

  private ModelOptions() {}

  /** All of them. */
  public static List<Option> all() {
    return Stream.of(models(), running(), settings(), own()).flatMap(List::stream).toList();
  }

  private static OnnxClassifier.Builder tiny() {
    return passThrough(Activation.LOGITS);
  }

  private static final Observation<OnnxClassifier.Builder> PREDICTION =
      builder -> {
        try (OnnxClassifier classifier = builder.build()) {
          return classifier.classify(row(0, 2, 1));
        }
      };

  private static List<Option> models() {
    TinyModel negative =
        new TinyModel()
            .input("x", DataType.FLOAT, -1, 1, 1, 3)
            .node("Flatten", "flat", "x")
            .node("Neg", "y", "flat")
            .output("y", DataType.FLOAT, -1, 3);
    ModelInput input = pixels(3, 1, Layout.NCHW);
    ModelCard renamed =
        ModelCard.builder("renamed", input, Activation.LOGITS, List.of("a", "b", "c")).build();
    return List.of(
        Option.of(
            "ModelBuilder.model",
            tiny(),
            tiny().model(ModelSource.ofBytes(negative.bytes(), "negative")),
            PREDICTION),
        Option.of("ModelBuilder.card", tiny(), tiny().card(renamed), PREDICTION),
        Option.of(
            "ModelBuilder.card",
            tiny(),
            tiny().card(input, Activation.LOGITS, List.of("a", "b", "c")),
            PREDICTION));
  }

  /** Whether a model can be had. */
  private static final Observation<OnnxClassifier.Builder> LOADS =
      builder -> {
        try (OnnxClassifier classifier = builder.build()) {
          return "runs on " + classifier.device();
        } catch (ModelException e) {
          return String.valueOf(e.getMessage());
        }
      };

  /** The images that are read for the first answer. */
  private static int read(OnnxClassifier.Builder builder) {
    AtomicInteger read = new AtomicInteger();
    Stream<MedicalImage> images =
        Stream.generate(
                () -> {
                  read.incrementAndGet();
                  return row(0, 2, 1);
                })
            .limit(100);
    try (OnnxClassifier classifier = builder.build();
        Stream<Prediction> predictions = classifier.classifyStream(images)) {
      return predictions.limit(1).allMatch(p -> p.label().equals(LABELS.get(1))) ? read.get() : -1;
    }
  }

  private static OnnxClassifier.Builder undeclared() {
    byte[] model = TinyModel.passThrough(new long[] {-1, 1, 1, -1}, new long[] {-1, -1}).bytes();
    return OnnxClassifier.builder()
        .model(ModelSource.ofBytes(model, "open"))
        .card(pixels(4, 1, Layout.NCHW), Activation.LOGITS, LABELS)
        .device(Device.cpu());
  }

  private static List<Option> running() {
    return List.of(
        Option.of("ModelBuilder.device", tiny(), tiny().device(Device.gpu(77)), LOADS),
        Option.of("ImageModelBuilder.warmUpRuns", undeclared(), undeclared().warmUpRuns(0), LOADS),
        Option.of(
            "ImageModelBuilder.maximumBatchSize",
            tiny(),
            tiny().maximumBatchSize(4),
            ModelOptions::read));
  }

  /** What the engine is told; {@code SessionSettingsTest} holds that it obeys. */
  private static List<Option> settings() {
    Observation<OnnxClassifier.Builder> told = builder -> builder.options().settings(Device.gpu(1));
    return List.of(
        Option.of("ModelBuilder.threads", tiny(), tiny().threads(33), told),
        Option.of(
            "ModelBuilder.optimization", tiny(), tiny().optimization(GraphOptimization.NONE), told),
        Option.of("ModelBuilder.gpuMemoryLimit", tiny(), tiny().gpuMemoryLimit(1_000_000), told));
  }

  private static OnnxSegmenter.Builder unet() {
    Network network = CompactUnet.describe(32, 1);
    byte[] model = OnnxExport.toBytes(network, Weights.random(network, 1), Map.of());
    return OnnxSegmenter.builder()
        .model(ModelSource.ofBytes(model, "random"))
        .card(ModelInput.ofSize(32, 1), Activation.LOGITS, List.of("tumor"))
        .device(Device.cpu());
  }

  private static SequenceClassifier.Builder sequence() {
    Network network = SliceSequences.DENSENET_LSTM.describe(1, 16, 6, 2);
    ModelCard card =
        ModelCard.builder(
                "sequence",
                ModelInput.ofSize(16, 1).withNormalization(ModelInput.Normalization.Z_SCORE),
                Activation.SOFTMAX,
                List.of("no", "yes"))
            .task(Task.SEQUENCE_CLASSIFICATION)
            .build();
    byte[] model = OnnxExport.toBytes(network, Weights.random(network, 5), Map.of());
    return SequenceClassifier.builder(ModelSource.ofBytes(model, "sequence"))
        .card(card)
        .device(Device.cpu());
  }

  private static List<Option> own() {
    float[] samples = new float[32 * 32];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = i * 7919L % 251;
    }
    MedicalImage image = MedicalImage.ofGray(32, 32, samples).withNominalMaximum(255);
    MedicalVolume volume = MedicalVolume.of(VolumeGrid.ofSize(16, 8, 8), samples);
    return List.of(
        Option.of(
            "OnnxSegmenter.Builder.flipAveraging",
            unet(),
            unet().flipAveraging(true),
            builder -> {
              try (OnnxSegmenter segmenter = builder.build()) {
                return segmenter.probabilities(image);
              }
            }),
        Option.of(
            "SequenceClassifier.Builder.sampling",
            sequence(),
            sequence().sampling(SliceSampling.equallySpaced(AnatomicalPlane.AXIAL, 2)),
            builder -> {
              try (SequenceClassifier classifier = builder.build()) {
                return classifier.classify(volume);
              }
            }));
  }
}

package io.github.brainimaging.models.onnx;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.tensor.Layout;
import io.github.brainimaging.core.transform.spatial.Interpolation;
import io.github.brainimaging.models.card.Activation;
import io.github.brainimaging.models.card.ModelInput;
import io.github.brainimaging.models.network.Network;
import io.github.brainimaging.models.network.Weights;
import io.github.brainimaging.models.network.format.OnnxExport;
import io.github.brainimaging.models.network.zoo.Architectures;
import io.github.brainimaging.models.network.zoo.Head;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Small classifiers whose results can be told in advance, and images for them. */
final class Classifiers {

  private Classifiers() {}

  static final List<String> LABELS = List.of("glioma", "meningioma", "notumor");

  /** Takes images as they are: their pixels are the network's outputs. */
  static ModelInput pixels(int width, int channels, Layout layout) {
    return new ModelInput(
        width,
        1,
        channels,
        layout,
        ModelInput.Fit.STRETCH,
        Interpolation.NEAREST,
        ModelInput.Normalization.NONE);
  }

  static OnnxClassifier.Builder passThrough(Activation activation) {
    return OnnxClassifier.builder()
        .model(ModelSource.ofBytes(TinyModel.passThrough(3).bytes(), "tiny"))
        .card(pixels(3, 1, Layout.NCHW), activation, LABELS)
        .device(Device.cpu());
  }

  static MedicalImage row(float... values) {
    return MedicalImage.ofGray(values.length, 1, values);
  }

  /** A network of convolutions with random weights, whose results depend on the whole image. */
  static OnnxClassifier.Builder convolutions() {
    Network network = Architectures.named("compact-resnet").describe(Head.POOLED, 1, 64, 4);
    byte[] model = OnnxExport.toBytes(network, Weights.random(network, 1), Map.of());
    return OnnxClassifier.builder()
        .model(ModelSource.ofBytes(model, "convolutions"))
        .card(ModelInput.ofSize(64, 1), Activation.LOGITS, List.of("a", "b", "c", "d"))
        .device(Device.cpu());
  }

  static List<MedicalImage> noise(int count) {
    Random random = new Random(7);
    List<MedicalImage> images = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      float[] samples = new float[64 * 64];
      for (int k = 0; k < samples.length; k++) {
        samples[k] = random.nextFloat() * 255 * (i + 1) / count;
      }
      images.add(MedicalImage.ofGray(64, 64, samples).withNominalMaximum(255));
    }
    return images;
  }
}

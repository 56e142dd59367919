package io.github.brainimaging.models.onnx;

import ai.onnxruntime.OrtEnvironment;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.tensor.Layout;
import io.github.brainimaging.core.transform.spatial.Interpolation;
import java.util.List;

/**
 * An application that uses the library, run by {@link HostTest} in a JVM of its own. With the
 * argument {@code own-environment} it has used ONNX Runtime by itself before.
 */
final class HostProgram {

  private HostProgram() {}

  public static void main(String[] args) {
    if (args.length > 0) {
      System.out.println("environment " + OrtEnvironment.getEnvironment("host"));
    }
    for (int i = 0; i < 2; i++) {
      try (OnnxClassifier classifier =
          OnnxClassifier.builder()
              .model(ModelSource.ofBytes(TinyModel.passThrough(3).bytes(), "tiny"))
              .card(
                  new ModelInput(
                      3,
                      1,
                      1,
                      Layout.NCHW,
                      ModelInput.Fit.STRETCH,
                      Interpolation.NEAREST,
                      ModelInput.Normalization.NONE),
                  Activation.SIGMOID,
                  List.of("a", "b", "c"))
              .build()) {
        MedicalImage image = MedicalImage.ofGray(3, 1, new float[] {0.25f, 0.5f, 0.125f});
        System.out.println("predicted " + classifier.classifyAll(List.of(image, image)));
      }
    }
    System.out.println("tracking " + System.getProperty("OPT_OUT_TRACKING"));
  }
}

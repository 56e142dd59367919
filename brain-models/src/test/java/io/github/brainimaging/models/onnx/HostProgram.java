package io.github.brainimaging.models.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnxruntime.OrtEnvironment;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.tensor.Layout;
import io.github.brainimaging.core.transform.spatial.Interpolation;
import io.github.brainimaging.models.card.Activation;
import io.github.brainimaging.models.card.ModelException;
import io.github.brainimaging.models.card.ModelInput;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An application that uses the library, run by {@link HostTest} in a JVM of its own. With the
 * argument {@code own-environment} it has used ONNX Runtime by itself before; with {@code
 * own-loader} a copy of it has run in a class loader of its own.
 */
public final class HostProgram {

  private HostProgram() {}

  public static void main(String[] args) throws Exception {
    String host = args.length > 0 ? args[0] : "";
    switch (host) {
      case "own-environment" ->
          System.out.println("environment " + OrtEnvironment.getEnvironment("host"));
      case "own-loader" -> mainInAnotherLoader();
      case "softmax" -> loadASoftmax();
      default -> {}
    }
    try {
      predictTwice();
    } catch (ModelException e) {
      System.out.println("refused " + e.getClass().getSimpleName() + " " + e.getMessage());
    }
  }

  /** With a card of every activation; what is logged is what the test reads. */
  private static void loadASoftmax() {
    byte[] softmax =
        new TinyModel()
            .input("x", DataType.FLOAT, -1, 1, 1, 3)
            .node("Flatten", "f", "x")
            .node("Softmax", "y", "f")
            .output("y", DataType.FLOAT, -1, 3)
            .bytes();
    for (Activation activation : Activation.values()) {
      OnnxClassifier.builder()
          .model(ModelSource.ofBytes(softmax, "soft-" + activation))
          .card(Classifiers.pixels(3, 1, Layout.NCHW), activation, List.of("none", "tumor", "cyst"))
          .build()
          .close();
    }
  }

  private static void mainInAnotherLoader() throws Exception {
    List<URL> urls = new ArrayList<>();
    for (String path : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      urls.add(Path.of(path).toUri().toURL());
    }
    try (URLClassLoader loader =
        new URLClassLoader(urls.toArray(new URL[0]), ClassLoader.getPlatformClassLoader())) {
      Class<?> copy = loader.loadClass(HostProgram.class.getName());
      copy.getMethod("main", String[].class).invoke(null, (Object) new String[0]);
    }
  }

  private static void predictTwice() {
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

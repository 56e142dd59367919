package io.github.brainimaging.models.onnx;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.models.card.Activation;
import io.github.brainimaging.models.card.ModelInput;
import io.github.brainimaging.models.network.Network;
import io.github.brainimaging.models.network.Weights;
import io.github.brainimaging.models.network.format.OnnxExport;
import io.github.brainimaging.models.network.zoo.Architectures;
import io.github.brainimaging.models.network.zoo.Head;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Prints the resident memory of this process over predictions and load and close cycles (Linux).
 * With a Java heap of fixed size, whatever grows is native. Run with the class path of README,
 * "What is measured":
 *
 * <pre>java -Xms256m -Xmx256m -XX:+AlwaysPreTouch -cp ... MemoryCheck 10000 200</pre>
 */
final class MemoryCheck {

  private static final int SIZE = 128;

  private MemoryCheck() {}

  public static void main(String[] args) throws IOException {
    Network network = Architectures.named("compact-resnet").describe(Head.POOLED, 1, SIZE, 4);
    byte[] bytes = OnnxExport.toBytes(network, Weights.random(network, 1), Map.of());
    OnnxClassifier.Builder builder =
        OnnxClassifier.builder()
            .model(ModelSource.ofBytes(bytes, "memory check"))
            .card(
                ModelInput.ofSize(SIZE, 1),
                Activation.SOFTMAX,
                List.of("no tumor", "glioma", "cyst", "meningioma"))
            .device(Device.cpu());
    MedicalImage image =
        MedicalImage.ofGray(256, 256, new float[256 * 256]).withNominalMaximum(255);

    print("started", 0);
    try (OnnxClassifier classifier = builder.build()) {
      print("predictions", 0);
      int predictions = Integer.parseInt(args[0]);
      for (int i = 1; i <= predictions; i++) {
        Prediction unused = classifier.classify(image);
        if (i % (predictions / 10) == 0) {
          print("predictions", i);
        }
      }
    }
    int cycles = Integer.parseInt(args[1]);
    for (int i = 1; i <= cycles; i++) {
      try (OnnxClassifier classifier = builder.build()) {
        Prediction unused = classifier.classify(image);
      }
      if (i % (cycles / 10) == 0) {
        print("load and close cycles", i);
      }
    }
  }

  private static void print(String what, int count) throws IOException {
    String resident =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith("VmRSS"))
            .findFirst()
            .orElseThrow();
    System.out.printf("%6d %s: %s%n", count, what, resident);
  }
}

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
 * Prints the resident memory of this process over 10,000 predictions and 200 load and close cycles
 * (Linux). With a Java heap of fixed size, whatever grows is native. Run with the class path of
 * README, "What is measured":
 *
 * <pre>java -Xms256m -Xmx256m -XX:+AlwaysPreTouch -cp ... MemoryCheck</pre>
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
            .card(ModelInput.ofSize(SIZE, 1), Activation.LOGITS, List.of("a", "b", "c", "d"))
            .device(Device.cpu());
    MedicalImage image =
        MedicalImage.ofGray(256, 256, new float[256 * 256]).withNominalMaximum(255);

    print("started", 0);
    try (OnnxClassifier classifier = builder.build()) {
      print("predictions", 0);
      for (int i = 1; i <= 10_000; i++) {
        Prediction unused = classifier.classify(image);
        if (i % 1_000 == 0) {
          print("predictions", i);
        }
      }
    }
    for (int i = 1; i <= 200; i++) {
      try (OnnxClassifier classifier = builder.build()) {
        Prediction unused = classifier.classify(image);
      }
      if (i % 20 == 0) {
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

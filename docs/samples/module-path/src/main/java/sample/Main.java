package sample;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.pipeline.BrainPipeline;
import io.github.brainimaging.core.report.ResultJson;
import io.github.brainimaging.models.onnx.OnnxClassifier;

/** Asks the embedded classifier about a drawing, which it refuses, since it is no head. */
public final class Main {

  private Main() {}

  /** Prints the answer as JSON. */
  public static void main(String[] arguments) {
    float[] samples = new float[64 * 64];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = i % 64 * 4;
    }
    MedicalImage drawing = MedicalImage.ofGray(64, 64, samples).withNominalMaximum(255);
    try (OnnxClassifier classifier = OnnxClassifier.embedded()) {
      BrainPipeline pipeline = BrainPipeline.builder().classify(classifier).build();
      System.out.println(ResultJson.toJson(pipeline.analyze("drawing", drawing)));
    }
  }
}

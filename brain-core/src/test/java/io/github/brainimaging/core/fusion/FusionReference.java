package io.github.brainimaging.core.fusion;

import com.google.gson.Gson;
import io.github.brainimaging.core.image.MedicalImage;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;

/** reference.json, made by the Python program beside it. */
record FusionReference(MedicalImage mri, MedicalImage ct, Content content) {

  /** The file as it is. */
  static final class Content {
    int width;
    int height;
    float[] mri = {};
    float[] ct = {};
    Map<String, float[]> fused = Map.of();
    Map<String, Double> measures = Map.of();
  }

  static FusionReference read() {
    try (InputStreamReader in =
        new InputStreamReader(
            Objects.requireNonNull(FusionReference.class.getResourceAsStream("reference.json")),
            StandardCharsets.UTF_8)) {
      Content content = new Gson().fromJson(in, Content.class);
      return new FusionReference(image(content, content.mri), image(content, content.ct), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  MedicalImage fused(String name) {
    float[] samples = Objects.requireNonNull(content.fused.get(name), name);
    return MedicalImage.ofGray(content.width, content.height, samples).withNominalMaximum(1);
  }

  double measure(String name) {
    return Objects.requireNonNull(content.measures.get(name), name);
  }

  private static MedicalImage image(Content content, float[] samples) {
    return MedicalImage.ofGray(content.width, content.height, samples).withNominalMaximum(255);
  }
}

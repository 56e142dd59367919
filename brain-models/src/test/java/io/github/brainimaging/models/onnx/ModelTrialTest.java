package io.github.brainimaging.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.testing.Interrupted;
import io.github.brainimaging.models.card.Activation;
import io.github.brainimaging.models.card.ModelException;
import io.github.brainimaging.models.card.ModelInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models that are first tried in another process. */
class ModelTrialTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  @TempDir Path folder;

  private static OnnxClassifier open(ModelSource source) {
    return OnnxClassifier.builder()
        .model(source)
        .card(ModelInput.ofSize(1, 1), Activation.SIGMOID, List.of("a"))
        .build();
  }

  @Test
  void aSoundModelWorksAsWithoutATrial() throws IOException {
    byte[] model = TinyModel.passThrough(1).bytes();
    Path file = Files.write(folder.resolve("m.onnx"), model);
    MedicalImage image = MedicalImage.ofGray(1, 1, new float[] {0.25f});
    for (ModelSource source : List.of(ModelSource.ofPath(file), ModelSource.ofBytes(model, "m"))) {
      try (OnnxClassifier plain = open(source);
          OnnxClassifier tried = open(source.triedApart(MINUTE))) {
        assertThat(tried.classify(image)).isEqualTo(plain.classify(image));
      }
    }
  }

  @Test
  void aModelThatNeverEndsIsToldOfInTime() {
    ModelSource endless = ModelSource.ofBytes(TinyModel.endless().bytes(), "m");
    assertThatThrownBy(() -> open(endless.triedApart(Duration.ofSeconds(4))))
        .isInstanceOf(ModelException.class)
        .hasMessage("model m cannot be loaded: tried in another process, it took longer than 4 s");
  }

  @Test
  void aRefusalIsTheSame() {
    ModelSource garbage =
        ModelSource.ofBytes("<html>".getBytes(StandardCharsets.UTF_8), "m").triedApart(MINUTE);
    assertThatThrownBy(() -> open(garbage))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith(
            "model m cannot be loaded (it is text and starts with \"<html>\"): it is no ONNX file");
  }

  /** As where the library lies in a jar within a jar, or the other process crashes. */
  @Test
  void aProcessThatEndsBadlyIsAFailureOfTheModel() {
    ModelSource source = ModelSource.ofBytes(TinyModel.passThrough(1).bytes(), "m");
    String path = System.getProperty("java.class.path");
    System.setProperty("java.class.path", folder.toString());
    try {
      assertThatThrownBy(() -> open(source.triedApart(MINUTE)))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("the process in which it was tried ended with exit code 1: ");
    } finally {
      System.setProperty("java.class.path", path);
    }
  }

  @Test
  void anInterruptEndsTheWaiting() {
    Path file = folder.resolve("m.onnx");
    Interrupted.assertEnds(
        () -> ModelTrial.run(file, "ALL", MINUTE), "interrupted while " + file + " was tried");
  }

  @Test
  void theLimitIsPositive() {
    ModelSource source = ModelSource.embedded();
    assertThatThrownBy(() -> source.triedApart(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("limit must be positive, got PT0S");
  }
}

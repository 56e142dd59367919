package io.github.brainimaging.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.io.PngImageWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.ValueDescriptor;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Java Flight Recorder sees of a pipeline. */
class StepEventTest {

  private static final String NAME = "io.github.brainimaging.Step";

  @TempDir Path folder;

  @Test
  void everyStepIsAnEventWithTimeAndSizeAndWithoutAName() throws IOException {
    Path file = folder.resolve("Erika Mustermann.png");
    PngImageWriter.write(MedicalImage.ofGray(4, 3, new float[12]), file);
    Files.writeString(folder.resolve("broken.png"), "no picture");
    BrainPipeline pipeline =
        BrainPipeline.builder()
            .step("slow", image -> image)
            .classify(FakeModels.BRIGHTNESS)
            .build();
    List<RecordedEvent> events;
    try (Recording recording = new Recording()) {
      recording.enable(NAME);
      recording.start();
      try (var outcomes = pipeline.analyzeAll(List.of(file, folder.resolve("broken.png")))) {
        assertThat(outcomes.filter(outcome -> outcome.analysis().isPresent())).hasSize(1);
      }
      recording.stop();
      recording.dump(folder.resolve("run.jfr"));
      events = RecordingFile.readAllEvents(folder.resolve("run.jfr"));
    }

    assertThat(events.stream().filter(event -> event.getLong("samples") == 12))
        .extracting(event -> event.getString("step"))
        .containsExactlyInAnyOrder("read", "slow", "classify");
    assertThat(events.stream().filter(event -> event.getLong("samples") == 0))
        .as("what could not be read")
        .extracting(event -> event.getString("step"))
        .containsExactly("read");
    assertThat(events).allMatch(event -> !event.getDuration().isNegative());
    assertThat(events.get(0).getFields())
        .extracting(ValueDescriptor::getName)
        .containsExactlyInAnyOrder(
            "startTime", "duration", "eventThread", "stackTrace", "step", "samples");
  }
}

package io.github.brainimaging.core.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.image.VoxelSpacing;
import io.github.brainimaging.core.inference.VolumeSegmentation;
import io.github.brainimaging.core.io.MedicalVolumeReader;
import io.github.brainimaging.core.pipeline.Outcome;
import io.github.brainimaging.core.pipeline.VolumeAnalysis;
import io.github.brainimaging.core.pipeline.VolumePipeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VolumeReportWriterTest {

  @TempDir Path folder;

  /** Eight voxels of 1 ml, four of them bright. */
  private static final MedicalVolume VOLUME =
      MedicalVolume.of(
          VolumeGrid.ofSize(2, 2, 2).withSpacing(VoxelSpacing.ofMillimeters(10)),
          new float[] {0, 0, 0, 9, 0, 9, 9, 9});

  private static Outcome<VolumeAnalysis> analyzed(String name) {
    VolumePipeline pipeline =
        VolumePipeline.builder()
            .segment(
                volume ->
                    new VolumeSegmentation(VolumeMask.above(volume, 5), OptionalDouble.of(0.75)))
            .build();
    return new Outcome.Success<>(name, pipeline.analyze(VOLUME));
  }

  private JsonObject written() throws IOException {
    return JsonParser.parseString(Files.readString(folder.resolve("volumes.json")))
        .getAsJsonObject();
  }

  @Test
  void tellsTheVolumeOfTheRegionAndWritesItsMask() throws IOException {
    VolumeReportWriter report = VolumeReportWriter.create(folder, List.of());
    report.add("p/head 1.nii.gz", analyzed("p/head 1.nii.gz"), "dicom-seg/a.dcm");
    report.finish();

    assertThat(written().get("schemaVersion").getAsInt()).isEqualTo(1);
    JsonObject result = written().getAsJsonArray("results").get(0).getAsJsonObject();
    assertThat(result.get("volumeMl").getAsDouble()).isEqualTo(4);
    assertThat(result.get("confidence").getAsDouble()).isEqualTo(0.75);
    assertThat(result.get("predicted").isJsonNull()).isTrue();
    assertThat(result.get("dicomSeg").getAsString()).isEqualTo("dicom-seg/a.dcm");
    assertThat(result.get("mask").getAsString()).isEqualTo("masks/p-head_1-volume.nii.gz");
    assertThat(folder.resolve(result.get("overlay").getAsString())).exists();
    MedicalVolume mask =
        MedicalVolumeReader.withDefaults().read(folder.resolve("masks/p-head_1-volume.nii.gz"));
    assertThat(mask.samples()).containsExactly(0, 0, 0, 1, 0, 1, 1, 1);
  }

  @Test
  void ofAFailureOnlyTheReasonIsTold() throws IOException {
    VolumeReportWriter report = VolumeReportWriter.create(folder, List.of());
    report.add("a", new Outcome.Failure<>("a", new IOException("no volume")), null);
    report.finish();

    JsonObject result = written().getAsJsonArray("results").get(0).getAsJsonObject();
    assertThat(result.keySet()).containsExactly("input", "status", "error");
    assertThat(result.get("error").getAsString()).isEqualTo("IOException: no volume");
  }

  @Test
  void nothingIsWrittenOverAnInputOrAfterTheEnd() throws IOException {
    assertThatThrownBy(
            () -> VolumeReportWriter.create(folder, List.of(folder.resolve("masks/a.nii.gz"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("masks");
    VolumeReportWriter report = VolumeReportWriter.create(folder, List.of());
    report.finish();

    assertThatThrownBy(() -> report.add("a", analyzed("a"), null))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(report::finish).isInstanceOf(IllegalStateException.class);
  }
}

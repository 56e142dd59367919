package io.github.brainimaging.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VolumeLabels;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.image.VoxelSpacing;
import io.github.brainimaging.core.inference.VolumeSegmentation;
import io.github.brainimaging.core.io.MedicalVolumeReader;
import io.github.brainimaging.core.pipeline.Outcome;
import io.github.brainimaging.core.pipeline.VolumePipeline;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Regions with names in the report of a volume. */
class LabelMapReportTest {

  private static final VolumeGrid GRID =
      VolumeGrid.ofSize(2, 2, 2).withSpacing(VoxelSpacing.ofMillimeters(10));

  @TempDir Path folder;

  private JsonObject written(String ending) throws IOException {
    VolumeLabels labels =
        VolumeLabels.of(
            GRID, List.of("edema & more", "core"), new short[] {0, 0, 0, 1, 1, 2, 0, 1});
    VolumePipeline pipeline =
        VolumePipeline.builder()
            .segment(
                volume ->
                    new VolumeSegmentation(
                        VolumeMask.above(volume, 5),
                        OptionalDouble.empty(),
                        List.of(),
                        Optional.empty(),
                        Optional.of(labels)))
            .build();
    MedicalVolume volume = MedicalVolume.of(GRID, new float[] {0, 0, 0, 9, 9, 9, 0, 9});
    try (VolumeReportWriter report =
        VolumeReportWriter.resume(
            folder, ReportWriter.Facts.ofModel("", ""), List.of(), "", ending)) {
      report.add("head", new Outcome.Success<>("head", pipeline.analyze(volume)), null);
      report.finish();
    }
    return JsonParser.parseString(Files.readString(folder.resolve("volumes.json")))
        .getAsJsonObject()
        .getAsJsonArray("results")
        .get(0)
        .getAsJsonObject();
  }

  @Test
  void theLabelMapHasTheTableAndTheReportTheVolumes() throws IOException {
    JsonObject result = written(".nii.gz");

    JsonObject edema = result.getAsJsonArray("labels").get(0).getAsJsonObject();
    assertThat(edema.get("name").getAsString()).isEqualTo("edema & more");
    assertThat(edema.get("number").getAsInt()).isEqualTo(1);
    assertThat(edema.get("voxels").getAsInt()).isEqualTo(3);
    assertThat(edema.get("volumeMl").getAsDouble()).isEqualTo(3);
    assertThat(Files.readString(folder.resolve(result.get("page").getAsString())))
        .contains("<td>2</td><td>core</td><td>1.00 ml</td>", "edema &amp; more");
    assertThat(result.get("labelMap").getAsString()).isEqualTo("masks/head-volume-labels.nii.gz");
    Path map = folder.resolve(result.get("labelMap").getAsString());
    assertThat(MedicalVolumeReader.withDefaults().read(map).samples())
        .containsExactly(0, 0, 0, 1, 1, 2, 0, 1);
    byte[] bytes =
        new GZIPInputStream(new ByteArrayInputStream(Files.readAllBytes(map))).readAllBytes();
    ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(header.getShort(68)).isEqualTo((short) 1002);
    assertThat(bytes[348]).isEqualTo((byte) 1);
    int length = header.getInt(352);
    assertThat(length % 16).isZero();
    assertThat(header.getInt(356)).isEqualTo(30);
    assertThat(header.getFloat(108)).isEqualTo(352 + length);
    assertThat(bytes).hasSize(352 + length + 8);
    assertThat(new String(bytes, 360, length - 8, StandardCharsets.UTF_8))
        .contains("<Label Key=\"1\" Red=\"1.000\"", ">edema &amp; more</Label>", ">core</Label>");
  }

  @Test
  void inSlicersFormatEachRegionIsASegmentAndALaterRunTakesItAway() throws IOException {
    Path map = folder.resolve(written(".seg.nrrd").get("labelMap").getAsString());
    assertThat(new String(Files.readAllBytes(map), StandardCharsets.ISO_8859_1))
        .contains("Segment0_Name:=edema & more", "Segment1_LabelValue:=2", "Segment1_Name:=core");
    assertThat(MedicalVolumeReader.withDefaults().read(map).samples())
        .containsExactly(0, 0, 0, 1, 1, 2, 0, 1);

    JsonObject second = written(".nii.gz");
    assertThat(folder.resolve(second.get("labelMap").getAsString())).exists();
    assertThat(map).doesNotExist();
  }
}

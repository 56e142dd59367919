package io.github.brainimaging.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.image.VoxelSpacing;
import io.github.brainimaging.core.inference.VolumeSegmentation;
import io.github.brainimaging.core.pipeline.FakeModels;
import io.github.brainimaging.core.pipeline.Outcome;
import io.github.brainimaging.core.pipeline.VolumePipeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VolumeListTest {

  private static final ReportWriter.Facts FACTS =
      new ReportWriter.Facts("a study", "model", "", "cpu", "");

  @TempDir Path folder;

  /** Two of eight voxels of 1 ml are bright. */
  private void volumes() throws IOException {
    MedicalVolume volume =
        MedicalVolume.of(
            VolumeGrid.ofSize(2, 2, 2).withSpacing(VoxelSpacing.ofMillimeters(10)),
            new float[] {0, 0, 0, 0, 0, 0, 9, 9});
    VolumePipeline pipeline =
        VolumePipeline.builder()
            .segment(v -> new VolumeSegmentation(VolumeMask.above(v, 5), OptionalDouble.empty()))
            .build();
    try (VolumeReportWriter report = VolumeReportWriter.create(folder, FACTS, List.of())) {
      report.add("a<b.nii", new Outcome.Success<>("", pipeline.analyze(volume)), null);
      report.add("c.nii", new Outcome.Failure<>("c.nii", new IOException("cut <off>")), null);
      report.finish();
    }
  }

  private void images() throws IOException {
    MedicalImage image = MedicalImage.ofGray(2, 2, new float[] {0, 0, 0, 9});
    try (ReportWriter report = ReportWriter.create(folder, FACTS, List.of())) {
      report.add(
          "slice.png", new Outcome.Success<>("", FakeModels.PIPELINE.analyze("slice.png", image)));
      report.finish();
    }
  }

  private String page() throws IOException {
    return Files.readString(folder.resolve("index.html"));
  }

  @Test
  void volumesAloneHaveAPageThatLeadsToEach() throws IOException {
    volumes();

    assertThat(page())
        .contains("<title>Brain volumes: a study, ", "2 volumes", "2.00 ml", "cut &lt;off&gt;")
        .contains("<a href=\"pages/a_b-volume.html\">a&lt;b.nii</a>");
    assertThat(folder.resolve("pages/a_b-volume.html")).exists();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"results\": {}}",
        "{\"results\": [1]}",
        "{\"results\": [{\"input\": {}}]}",
        "{\"results\": [{\"input\": \"a\", \"page\": \"p\", \"predicted\": \"x\","
            + " \"probabilities\": {\"x\": \"high\"}, \"volumeMl\": null, \"lesions\": []}]}"
      })
  void whatIsNoReportOfVolumesIsNotListed(String foreign) throws IOException {
    Files.writeString(folder.resolve("volumes.json"), foreign);

    images();

    assertThat(page()).contains("slice.png").doesNotContain(">Region</th><th>Lesions");
  }

  @Test
  void aVolumeWithoutALabelThatHoldsIsListed() throws IOException {
    Files.writeString(
        folder.resolve("volumes.json"),
        "{\"results\": [{\"input\": \"a.nii\", \"page\": \"pages/a.html\", \"predicted\": \"none\","
            + " \"probabilities\": {\"core\": 0.2}, \"volumeMl\": 3, \"lesions\": []}]}");

    images();

    assertThat(page()).contains("a.nii</a></td><td>none</td>");
  }

  @Test
  void imagesAndVolumesShareAPage() throws IOException {
    volumes();
    images();

    assertThat(page()).contains("Brain images: a study", "2 volumes", "2.00 ml", "slice.png");
    assertThat(page().indexOf("2 volumes")).isLessThan(page().indexOf("slice.png"));

    VolumeReportWriter.remove(folder);
    images();
    assertThat(page()).contains("slice.png").doesNotContain("2 volumes");
  }

  @Test
  void whatIsNoReportOfVolumesIsNotListed() throws IOException {
    for (String other : List.of("{\"results\": [", "[]", "{}", "{\"results\": [{}]}")) {
      Files.writeString(folder.resolve("volumes.json"), other);
      images();
      assertThat(page()).contains("slice.png").doesNotContain("class=\"volumes\"");
    }
  }
}

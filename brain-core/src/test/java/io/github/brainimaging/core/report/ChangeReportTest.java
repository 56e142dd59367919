package io.github.brainimaging.core.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.inference.VolumeClassifier;
import io.github.brainimaging.core.inference.VolumeSegmentation;
import io.github.brainimaging.core.measure.Change;
import io.github.brainimaging.core.pipeline.Outcome;
import io.github.brainimaging.core.pipeline.VolumeAnalysis;
import io.github.brainimaging.core.pipeline.VolumePipeline;
import io.github.brainimaging.core.registration.MovedHead;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two visits in the report, of a made-up head. */
class ChangeReportTest {

  private static final ReportWriter.Facts FACTS = ReportWriter.Facts.ofModel("", "");

  private static final MedicalVolume HEAD =
      MovedHead.volume(
          44,
          46,
          46,
          Affine.scaling(3, 3, 3).then(Affine.translation(-67.5, -65.5, -74.5)),
          MovedHead.NONE,
          false);

  @TempDir Path folder;

  /** Boxes of voxels of 0.027 ml: from, to in all three directions. */
  private static VolumeAnalysis visit(int[]... boxes) {
    VolumeGrid grid = HEAD.grid();
    boolean[] inside = new boolean[grid.voxels()];
    for (int[] box : boxes) {
      for (int z = box[0]; z < box[1]; z++) {
        for (int y = box[0]; y < box[1]; y++) {
          for (int x = box[0]; x < box[1]; x++) {
            inside[(z * grid.height() + y) * grid.width() + x] = true;
          }
        }
      }
    }
    return VolumePipeline.builder()
        .segment(
            volume -> new VolumeSegmentation(VolumeMask.of(grid, inside), OptionalDouble.empty()))
        .build()
        .analyze(HEAD);
  }

  @Test
  void theChangeStandsInTheDataOnThePageAndInThePdf() throws IOException {
    VolumeAnalysis earlier = visit(new int[] {20, 25}, new int[] {12, 15});
    VolumeAnalysis now = visit(new int[] {20, 30}, new int[] {33, 36}, new int[] {38, 39});

    VolumeAnalysis compared = now.since(earlier);
    VolumeReportWriter report = VolumeReportWriter.create(folder, FACTS, List.of());
    report.add("now", new Outcome.Success<>("now", compared), null);
    report.add("earlier", new Outcome.Success<>("earlier", earlier), null);
    report.finish();

    assertThat(now.change()).isEmpty();
    Change change = compared.change().orElseThrow();
    assertThat(change.parts()).hasSize(4);
    JsonObject json =
        JsonParser.parseString(Files.readString(folder.resolve("volumes.json"))).getAsJsonObject();
    assertThat(json.get("schemaVersion").getAsInt()).isEqualTo(1);
    JsonObject result = json.getAsJsonArray("results").get(0).getAsJsonObject();
    JsonObject told = result.getAsJsonObject("change");
    assertThat(told.get("earlier").getAsString()).isEqualTo(earlier.input());
    assertThat(told.getAsJsonObject("moved").getAsJsonArray("doubts")).isEmpty();
    assertThat(told.getAsJsonObject("moved").get("overlap").getAsDouble()).isGreaterThan(0.9);
    double before = 0.027 * (125 + 27);
    double after = 0.027 * (1000 + 27 + 1);
    JsonObject ml = told.getAsJsonObject("volumeMl");
    assertThat(ml.get("before").getAsDouble()).isCloseTo(before, within(1e-6));
    assertThat(ml.get("after").getAsDouble()).isCloseTo(after, within(1e-6));
    assertThat(ml.get("percent").getAsDouble()).isCloseTo(100 * (after / before - 1), within(1e-6));
    assertThat(told.getAsJsonArray("earlierLesions")).hasSize(2);
    List<String> states =
        told.getAsJsonArray("parts").asList().stream()
            .map(part -> part.getAsJsonObject().get("state").getAsString())
            .toList();
    assertThat(states).containsExactlyInAnyOrder("known", "new", "gone", "new").startsWith("known");
    JsonObject known = told.getAsJsonArray("parts").get(0).getAsJsonObject();
    assertThat(known.getAsJsonArray("earlierLesions")).hasToString("[0]");
    assertThat(known.getAsJsonArray("lesions")).hasToString("[0]");
    assertThat(result.getAsJsonArray("lesions")).hasSize(3);
    assertThat(JsonParser.parseString(ResultJson.toJson(compared)).getAsJsonObject().get("change"))
        .isEqualTo(told);
    String page = Files.readString(folder.resolve(result.get("page").getAsString()));
    assertThat(page)
        .contains(
            "Since " + earlier.input(),
            "+576.3 %",
            "<td>gone</td>",
            "<td>none</td>",
            "below 0.1 ml each")
        .contains("4.1 \u2192 27.8 ml", "no assessment of response", "now, slice")
        .contains("earlier visit");
    JsonObject other = json.getAsJsonArray("results").get(1).getAsJsonObject();
    assertThat(other.get("change").isJsonNull()).isTrue();
    assertThat(Files.readString(folder.resolve(other.get("page").getAsString())))
        .doesNotContain("Since ");
    PdfReport pdf = PdfReport.of("now", compared, FACTS);
    try (PDDocument document = Loader.loadPDF(pdf.toBytes())) {
      assertThat(new PDFTextStripper().getText(document))
          .contains("Since " + earlier.input(), "+576.3 %", "no assessment of response");
    }
  }

  @Test
  void whyThereIsNoChangeIsARemark() {
    VolumeClassifier healthy =
        new VolumeClassifier() {
          @Override
          public List<String> labels() {
            return List.of("glioma", "notumor");
          }

          @Override
          public Prediction classify(MedicalVolume head) {
            return Prediction.of(labels(), 0.1, 0.9);
          }
        };
    VolumeAnalysis unsegmented = VolumePipeline.builder().classify(healthy).build().analyze(HEAD);
    VolumeAnalysis now = visit(new int[] {20, 30});

    assertThat(now.since(unsegmented).change()).isEmpty();
    assertThat(now.since(unsegmented).remarks())
        .containsExactly(
            "the change since "
                + unsegmented.input()
                + " is not told: no region was looked for in "
                + unsegmented.input());
    assertThat(unsegmented.since(now).remarks()).hasSize(1);
    MedicalVolume flat = MedicalVolume.of(HEAD.grid(), new float[HEAD.grid().voxels()]);
    VolumeAnalysis constant =
        VolumePipeline.builder()
            .segment(
                volume ->
                    new VolumeSegmentation(VolumeMask.empty(volume.grid()), OptionalDouble.empty()))
            .build()
            .analyze(flat);
    assertThat(now.since(constant).remarks())
        .containsExactly(
            "the change since "
                + now.input()
                + " is not told: moving must not be constant, got 0.0 everywhere");
  }
}

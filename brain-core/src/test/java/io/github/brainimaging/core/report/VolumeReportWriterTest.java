package io.github.brainimaging.core.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.brainimaging.core.geometry.AnatomicalPlane;
import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.image.VoxelSpacing;
import io.github.brainimaging.core.inference.Assessment;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.inference.SlicePrediction;
import io.github.brainimaging.core.inference.VolumeClassifier;
import io.github.brainimaging.core.inference.VolumePrediction;
import io.github.brainimaging.core.inference.VolumeSegmentation;
import io.github.brainimaging.core.io.MedicalVolumeReader;
import io.github.brainimaging.core.pipeline.Outcome;
import io.github.brainimaging.core.pipeline.VolumeAnalysis;
import io.github.brainimaging.core.pipeline.VolumePipeline;
import io.github.brainimaging.core.uncertainty.Ensemble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VolumeReportWriterTest {

  private static final ReportWriter.Facts NO_FACTS = ReportWriter.Facts.ofModel("", "");

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
    VolumeReportWriter report = VolumeReportWriter.create(folder, NO_FACTS, List.of());
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
  void tellsWhereSeveralRunsDisagree() throws IOException {
    VolumePipeline pipeline =
        VolumePipeline.builder()
            .segment(
                Ensemble.ofVolumeSegmenters(
                    List.of(
                        volume ->
                            new VolumeSegmentation(
                                VolumeMask.above(volume, 5), OptionalDouble.of(0.75)),
                        volume ->
                            new VolumeSegmentation(
                                VolumeMask.empty(volume.grid()), OptionalDouble.empty()))))
            .build();
    VolumeReportWriter report = VolumeReportWriter.create(folder, NO_FACTS, List.of());
    report.add("one", new Outcome.Success<>("one", pipeline.analyze(VOLUME)), null);
    report.add("two", analyzed("two"), null);
    report.finish();

    JsonObject result = written().getAsJsonArray("results").get(0).getAsJsonObject();
    JsonObject doubt = result.getAsJsonObject("regionUncertainty");
    assertThat(doubt.get("runs").getAsInt()).isEqualTo(2);
    assertThat(doubt.get("agreement").getAsDouble()).isEqualTo(0.5);
    assertThat(doubt.get("lowMl").getAsDouble()).isCloseTo(0.2, within(1e-9));
    assertThat(doubt.get("highVoxels").getAsDouble()).isEqualTo(4);
    String map = result.get("uncertaintyMap").getAsString();
    assertThat(map).isEqualTo("uncertainty/one-volume.nii.gz");
    assertThat(MedicalVolumeReader.withDefaults().read(folder.resolve(map)).samples())
        .containsExactly(0, 0, 0, 0.5f, 0, 0.5f, 0.5f, 0.5f);
    assertThat(Files.readString(folder.resolve(result.get("page").getAsString())))
        .contains("0.2 to 4.0 ml in nine tenths of 2 runs, whose masks agree by a Dice of 0.50")
        .contains("Where the runs disagree");
    JsonObject single = written().getAsJsonArray("results").get(1).getAsJsonObject();
    assertThat(single.get("regionUncertainty").isJsonNull()).isTrue();
    assertThat(single.get("uncertaintyMap").isJsonNull()).isTrue();
    assertThat(Files.readString(folder.resolve(single.get("page").getAsString())))
        .doesNotContain("disagree");
  }

  /**
   * Six slices of a cube of 6 cm, the third and fourth with a bright square; the last is refused.
   */
  private static VolumeAnalysis withSlices() {
    VolumeGrid grid = VolumeGrid.ofSize(6, 6, 6).withAffine(Affine.scaling(10, 10, 10));
    float[] samples = new float[grid.voxels()];
    for (int i = 0; i < samples.length; i++) {
      int z = i / 36;
      boolean square = i % 6 >= 2 && i % 6 < 4 && i / 6 % 6 >= 2 && i / 6 % 6 < 4;
      samples[i] = i % 6 + (square && (z == 2 || z == 3) ? 90 : 0);
    }
    MedicalVolume volume = MedicalVolume.of(grid, samples);
    Assessment refused = new Assessment(Assessment.Verdict.OUT_OF_DOMAIN, List.of("no <picture>"));
    List<SlicePrediction> slices = new ArrayList<>();
    for (int z = 0; z < 6; z++) {
      boolean tumor = z == 2 || z == 3;
      Prediction said =
          Prediction.of(List.of("glioma", "notumor"), tumor ? 0.9 : 0.2, tumor ? 0.1 : 0.8);
      slices.add(
          new SlicePrediction(
              Optional.of(AnatomicalPlane.AXIAL.orientation()),
              z,
              z == 5 ? said.withAssessment(refused) : said,
              tumor ? 0.5 : 0));
    }
    VolumeClassifier classifier =
        new VolumeClassifier() {
          @Override
          public List<String> labels() {
            return List.of("glioma", "notumor");
          }

          @Override
          public Prediction classify(MedicalVolume head) {
            return classifySlices(head).prediction();
          }

          @Override
          public VolumePrediction classifySlices(MedicalVolume head) {
            return new VolumePrediction(Prediction.of(labels(), 0.9, 0.1), slices);
          }
        };
    return VolumePipeline.builder()
        .classify(classifier)
        .segment(
            head -> new VolumeSegmentation(VolumeMask.above(head, 50), OptionalDouble.of(0.75)))
        .build()
        .analyze("head", volume);
  }

  @Test
  void tellsEachSliceAndEachLesion() throws IOException {
    VolumeReportWriter report =
        VolumeReportWriter.resume(
            folder,
            new ReportWriter.Facts("t", "a model", "a segmenter", "", ""),
            List.of(),
            "",
            ".nii");
    report.add("head", new Outcome.Success<>("head", withSlices()), null);
    report.finish();

    assertThat(written().get("model").getAsString()).isEqualTo("a model");
    JsonObject result = written().getAsJsonArray("results").get(0).getAsJsonObject();
    assertThat(result.getAsJsonObject("volume").get("orientation").getAsString()).isEqualTo("RAS");
    JsonObject third = result.getAsJsonArray("slices").get(2).getAsJsonObject();
    assertThat(third.get("slice").getAsInt()).isEqualTo(2);
    assertThat(third.get("orientation").getAsString()).isEqualTo("LPS");
    assertThat(third.get("decisive").getAsBoolean()).isTrue();
    assertThat(third.getAsJsonObject("probabilities").get("glioma").getAsDouble()).isEqualTo(0.9);
    JsonObject last = result.getAsJsonArray("slices").get(5).getAsJsonObject();
    assertThat(last.get("decisive").getAsBoolean()).isFalse();
    assertThat(last.getAsJsonObject("assessment").get("verdict").getAsString())
        .isEqualTo("out-of-domain");
    JsonObject lesion = result.getAsJsonArray("lesions").get(0).getAsJsonObject();
    assertThat(lesion.get("volumeMl").getAsDouble()).isEqualTo(8);
    assertThat(lesion.get("diameterMm").getAsDouble()).isEqualTo(Math.hypot(20, 20));
    assertThat(lesion.get("firstSlice").getAsInt()).isEqualTo(2);
    assertThat(lesion.getAsJsonArray("centroidRasMm").get(2).getAsDouble()).isEqualTo(25);
    assertThat(lesion.getAsJsonObject("boxVoxels").toString())
        .isEqualTo("{\"x\":2,\"y\":2,\"z\":2,\"width\":2,\"height\":2,\"depth\":2}");
    assertThat(lesion.keySet()).contains("side", "centroidToMidlineMm", "nearestToMidlineMm");
  }

  @Test
  void drawsAPageThatNeedsItsPicturesOnly() throws IOException {
    VolumeReportWriter report = VolumeReportWriter.create(folder, NO_FACTS, List.of());
    report.add("<head>", new Outcome.Success<>("<head>", withSlices()), null);
    report.finish();

    JsonObject result = written().getAsJsonArray("results").get(0).getAsJsonObject();
    String page = Files.readString(folder.resolve(result.get("page").getAsString()));
    assertThat(page).contains("<h1>Brain volume: &lt;head&gt;</h1>", "glioma", "90.0 %", "8.0 ml");
    assertThat(page)
        .contains("class=\"decisive tumor\"", "class=\"refused\"", "no &lt;picture&gt;");
    // Six slices, the fullest among them, and three planes through the lesion.
    assertThat(page.split("<figure", -1)).hasSize(1 + 6 + 3);
    assertThat(page)
        .contains("slice 2, glioma 90 %, decides", "sagittal, slice ", "28.3 \u00d7 28.3 mm");
    assertThat(page).doesNotContain("http:", "https:", "src=\"http");
  }

  @Test
  void ofAFailureOnlyTheReasonIsTold() throws IOException {
    VolumeReportWriter report = VolumeReportWriter.create(folder, NO_FACTS, List.of());
    report.add("a", new Outcome.Failure<>("a", new IOException("no volume")), null);
    report.finish();

    JsonObject result = written().getAsJsonArray("results").get(0).getAsJsonObject();
    assertThat(result.keySet()).containsExactly("input", "status", "error");
    assertThat(result.get("error").getAsString()).isEqualTo("IOException: no volume");
  }

  @Test
  void nothingIsWrittenOverAnInputOrAfterTheEnd() throws IOException {
    assertThatThrownBy(
            () ->
                VolumeReportWriter.create(
                    folder, NO_FACTS, List.of(folder.resolve("masks/a.nii.gz"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("masks");
    VolumeReportWriter report = VolumeReportWriter.create(folder, NO_FACTS, List.of());
    report.finish();

    assertThatThrownBy(() -> report.add("a", analyzed("a"), null))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(report::finish).isInstanceOf(IllegalStateException.class);
  }

  private static VolumeReportWriter open(Path folder, String run) throws IOException {
    return VolumeReportWriter.resume(
        folder, ReportWriter.Facts.ofModel("a model", ""), List.of(), run, ".nii.gz");
  }

  private static final Outcome<VolumeAnalysis> FAILURE =
      new Outcome.Failure<>("b", new IOException("no volume"));

  @Test
  void whatARunThatWasKilledLeftIsTakenUp() throws IOException {
    Outcome<VolumeAnalysis> slices = new Outcome.Success<>("head", withSlices());
    Outcome<VolumeAnalysis> same = analyzed("head");
    Path whole = folder.resolve("whole");
    try (VolumeReportWriter report = open(whole, "run")) {
      report.add("head", slices, null);
      report.add("b", FAILURE, null);
      report.add("head", same, "a.dcm");
      report.finish();
    }
    Path killed = folder.resolve("killed");
    Files.createDirectories(killed);
    Files.writeString(killed.resolve("volumes.json"), "of an earlier run");
    try (VolumeReportWriter report = open(killed, "run")) {
      assertThat(killed.resolve("volumes.json")).exists();
      report.add("head", slices, null);
      assertThat(killed.resolve("volumes.json")).doesNotExist();
      report.add("b", FAILURE, null);
    }
    Path journal = killed.resolve(".volumes.journal");
    Files.writeString(journal, "{\"input\": \"half a li", StandardOpenOption.APPEND);
    assertThat(ReportWriter.picturesIn(killed)).isNotEmpty();
    try (VolumeReportWriter report = open(killed, "run")) {
      assertThat(report.size()).isEqualTo(2);
      assertThat(report.failed()).isEqualTo(1);
      report.add("head", same, "a.dcm");
      assertThatThrownBy(() -> open(killed, "run")).hasMessageContaining("is in use");
      report.finish();
    }

    assertThat(text(killed)).isEqualTo(text(whole)).contains("masks/head-volume-2.nii.gz");
    assertThat(journal).doesNotExist();
    assertThat(killed.resolve("masks/head-volume-2.nii.gz")).exists();
  }

  private static String text(Path folder) throws IOException {
    return Files.readString(folder.resolve("volumes.json"))
        .replaceAll("\"created\": \"[^\"]*\"", "");
  }

  @Test
  void anotherRunBeginsAnew() throws IOException {
    for (String run : List.of("other", "")) {
      try (VolumeReportWriter report = open(folder, "run")) {
        report.add("b", FAILURE, null);
      }
      try (VolumeReportWriter report = open(folder, run)) {
        assertThat(report.size()).isZero();
      }
    }
  }

  @Test
  void whatIsNoResultOrNamesAFileThatIsGoneIsThrownAwayWithAllBehindIt() throws IOException {
    for (String line : List.of("{}", "{\"input\":\"x\",\"status\":null}", "[1]", "{\"input\":[")) {
      try (VolumeReportWriter report = open(folder, "run")) {
        report.add("b", FAILURE, null);
      }
      Path journal = folder.resolve(".volumes.journal");
      Files.writeString(journal, line + "\n", StandardOpenOption.APPEND);
      try (VolumeReportWriter report = open(folder, "run")) {
        assertThat(report.size()).as(line).isEqualTo(1);
        report.finish();
      }
      Files.writeString(journal, "{\"run\":{}}\n{\"input\":\"x\",\"status\":\"ok\"}\n");
      try (VolumeReportWriter report = open(folder, "run")) {
        assertThat(report.size()).isZero();
      }
    }
    try (VolumeReportWriter report = open(folder, "run")) {
      report.add("a", analyzed("a"), null);
      report.add("b", FAILURE, null);
    }
    Files.delete(folder.resolve("pages/a-volume.html"));
    Path leftover =
        Files.createFile(folder.resolve("pages/.0d3f7a52-0000-4000-8000-000000000000.tmp"));
    try (VolumeReportWriter report = open(folder, "run")) {
      assertThat(report.size()).isZero();
      assertThat(leftover).doesNotExist();
    }
  }
}

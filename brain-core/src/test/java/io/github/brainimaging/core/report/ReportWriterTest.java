package io.github.brainimaging.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.brainimaging.core.explanation.Explanation;
import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.Modality;
import io.github.brainimaging.core.image.Spacing;
import io.github.brainimaging.core.inference.Assessment;
import io.github.brainimaging.core.inference.Assessment.Verdict;
import io.github.brainimaging.core.inference.Classifier;
import io.github.brainimaging.core.inference.ConformalSets;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.io.ImageFormatException;
import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.core.pipeline.Analysis;
import io.github.brainimaging.core.pipeline.BrainPipeline;
import io.github.brainimaging.core.pipeline.FakeModels;
import io.github.brainimaging.core.pipeline.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportWriterTest {

  private static final ReportWriter.Facts FACTS =
      new ReportWriter.Facts("ward <3>", "fake <model>", "fake segmenter", "cpu", "only a test");

  @TempDir Path temporary;
  private Path folder = Path.of("");

  @BeforeEach
  void chooseFolder() {
    folder = temporary.resolve("not yet there/out");
  }

  /** Bright everywhere but in the left column; mean 204 = 0.8 x 255. */
  private static MedicalImage bright() {
    float[] samples = new float[30];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = i % 5 == 0 ? 0 : 255;
    }
    return MedicalImage.ofGray(5, 6, samples).withNominalMaximum(255);
  }

  @SafeVarargs
  private final void write(Outcome<Analysis>... outcomes) throws IOException {
    try (ReportWriter report = ReportWriter.create(folder, FACTS, List.of())) {
      for (Outcome<Analysis> outcome : outcomes) {
        report.add(outcome.input(), outcome);
      }
      report.finish();
    }
  }

  private static Outcome<Analysis> analyzed(String name, MedicalImage image) {
    return new Outcome.Success<>(name, FakeModels.PIPELINE.analyze(name, image));
  }

  private JsonObject json() throws IOException {
    return JsonParser.parseString(Files.readString(folder.resolve("report.json")))
        .getAsJsonObject();
  }

  @Test
  void writesAnyNameAndAnyArea() throws IOException {
    // Half of a surrogate pair, as in file names of Windows; an area beyond the doubles.
    write(analyzed("a\ud800.png", bright().withSpacing(new Spacing(1e200, 1e200))));

    JsonObject result = json().getAsJsonArray("results").get(0).getAsJsonObject();
    assertThat(result.get("input").getAsString()).isEqualTo("a?.png");
    assertThat(result.getAsJsonObject("tumor").get("areaMm2").isJsonNull()).isTrue();
  }

  @Test
  void tellsWhereItsPicturesAreOnceThereIsAReport() throws IOException {
    assertThat(ReportWriter.picturesIn(folder)).isEmpty();
    write(analyzed("a.png", bright()));
    assertThat(ReportWriter.picturesIn(folder))
        .containsExactly(
            folder.toRealPath().resolve("masks"),
            folder.toRealPath().resolve("overlays"),
            folder.toRealPath().resolve("slice-sheets"),
            folder.toRealPath().resolve("heat-maps"),
            folder.toRealPath().resolve("uncertainty"));
  }

  @Test
  void showsWhereAClassIsSeen() throws IOException {
    MedicalImage effects = bright().withSamples(new float[5 * 6]);
    float[] seen = effects.samples();
    seen[2 * 5 + 3] = 4;
    Explanation map = Explanation.of("occlusion", "glioma", effects.withSamples(seen));
    try (ReportWriter report = ReportWriter.create(folder, FACTS, List.of())) {
      report.add("a.png", analyzed("a.png", bright()), map);
      report.finish();
    }

    JsonObject result = json().getAsJsonArray("results").get(0).getAsJsonObject();
    assertThat(result.get("explanation"))
        .isEqualTo(
            JsonParser.parseString(
                """
                {"method": "occlusion", "label": "glioma", "strength": 4.0, "peak": [3.0, 2.0],
                 "boxes": [[3, 2, 1, 1]], "heatMap": "heat-maps/a.png"}
                """));
    MedicalImage picture =
        MedicalImageReader.withDefaults().read(folder.resolve("heat-maps/a.png"));
    assertThat(picture.get(3, 2, 0)).isGreaterThan(picture.get(3, 2, 2) + 100);
    assertThat(Files.readString(folder.resolve("index.html")))
        .contains("title=\"where occlusion sees glioma\"");
  }

  @Test
  void tellsWhichLabelsAnUnsureAnswerLeavesOpen() throws IOException {
    ConformalSets sets =
        new ConformalSets(
            ConformalSets.Method.SPLIT, 0.5, Map.of("glioma", List.of(0.9), "notumor", List.of()));
    BrainPipeline pipeline =
        BrainPipeline.builder()
            .classify(
                new Classifier() {
                  @Override
                  public List<String> labels() {
                    return FakeModels.BRIGHTNESS.labels();
                  }

                  @Override
                  public Prediction classify(MedicalImage image) {
                    return FakeModels.BRIGHTNESS.classify(image).withSets(sets);
                  }
                })
            .segmentWhen(Prediction::isUnsure, FakeModels.ABOVE_HALF)
            .build();
    write(new Outcome.Success<>("a.png", pipeline.analyze("a.png", bright())));

    JsonObject result = json().getAsJsonArray("results").get(0).getAsJsonObject();
    assertThat(result.get("set"))
        .isEqualTo(
            JsonParser.parseString(
                """
                {"coverage": 0.5, "labels": ["glioma", "notumor"], "unsure": true}
                """));
    assertThat(result.get("mask").getAsString()).isEqualTo("masks/a.png");
    assertThat(Files.readString(folder.resolve("index.html")))
        .contains("unsure (50.0 %): glioma or notumor");
  }

  @Test
  void tellsEverythingOfASegmentedImage() throws IOException {
    write(analyzed("a/b.png", bright().withSpacing(new Spacing(0.5, 2))));

    JsonObject result = json().getAsJsonArray("results").get(0).getAsJsonObject();
    JsonObject times = result.remove("milliseconds").getAsJsonObject();
    assertThat(times.keySet()).containsExactly("classify", "segment");
    assertThat(times.get("classify").getAsDouble()).isNotNegative();
    assertThat(result)
        .isEqualTo(
            JsonParser.parseString(
                """
                {"input": "a/b.png", "status": "ok", "error": null,
                 "assessment": {"verdict": "in-domain", "reasons": []},
                 "image": {"width": 5, "height": 6, "channels": 1, "modality": "UNKNOWN",
                           "spacingMm": [0.5, 2.0],
                           "facts": [], "warnings": []},
                 "predicted": "glioma", "probabilities": {"glioma": 0.8, "notumor": %s},
                 "set": null, "uncertainty": null,
                 "tumor": {"present": true, "areaPixels": 24, "areaMm2": 24.0,
                           "confidence": null,
                           "boundingBox": [1, 0, 4, 6], "centroid": [2.5, 2.5],
                           "contours": [{"outline": [4.5, -0.5, 4.5, 5.5, 0.5, 5.5, 0.5, -0.5],
                                         "holes": []}], "uncertainty": null},
                 "remarks": [],
                 "mask": "masks/a-b.png", "overlay": "overlays/a-b.png", "explanation": null}
                """
                    .formatted(1 - 0.8)));
  }

  @Test
  void tellsWhatIsDoubtfulAboutTheInput() throws IOException {
    write(
        analyzed("a.tif", bright().withWarnings(List.of("of <3> pages one was read", "turned"))),
        analyzed("b.png", bright()));

    JsonArray results = json().getAsJsonArray("results");
    assertThat(results.get(0).getAsJsonObject().getAsJsonObject("image").get("warnings"))
        .isEqualTo(JsonParser.parseString("[\"of <3> pages one was read\", \"turned\"]"));
    assertThat(Files.readString(folder.resolve("index.html")))
        .contains("data-doubt=\"of &lt;3&gt; pages one was read; turned\"")
        .contains("<small>of &lt;3&gt; pages one was read</small><small>turned</small>")
        .containsOnlyOnce("data-doubt=\"\"")
        .contains("<option value=\"uncertain\">Uncertain first</option>")
        .contains("if (order.value === \"uncertain\") rows.sort");
  }

  @Test
  void tellsTheFactsOnce() throws IOException {
    write();

    JsonObject json = json();
    assertThat(json.remove("created").getAsString()).matches("\\d{4}-\\d\\d-\\d\\dT[\\d:]+Z");
    assertThat(json.remove("version").getAsString()).isNotEmpty();
    assertThat(json)
        .isEqualTo(
            JsonParser.parseString(
                """
                {"schemaVersion": 1, "title": "ward <3>", "model": "fake <model>",
                 "segmenter": "fake segmenter", "device": "cpu", "notice": "%s",
                 "remark": "only a test", "results": []}
                """
                    .formatted(ReportPage.NOTICE)));
  }

  @Test
  void hasNullWhereThereIsNothingToSay() throws IOException {
    write(
        analyzed("dark", FakeModels.constant(4, 3, 10)),
        new Outcome.Failure<>("bad.png", new ImageFormatException("bad.png: no image")));

    JsonArray results = json().getAsJsonArray("results");
    JsonObject dark = results.get(0).getAsJsonObject();
    assertThat(dark.get("tumor")).isEqualTo(JsonParser.parseString("{\"present\": false}"));
    assertThat(dark.get("mask").isJsonNull()).isTrue();
    assertThat(dark.getAsJsonArray("remarks").get(0).getAsString())
        .isEqualTo("not segmented: the class is notumor (0.961)");
    assertThat(Files.readString(folder.resolve("index.html")))
        .contains("<small>not segmented: the class is notumor (0.961)</small>");
    assertThat(dark.get("overlay").isJsonNull()).isTrue();
    assertThat(dark.getAsJsonObject("image").get("spacingMm").isJsonNull()).isTrue();
    assertThat(results.get(1))
        .isEqualTo(
            JsonParser.parseString(
                """
                {"input": "bad.png", "status": "failed",
                 "error": "ImageFormatException: bad.png: no image", "assessment": null,
                 "image": null,
                 "predicted": null, "probabilities": null, "set": null, "uncertainty": null, "tumor": null, "remarks": null, "mask": null,
                 "overlay": null, "explanation": null, "milliseconds": null}
                """));
  }

  @Test
  void tellsWhyThereIsNoAnswer() throws IOException {
    Assessment refused = new Assessment(Verdict.OUT_OF_DOMAIN, List.of("the file says <CT>"));
    BrainPipeline pipeline =
        BrainPipeline.builder().assess(image -> refused).segment(FakeModels.ABOVE_HALF).build();
    write(new Outcome.Success<>("ct", pipeline.analyze("ct", FakeModels.constant(4, 3, 10))));

    JsonObject result = json().getAsJsonArray("results").get(0).getAsJsonObject();
    assertThat(result.get("assessment"))
        .isEqualTo(
            JsonParser.parseString(
                "{\"verdict\": \"out-of-domain\", \"reasons\": [\"the file says <CT>\"]}"));
    assertThat(result.get("predicted").isJsonNull()).isTrue();
    assertThat(result.get("mask").isJsonNull()).isTrue();
    assertThat(result.getAsJsonObject("tumor").get("present").isJsonNull()).isTrue();
    assertThat(Files.readString(folder.resolve("index.html")))
        .contains("out of domain")
        .contains("the file says &lt;CT&gt;");
  }

  @Test
  void tellsAnEmptyMaskFromNoSegmentation() throws IOException {
    BrainPipeline segmentOnly = BrainPipeline.builder().segment(FakeModels.ABOVE_HALF).build();
    write(
        new Outcome.Success<>("dark", segmentOnly.analyze("dark", FakeModels.constant(4, 3, 10))));

    JsonObject result = json().getAsJsonArray("results").get(0).getAsJsonObject();
    assertThat(result.get("predicted").isJsonNull()).isTrue();
    assertThat(result.get("tumor"))
        .isEqualTo(
            JsonParser.parseString(
                """
                {"present": false, "areaPixels": 0, "areaMm2": null, "confidence": null,
                 "boundingBox": null, "centroid": null, "contours": [], "uncertainty": null}
                """));
    assertThat(mask("masks/dark.png").isEmpty()).isTrue();
  }

  @Test
  void writesMaskAndOverlayInTheSizeOfTheInput() throws IOException {
    write(analyzed("a.png", bright()));

    MedicalImage file = MedicalImageReader.withDefaults().read(folder.resolve("masks/a.png"));
    assertThat(file).isEqualTo(Mask.above(bright(), 127).toImage());
    MedicalImage overlay = MedicalImageReader.withDefaults().read(folder.resolve("overlays/a.png"));
    assertThat(overlay.width()).isEqualTo(5);
    assertThat(overlay.height()).isEqualTo(6);
    assertThat(overlay.channels()).isEqualTo(3);
    assertThat(overlay.get(1, 0, 0)).isEqualTo(0xFF);
    assertThat(overlay.get(1, 0, 1)).isEqualTo(0x2D);
    assertThat(overlay.get(2, 2, 1)).isEqualTo(0xFF);
    assertThat(overlay.get(0, 0, 0)).isZero();
  }

  @Test
  void keepsPicturesOfInputsWithOneNameApart() throws IOException {
    write(analyzed("a.png", bright()), analyzed("a.jpg", bright()), analyzed("../a", bright()));

    assertThat(json().getAsJsonArray("results"))
        .extracting(result -> result.getAsJsonObject().get("mask").getAsString())
        .containsExactly("masks/a.png", "masks/a-2.png", "masks/a-3.png");
    assertThat(mask("masks/a-3.png").count()).isEqualTo(24);
  }

  private Mask mask(String file) throws IOException {
    return Mask.above(MedicalImageReader.withDefaults().read(folder.resolve(file)), 0);
  }

  @Test
  void makesAPageThatNeedsNothingElseAndEscapesNames() throws IOException {
    String hostile = "<script>alert('x')</script>\"&.png";
    write(
        analyzed(hostile, bright()),
        analyzed("dark", FakeModels.constant(4, 3, 10)),
        new Outcome.Failure<>("bad", new IllegalStateException("<b>bold</b>")));

    String page = Files.readString(folder.resolve("index.html"));
    assertThat(page)
        .contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot;&amp;.png")
        .contains("IllegalStateException: &lt;b&gt;bold&lt;/b&gt;")
        .contains("fake &lt;model&gt;")
        .doesNotContain("<script>alert")
        .doesNotContain("<b>bold")
        .doesNotContain("http:", "https:", "href=\"", "url(", "@import")
        .contains("<h1>Brain images: ward &lt;3&gt;, 20", "<title>Brain images: ward &lt;3&gt;, 20")
        .contains("segmented by fake segmenter", "only a test")
        .contains(ReportPage.NOTICE);
    assertThat(page.split("src=\"", -1)).hasSize(3);
    assertThat(page.split("src=\"data:image/jpeg;base64,", -1)).hasSize(3);
    assertThat(page.split("<tr data-name", -1)).hasSize(4);
    assertThat(page)
        .contains("<b>3</b><span>images</span>", "<b>1</b><span>glioma</span>")
        .contains("<b>1</b><span>notumor</span>", "<b>1</b><span>failed</span>");
  }

  @Test
  void showsTheOutlineAsADrawingOverThePlainImageWithALegendAndAnAlternativeText()
      throws IOException {
    write(analyzed("a.png", bright().withModality(Modality.MR_T1_CONTRAST)));

    assertThat(Files.readString(folder.resolve("index.html")))
        .contains("data-overlay=\"overlays/a.png\"", "alt=\"a.png: glioma\"")
        .contains("viewBox=\"-0.5 -0.5 5 6\"")
        .contains("<path d=\"M4.5 -0.5L4.5 5.5L0.5 5.5L0.5 -0.5Z\"/>")
        .contains("outline of what was found", "5 \u00d7 6, MR T1 with contrast agent")
        .doesNotContain("speaks against the class");
  }

  @Test
  void leavesOutColumnsWithoutContentAndTellsWarningsForTheFilter() throws IOException {
    BrainPipeline segmentOnly = BrainPipeline.builder().segment(FakeModels.ABOVE_HALF).build();
    write(
        new Outcome.Success<>("dark", segmentOnly.analyze("dark", FakeModels.constant(4, 3, 10))),
        new Outcome.Failure<>("bad", new IllegalStateException("broken")));

    assertThat(Files.readString(folder.resolve("index.html")))
        .contains("<table class=\"without-probability \">")
        .contains("data-doubt=\"\"", "data-doubt=\"IllegalStateException: broken\"")
        .doesNotContain("class=\"outline\"");
  }
}

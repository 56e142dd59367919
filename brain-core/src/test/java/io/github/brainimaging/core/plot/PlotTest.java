package io.github.brainimaging.core.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.brainimaging.core.evaluation.classification.ClassificationEvaluation;
import io.github.brainimaging.core.evaluation.classification.ConfusionMatrix;
import io.github.brainimaging.core.evaluation.classification.PrecisionRecallCurve;
import io.github.brainimaging.core.evaluation.classification.RocCurve;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.core.io.PngImageWriter;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Reads the plots back as images; that they look right was checked by eye. */
class PlotTest {

  private static final int TRAINING = 0x0072B2;
  private static final int VALIDATION = 0xD55E00;
  private static final boolean[] POSITIVE = {true, false, true, true, false, false};
  private static final double[] SCORES = {0.9, 0.8, 0.7, 0.6, 0.5, 0.1};

  @TempDir Path folder;

  @Test
  void drawsTheHistoryOfATrainingInTwoColors() throws IOException {
    List<Plot.Epoch> epochs = new ArrayList<>();
    for (int i = 1; i <= 20; i++) {
      epochs.add(new Plot.Epoch(1 - 0.5 / i, 1 - 0.6 / i, 2.0 / i, 2.5 / i));
    }

    PngImageWriter.write(Plot.training(epochs).toImage(), folder.resolve("new/history.png"));

    MedicalImage plot = read("new/history.png");
    assertThat(plot.width()).isEqualTo(1280);
    assertThat(plot.height()).isEqualTo(480);
    for (int left : new int[] {0, 640}) {
      assertThat(count(plot, TRAINING, left, left + 640)).isGreaterThan(200);
      assertThat(count(plot, VALIDATION, left, left + 640)).isGreaterThan(200);
    }
    try (var files = Files.list(folder.resolve("new"))) {
      assertThat(files).hasSize(1);
    }
  }

  /** Low accuracies and high losses run where the legends used to be. */
  @Test
  void noLegendHidesACurve() throws IOException {
    List<Plot.Epoch> epochs = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      epochs.add(new Plot.Epoch(0.02, 0.3 + 0.03 * i, 2.0, 0.05 * i));
    }

    PngImageWriter.write(Plot.training(epochs).toImage(), folder.resolve("history.png"));

    MedicalImage plot = read("history.png");
    for (int left : new int[] {0, 640}) {
      int[] columns =
          IntStream.range(left, left + 640)
              .filter(x -> count(plot, TRAINING, x, x + 1) > 0)
              .toArray();
      assertThat(columns[columns.length - 1]).isGreaterThan(left + 560);
      assertThat(columns).hasSize(columns[columns.length - 1] - columns[0] + 1);
    }
  }

  @Test
  void drawsASingleEpochAndLeavesOutWhatIsNotFinite() throws IOException {
    PngImageWriter.write(
        Plot.training(List.of(new Plot.Epoch(0.5, Double.NaN, 1.25, Double.POSITIVE_INFINITY)))
            .toImage(),
        folder.resolve("one.png"));

    MedicalImage plot = read("one.png");
    assertThat(count(plot, TRAINING, 0, 1280)).isPositive();
    assertThat(count(plot, VALIDATION, 0, 1280)).isZero();
  }

  @Test
  void drawsTheCurveAboveTheDiagonal() throws IOException {
    PngImageWriter.write(
        Plot.roc(Map.of("glioma", RocCurve.of(POSITIVE, SCORES))).toImage(),
        folder.resolve("roc.png"));

    assertThat(count(read("roc.png"), TRAINING, 0, 640)).isGreaterThan(200);
  }

  @Test
  void drawsBarsOfTheirHeights() throws IOException {
    Plot bars =
        Plot.bars(
            "models",
            "share",
            Map.of("accuracy", Map.of("a", 0.2, "b", 0.8), "F1", Map.of("b", 0.4)));
    PngImageWriter.write(
        Plot.bars("models", "share", Map.of("accuracy", Map.of("a", 0.2, "b", 0.8))).toImage(),
        folder.resolve("one.png"));
    PngImageWriter.write(bars.toImage(), folder.resolve("two.png"));

    MedicalImage one = read("one.png");
    int[] heights =
        IntStream.range(0, 640)
            .map(x -> count(one, TRAINING, x, x + 1))
            .filter(height -> height > 20)
            .toArray();
    int[] sorted = heights.clone();
    Arrays.sort(sorted);
    assertThat(sorted[sorted.length - 5]).isGreaterThan(3 * sorted[5]);
    MedicalImage two = read("two.png");
    assertThat(count(two, TRAINING, 0, 640)).isGreaterThan(500);
    assertThat(count(two, VALIDATION, 0, 640)).isGreaterThan(500);
    assertThatThrownBy(() -> Plot.bars("", "", Map.of("a", Map.of())))
        .hasMessage("series must have at least one bar, got none");
  }

  @Test
  void drawsPointsOfGroupsInTheirColors() throws IOException {
    Map<String, List<double[]>> groups = new LinkedHashMap<>();
    groups.put("left", List.of(new double[] {0, 0}, new double[] {0, 1}));
    groups.put("right", List.of(new double[] {9, 0}, new double[] {9, 1}));

    PngImageWriter.write(
        Plot.points("features", "first", "second", groups).toImage(), folder.resolve("p.png"));

    MedicalImage plot = read("p.png");
    // The plain area, above the legend.
    assertThat(count(plot, TRAINING, 0, 320)).isGreaterThan(20);
    assertThat(count(plot, VALIDATION, 500, 640)).isGreaterThan(20);
    assertThat(count(plot, VALIDATION, 60, 250)).isZero();
    assertThatThrownBy(() -> Plot.points("", "", "", Map.of("a", List.of())))
        .hasMessage("groups must each have a point, got none of a");
  }

  @Test
  void drawsPrecisionOverRecall() throws IOException {
    PngImageWriter.write(
        Plot.precisionRecall(Map.of("glioma", PrecisionRecallCurve.of(POSITIVE, SCORES))).toImage(),
        folder.resolve("pr.png"));

    assertThat(count(read("pr.png"), TRAINING, 0, 640)).isGreaterThan(200);
  }

  @Test
  void drawsHowOftenProbabilitiesComeTrueAndWhatAnswersCost() throws IOException {
    ClassificationEvaluation evaluation =
        ClassificationEvaluation.of(
            List.of("a", "b", "a"),
            List.of(
                Map.of("a", 0.9, "b", 0.1),
                Map.of("a", 0.6, "b", 0.4),
                Map.of("a", 0.7, "b", 0.3)));

    PngImageWriter.write(
        Plot.reliability(Map.of("bins", evaluation.probabilities().bins())).toImage(),
        folder.resolve("reliability.png"));
    PngImageWriter.write(
        Plot.riskCoverage(Map.of("risk", evaluation.riskCoverage())).toImage(),
        folder.resolve("risk.png"));

    assertThat(count(read("reliability.png"), TRAINING, 0, 640)).isGreaterThan(200);
    assertThat(count(read("risk.png"), TRAINING, 0, 640)).isGreaterThan(200);
  }

  @Test
  void colorsTheDiagonalOfAGoodConfusionMatrix() throws IOException {
    List<String> labels = List.of("a", "b");
    List<String> truth = List.of("a", "a", "b", "b");

    PngImageWriter.write(
        Plot.confusionMatrix(ConfusionMatrix.of(labels, truth, truth)).toImage(),
        folder.resolve("confusion.png"));

    // The matrix ends 20 pixels from the right and the lower border; a cell is 96 pixels wide.
    MedicalImage plot = read("confusion.png");
    int right = plot.width() - 20 - 10;
    int left = right - 96;
    int lower = plot.height() - 20 - 10;
    int upper = lower - 96;
    assertThat(rgb(plot, left, upper)).isEqualTo(0x08519C);
    assertThat(rgb(plot, right, upper)).isEqualTo(0xFFFFFF);
    assertThat(rgb(plot, left, lower)).isEqualTo(0xFFFFFF);
    assertThat(rgb(plot, right, lower)).isEqualTo(0x08519C);
  }

  @Test
  void anotherResolutionIsTheSamePictureInMorePixels() {
    Plot roc = Plot.roc(Map.of("glioma", RocCurve.of(POSITIVE, SCORES)));

    MedicalImage large = roc.toImage(3);

    assertThat(List.of(large.width(), large.height())).containsExactly(1920, 1440);
    // Lines are three times as long and as thick, with fewer pixels half covered.
    int drawn = count(roc.toImage(), TRAINING, 0, 640);
    assertThat(count(large, TRAINING, 0, 1920)).isBetween(9 * drawn, 18 * drawn);
    for (double wrong : new double[] {0, 11, Double.NaN}) {
      assertThatThrownBy(() -> roc.toImage(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("scale must be from 0.1 to 10.0, got " + wrong);
    }
  }

  @Test
  void anSvgIsADrawingOfTheSameSize() throws Exception {
    String svg =
        Plot.confusionMatrix(ConfusionMatrix.of(List.of("a<b", "c"), List.of("c"), List.of("c")))
            .toSvg();

    Element root =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(svg.replaceAll("<!DOCTYPE[^>]*>", ""))))
            .getDocumentElement();
    assertThat(root.getTagName()).isEqualTo("svg");
    assertThat(Integer.parseInt(root.getAttribute("height"))).isEqualTo(70 + 2 * 96 + 20);
    NodeList texts = root.getElementsByTagName("text");
    assertThat(IntStream.range(0, texts.getLength()).mapToObj(i -> texts.item(i).getTextContent()))
        .contains("predicted", "truth", "a<b", "c", "1");
    assertThat(Plot.roc(Map.of("glioma", RocCurve.of(POSITIVE, SCORES))).toSvg())
        .contains("width=\"640\"", "stroke:rgb(0,114,178)")
        .doesNotContain("<image");
  }

  @Test
  void rejectsNothingToDraw() {
    assertThatThrownBy(() -> Plot.training(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("epochs must be at least one, got none");
    assertThatThrownBy(() -> Plot.roc(Map.of())).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Plot.precisionRecall(Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Plot.riskCoverage(Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Plot.reliability(Map.of("none", List.of())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("models must be at least one, each with a bin, got {none=[]}");
  }

  private MedicalImage read(String name) throws IOException {
    return MedicalImageReader.withDefaults().read(folder.resolve(name));
  }

  private static int rgb(MedicalImage image, int x, int y) {
    return (int) image.get(x, y, 0) << 16
        | (int) image.get(x, y, 1) << 8
        | (int) image.get(x, y, 2);
  }

  private static int count(MedicalImage image, int color, int left, int right) {
    int n = 0;
    for (int y = 0; y < image.height(); y++) {
      for (int x = left; x < right; x++) {
        n += rgb(image, x, y) == color ? 1 : 0;
      }
    }
    return n;
  }
}

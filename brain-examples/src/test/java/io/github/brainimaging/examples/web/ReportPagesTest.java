package io.github.brainimaging.examples.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.brainimaging.core.geometry.AnatomicalPlane;
import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.inference.Segmentation;
import io.github.brainimaging.core.inference.SlicePrediction;
import io.github.brainimaging.core.inference.VolumeClassifier;
import io.github.brainimaging.core.inference.VolumePrediction;
import io.github.brainimaging.core.inference.VolumeSegmentation;
import io.github.brainimaging.core.pipeline.BrainPipeline;
import io.github.brainimaging.core.pipeline.Outcome;
import io.github.brainimaging.core.pipeline.VolumePipeline;
import io.github.brainimaging.core.report.ReportWriter;
import io.github.brainimaging.core.report.VolumeReportWriter;
import io.github.brainimaging.examples.cli.file.HeadPhantom;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.WheelInput;

/** The pages of a report as a reader uses them: opened from a folder, without a network. */
class ReportPagesTest {

  private static final int DEPTH = 40;
  private static final List<String> LABELS = List.of("glioma", "notumor");

  @TempDir private static Path folder;
  private static HeadlessBrowser browser;
  private static Path volumePage;

  @BeforeAll
  static void writeReport() throws IOException {
    browser = HeadlessBrowser.start();
    ReportWriter.Facts facts = ReportWriter.Facts.ofModel("a model", "");
    try (VolumeReportWriter report = VolumeReportWriter.create(folder, facts, List.of())) {
      report.add("head", new Outcome.Success<>("head", volumes().analyze("head", head())), null);
      report.finish();
    }
    try (ReportWriter report = ReportWriter.create(folder, facts, List.of())) {
      BrainPipeline images =
          BrainPipeline.builder()
              .segment(
                  image ->
                      new Segmentation(Mask.above(image, image.get(165, 105) - 1), image.spacing()))
              .build();
      for (int radius : new int[] {18, 8, 28}) {
        String name = "lesion of " + radius + ".png";
        var image = HeadPhantom.draw(165, 105, radius, radius);
        report.add(name, new Outcome.Success<>(name, images.analyze(name, image)));
      }
      report.add("broken.png", new Outcome.Failure<>("broken.png", new IOException("no image")));
      report.finish();
    }
    volumePage = folder.resolve("pages/head-volume.html");
  }

  @AfterAll
  static void stop() throws IOException {
    if (browser != null) {
      browser.close();
    }
  }

  /** A head of 40 slices with a bright ball in ten of them. */
  private static MedicalVolume head() {
    float[] samples = new float[256 * 256 * DEPTH];
    for (int z = 0; z < DEPTH; z++) {
      boolean lesion = z >= 20 && z < 30;
      float[] slice = HeadPhantom.draw(165, 105, lesion ? 18 : 0, z).samples();
      System.arraycopy(slice, 0, samples, z * slice.length, slice.length);
    }
    VolumeGrid grid =
        VolumeGrid.ofSize(256, 256, DEPTH)
            .withAffine(Affine.scaling(-0.9, -0.9, 4).then(Affine.translation(115, 115, -80)));
    return MedicalVolume.of(grid, samples);
  }

  private static VolumeMask ball(VolumeGrid grid) {
    boolean[] inside = new boolean[grid.voxels()];
    for (int i = 0; i < inside.length; i++) {
      int z = i / (256 * 256);
      inside[i] = z >= 20 && z < 30 && Math.hypot(i % 256 - 165, i / 256 % 256 - 105) < 18;
    }
    return VolumeMask.of(grid, inside);
  }

  private static VolumePipeline volumes() {
    VolumeClassifier classifier =
        new VolumeClassifier() {
          @Override
          public List<String> labels() {
            return LABELS;
          }

          @Override
          public Prediction classify(MedicalVolume volume) {
            return classifySlices(volume).prediction();
          }

          @Override
          public VolumePrediction classifySlices(MedicalVolume volume) {
            List<SlicePrediction> slices = new ArrayList<>();
            for (int z = 0; z < DEPTH; z++) {
              double tumor = z >= 20 && z < 30 ? 0.9 : 0.1;
              slices.add(
                  new SlicePrediction(
                      Optional.of(AnatomicalPlane.AXIAL.orientation()),
                      z,
                      Prediction.of(LABELS, tumor, 1 - tumor),
                      tumor > 0.5 ? 0.1 : 0));
            }
            return new VolumePrediction(Prediction.of(LABELS, 0.9, 0.1), slices);
          }
        };
    return VolumePipeline.builder()
        .classify(classifier)
        .segment(volume -> new VolumeSegmentation(ball(volume.grid()), OptionalDouble.of(0.8)))
        .build();
  }

  private static WebElement axial() {
    return browser.find("figure.axial canvas");
  }

  private static String label() {
    return browser.find("figure.axial figcaption").getText();
  }

  private static byte[] picture() {
    browser.run("arguments[0].scrollIntoView({block: 'center'})", axial());
    return axial().getScreenshotAs(OutputType.BYTES);
  }

  private static void openVolume(int slice) throws InterruptedException {
    browser.size(1400, 1000);
    browser.open(volumePage);
    awaitSlice(slice);
  }

  private static void awaitSlice(int slice) throws InterruptedException {
    browser.await(
        "slice " + slice + " is shown, got " + axial().getDomAttribute("data-slice"),
        () -> Integer.toString(slice).equals(axial().getDomAttribute("data-slice")));
  }

  @AfterEach
  void nothingIsAskedOfANetworkAndTheConsoleIsSilent() {
    assertThat(browser.requests()).isNotEmpty().allMatch(url -> url.startsWith("file:///"));
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void theWheelTheSliderAndTheKeysScrollThePictureAndItsLabel() throws Exception {
    openVolume(25);
    byte[] middle = picture();
    assertThat(label()).isEqualTo("axial, slice 25 (0 to 39), glioma 90 %, decides");

    browser
        .actions()
        .scrollFromOrigin(WheelInput.ScrollOrigin.fromElement(axial()), 0, 120)
        .perform();
    awaitSlice(26);
    assertThat(picture()).isNotEqualTo(middle);

    browser
        .actions()
        .scrollFromOrigin(WheelInput.ScrollOrigin.fromElement(axial()), 0, -120)
        .perform();
    awaitSlice(25);
    assertThat(picture()).isEqualTo(middle);

    axial().sendKeys(Keys.ARROW_UP, Keys.ARROW_RIGHT, Keys.ARROW_DOWN, Keys.PAGE_UP);
    awaitSlice(36);
    assertThat(label()).isEqualTo("axial, slice 36 (0 to 39), notumor 90 %");
    axial().sendKeys(Keys.PAGE_UP, Keys.END);
    awaitSlice(39);
    axial().sendKeys(Keys.HOME);
    awaitSlice(0);
    browser.find("figure.axial input").sendKeys(Keys.ARROW_RIGHT);
    awaitSlice(1);
  }

  @Test
  void outlinesCanBeSwitchedOffAndOn() throws Exception {
    openVolume(25);
    byte[] outlined = picture();

    browser.find("#outlines").click();
    byte[] plain = picture();
    browser.find("#outlines").click();

    assertThat(plain).isNotEqualTo(outlined);
    assertThat(picture()).isEqualTo(outlined);
    axial().sendKeys(Keys.HOME);
    awaitSlice(0);
    browser.find("#outlines").click();
    byte[] empty = picture();
    browser.find("#outlines").click();
    assertThat(picture()).isEqualTo(empty);
  }

  @Test
  void aClickBringsTheOtherPlanesThereAndTheCurveTheMontageAndTheTableLeadToASlice()
      throws Exception {
    openVolume(25);
    String coronal = browser.find("figure.coronal figcaption").getText();

    browser.run("arguments[0].scrollIntoView({block: 'center'})", axial());
    browser.actions().moveToElement(axial(), 0, 60).click().perform();
    assertThat(browser.find("figure.coronal figcaption").getText()).isNotEqualTo(coronal);
    browser.run(
        "document.querySelector('.curve circle[data-slice=\"7\"]')"
            + ".dispatchEvent(new MouseEvent('click', {bubbles: true}))");
    awaitSlice(7);
    assertThat(browser.find("#here").getCssValue("display")).isNotEqualTo("none");
    List<WebElement> montage = browser.all(".montage a");
    WebElement last = montage.get(montage.size() - 1);
    int slice = Integer.parseInt(String.valueOf(last.getDomAttribute("data-slice")));
    last.click();
    awaitSlice(slice);
    browser.find("table a[data-slice]").click();
    awaitSlice(20);
  }

  @Test
  void aMissingPictureIsToldByName() throws Exception {
    Path copy = folder.resolve("moved/pages/head-volume.html");
    Files.createDirectories(copy.resolveSibling("."));
    Files.copy(volumePage, copy);

    browser.open(copy);

    browser.await("the label names the file", () -> label().contains("axial-1.jpg is missing"));
    assertThat(browser.complaints()).isNotEmpty();
  }

  @Test
  void thePagesFitWideAndNarrowScreensAndPrint() throws Exception {
    for (Path page : List.of(volumePage, folder.resolve("index.html"))) {
      for (int width : new int[] {1400, 400}) {
        browser.size(width, 900);
        browser.open(page);
        assertThat(browser.overflows()).as("%s at %s", page, width).isFalse();
      }
    }
    openVolume(25);
    browser.medium("print");
    assertThat(axial().isDisplayed()).isFalse();
    assertThat(browser.find(".montage img").isDisplayed()).isTrue();
    browser.medium("screen");
  }

  private static List<String> rows() {
    return browser.all("tr[data-name]").stream()
        .filter(WebElement::isDisplayed)
        .map(row -> String.valueOf(row.getDomAttribute("data-name")))
        .toList();
  }

  @Test
  void theTableOfImagesIsSearchedSortedAndEnlarged() {
    browser.size(1400, 1000);
    browser.open(folder.resolve("index.html"));
    assertThat(rows()).hasSize(4);

    browser.find("#search").sendKeys("of 8");
    assertThat(rows()).containsExactly("lesion of 8.png");
    browser
        .find("#search")
        .sendKeys(Keys.BACK_SPACE, Keys.BACK_SPACE, Keys.BACK_SPACE, Keys.BACK_SPACE);
    browser.find("th[data-key=area] button").click();
    assertThat(rows())
        .containsExactly("broken.png", "lesion of 8.png", "lesion of 18.png", "lesion of 28.png");

    browser.find("tr[data-name='lesion of 8.png'] button.enlarge").click();
    assertThat(browser.find("#caption").getText()).startsWith("lesion of 8.png");
    assertThat(browser.all("#pictures img")).hasSize(2);
    browser.find("#large").sendKeys(Keys.ARROW_RIGHT);
    assertThat(browser.find("#caption").getText()).startsWith("lesion of 18.png");
    browser.find("#close").click();
    assertThat(browser.find("#large").isDisplayed()).isFalse();
  }

  @Test
  void thePicturesOfAVolumeAreFewAndSmall() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("slice-sheets"))) {
      List<Path> sheets = files.toList();
      // Two of 32 for the 40 axial slices, four each for the 128 of the others, lines on some.
      assertThat(sheets.stream().filter(file -> file.toString().endsWith(".jpg"))).hasSize(10);
      for (Path sheet : sheets) {
        assertThat(Files.size(sheet)).isLessThan(1_000_000);
      }
    }
  }
}

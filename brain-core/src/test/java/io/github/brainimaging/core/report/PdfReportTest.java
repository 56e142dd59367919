package io.github.brainimaging.core.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.brainimaging.core.geometry.AnatomicalPlane;
import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.Spacing;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.image.VoxelSpacing;
import io.github.brainimaging.core.inference.Classifier;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.inference.Segmentation;
import io.github.brainimaging.core.inference.VolumeSegmentation;
import io.github.brainimaging.core.measure.Lesion;
import io.github.brainimaging.core.pipeline.Analysis;
import io.github.brainimaging.core.pipeline.BrainPipeline;
import io.github.brainimaging.core.pipeline.VolumeAnalysis;
import io.github.brainimaging.core.pipeline.VolumePipeline;
import io.github.brainimaging.core.slice.SliceClassifier;
import io.github.brainimaging.core.slice.SliceRule;
import io.github.brainimaging.core.slice.SliceSampling;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PdfReportTest {

  private static final ReportWriter.Facts FACTS =
      new ReportWriter.Facts("a title", "my model", "my segmenter", "CPU", "labels are doubtful");

  private static final Classifier TUMOR =
      new Classifier() {
        @Override
        public List<String> labels() {
          return List.of("glioma", "notumor");
        }

        @Override
        public Prediction classify(MedicalImage image) {
          return Prediction.of(labels(), 0.875, 0.125);
        }
      };

  @TempDir private Path folder;

  /** Two bright boxes of 24 and 2 voxels of 1 ml, placed. */
  private static VolumeAnalysis volume() {
    VolumeGrid grid = VolumeGrid.ofSize(12, 10, 6).withSpacing(VoxelSpacing.ofMillimeters(10));
    float[] samples = new float[grid.voxels()];
    for (int i = 0; i < samples.length; i++) {
      int x = i % 12;
      int y = i / 12 % 10;
      int z = i / 120;
      boolean large = x >= 2 && x < 5 && y >= 2 && y < 6 && z >= 1 && z < 3;
      boolean small = x >= 8 && x < 10 && y == 7 && z == 4;
      samples[i] = large || small ? 9 : i % 3;
    }
    return VolumePipeline.builder()
        .classify(
            SliceClassifier.of(
                TUMOR, SliceSampling.all(AnatomicalPlane.AXIAL), SliceRule.majority()))
        .segment(
            volume -> new VolumeSegmentation(VolumeMask.above(volume, 5), OptionalDouble.empty()))
        .build()
        .analyze(MedicalVolume.of(grid, samples));
  }

  private static String text(byte[] pdf) throws IOException {
    try (PDDocument document = Loader.loadPDF(pdf)) {
      PDFTextStripper stripper = new PDFTextStripper();
      stripper.setSortByPosition(true);
      return stripper.getText(document).replaceAll("[ \\t]+", " ");
    }
  }

  @Test
  void tellsWhatWasFoundInAVolume() throws IOException {
    VolumeAnalysis analysis = volume();
    List<Lesion> lesions = Lesion.of(analysis.segmentation().orElseThrow().mask());

    String text = text(PdfReport.of("Kopf \u00e4 \u03b1 \u4e2d/1.nii", analysis, FACTS).toBytes());

    assertThat(text)
        .contains(
            "Brain volume: Kopf \u00e4 \u03b1 ?/1.nii", "glioma 87.5 %", "6 of 6 slices decide")
        .contains("26.0 ml region", "2 lesions", "my model", "my segmenter", "labels are doubtful")
        .contains(
            "size 12 \u00d7 10 \u00d7 6", "notumor 0.125", "10.00 \u00d7 10.00 \u00d7 10.00 mm")
        .contains("Tumor probability of the slices", "slice 0, glioma 88 %, decides")
        .contains(ReportPage.NOTICE);
    for (int i = 0; i < 2; i++) {
      Lesion lesion = lesions.get(i);
      assertThat(text)
          .contains(
              String.format(
                  Locale.ROOT,
                  "%d %.1f ml %.1f \u00d7 %.1f mm %.1f mm unknown",
                  i + 1,
                  lesion.volumeMl().orElseThrow(),
                  lesion.diameters().orElseThrow().inPlane(),
                  lesion.diameters().orElseThrow().perpendicular(),
                  lesion.diameters().orElseThrow().inSpace()));
    }
    assertThat(lesions.get(0).volumeMl().orElseThrow()).isCloseTo(24, within(1e-9));
  }

  @Test
  void everyPageSaysThatItIsNoMedicalDevice() throws IOException {
    byte[] pdf = PdfReport.of("head", volume(), FACTS).toBytes();
    try (PDDocument document = Loader.loadPDF(pdf)) {
      PDFTextStripper stripper = new PDFTextStripper();
      for (int page = 1; page <= document.getNumberOfPages(); page++) {
        stripper.setStartPage(page);
        stripper.setEndPage(page);
        assertThat(stripper.getText(document)).contains("Not a medical device");
      }
      assertThat(document.getNumberOfPages()).isBetween(1, 3);
    }
  }

  @Test
  void tellsWhatWasFoundInAnImage() throws IOException {
    MedicalImage image =
        MedicalImage.of(3, 2, 1, new float[] {0, 9, 9, 1, 2, 3})
            .withSpacing(Spacing.ofMillimeters(2));
    Analysis analysis =
        BrainPipeline.builder()
            .classify(TUMOR)
            .segment(of -> new Segmentation(Mask.above(of, 5), of.spacing()))
            .build()
            .analyze(image);

    PdfReport report = PdfReport.of("slice.png", analysis, FACTS);

    assertThat(text(report.toBytes()))
        .contains("Brain image: slice.png", "glioma 87.5 %", "2 px, 8 mm\u00b2 region")
        .contains("size 3 \u00d7 2", "pixels 2.00 \u00d7 2.00 mm", "what was found")
        .contains("Not a medical device");
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    report.write(stream);
    report.write(folder.resolve("out/report.pdf"));
    assertThat(folder.resolve("out/report.pdf")).hasBinaryContent(report.toBytes());
    assertThat(stream.toByteArray()).isEqualTo(report.toBytes());
  }

  @Test
  void equalResultsGiveAnEqualFile() throws IOException {
    assertThat(PdfReport.of("head", volume(), FACTS).toBytes())
        .isEqualTo(PdfReport.of("head", volume(), FACTS).toBytes());
  }

  @Test
  void whatIsLongIsBrokenAndLosesNothing() throws IOException {
    String name = "averyverylongnamewithoutanyspace".repeat(12);
    String text = text(PdfReport.of(name, volume(), FACTS).toBytes());
    assertThat(text.replaceAll("\\s", "")).contains(name);
  }
}

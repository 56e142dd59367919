package io.github.brainimaging.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.measure.Lesion;
import io.github.brainimaging.core.report.Overlay;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Reports, contours and captures. {@code sr.dcm}, {@code rtstruct.dcm} and {@code sc.dcm} are what
 * the writers gave for {@link #series} on 2026-11-26. {@code dciodvfy} (dicom3tools
 * 1.00~20220618093127) found no error in them, and {@code check_dicom_results.py} beside them
 * (pydicom 3.0.2, highdicom 0.28.2) read what was put in; if they have to change, run both again.
 */
class DicomResultsTest {

  private static final int WIDTH = 9;
  private static final int HEIGHT = 7;
  private static final int CODE = 0x0040A168;
  private static final int CONCEPT = 0x0040A043;
  private static final int ITEMS = 0x0040A730;

  @TempDir private Path folder;

  /** Three slices of 9 x 7 pixels of 1.5 x 2 mm, 3 mm apart, of series 7. */
  static DicomSeries series(Path folder) throws IOException {
    Path in = Files.createDirectories(folder.resolve("in"));
    for (int z = 0; z < 3; z++) {
      Files.write(
          in.resolve(z + ".dcm"),
          DicomBytes.image(DicomBytes.EXPLICIT, WIDTH, HEIGHT, 16, false)
              .text(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.4")
              .text(0x00080018, "UI", "1.2.840.4711." + z)
              .text(0x00080020, "DA", "20200304")
              .text(0x00080030, "TM", "101112")
              .text(0x00080060, "CS", "MR")
              .text(0x00100010, "PN", "Doe^Jane")
              .text(0x00100040, "CS", "O")
              .text(0x00180050, "DS", "3")
              .text(0x0020000D, "UI", "1.2.840.4712")
              .text(0x0020000E, "UI", "1.2.840.4714")
              .text(0x00200011, "IS", "7")
              .text(0x00200013, "IS", "" + z)
              .text(0x00200032, "DS", String.format(Locale.ROOT, "-12.5\\4\\%s", 3 * z))
              .text(0x00200037, "DS", "1\\0\\0\\0\\1\\0")
              .text(0x00200052, "UI", "1.2.840.4713")
              .text(0x00280030, "DS", "2\\1.5")
              .words(new int[WIDTH * HEIGHT])
              .file());
    }
    return DicomFolder.scan(in).series().get(0);
  }

  /** A ring of eight pixels on the first slice and a bar of three on the last. */
  static VolumeMask mask(VolumeGrid grid) {
    boolean[] inside = new boolean[grid.voxels()];
    for (int y = 1; y <= 3; y++) {
      for (int x = 2; x <= 4; x++) {
        inside[y * WIDTH + x] = x != 3 || y != 2;
      }
    }
    int last = 2 * WIDTH * HEIGHT;
    Arrays.fill(inside, last + 5 * WIDTH + 1, last + 5 * WIDTH + 4, true);
    return VolumeMask.of(grid, inside);
  }

  private Path target() {
    return folder.resolve("out/result.dcm");
  }

  private void hasContent(String name) throws IOException {
    try (InputStream reference = getClass().getResourceAsStream(name)) {
      assertThat(target()).hasBinaryContent(Objects.requireNonNull(reference).readAllBytes());
    }
  }

  @Test
  void writesTheFilesThatOtherProgramsTookForRight() throws IOException {
    DicomSeries source = series(folder);
    VolumeMask mask = mask(source.grid());
    DicomSegWriter seg = DicomSegWriter.ofTumor();

    DicomReportWriter.of(seg).withNotes(List.of("glioma 97 %")).write(mask, source, target());
    hasContent("sr.dcm");
    DicomContourWriter.of(seg).write(mask, source, target());
    hasContent("rtstruct.dcm");
    DicomCaptureWriter.of("Overlays").write(pictures(source, mask), source, target());
    hasContent("sc.dcm");
  }

  private static List<MedicalImage> pictures(DicomSeries source, VolumeMask mask)
      throws IOException {
    List<MedicalImage> pictures = new ArrayList<>();
    for (int z = 0; z < 3; z++) {
      pictures.add(Overlay.draw(source.read().slice(z), mask.slice(z)));
    }
    return pictures;
  }

  private static String meaning(DicomElements item, int sequence) {
    return item.item(sequence).text(0x00080104);
  }

  private static DicomElements named(DicomElements parent, String concept) {
    return parent.items(ITEMS).stream()
        .filter(item -> !item.items(CONCEPT).isEmpty() && meaning(item, CONCEPT).equals(concept))
        .findFirst()
        .orElseThrow();
  }

  private static double number(DicomElements group, String concept) {
    return Double.parseDouble(named(group, concept).item(0x0040A300).text(0x0040A30A));
  }

  @Test
  void theReportTellsWhatTheLesionsMeasure() throws IOException {
    DicomSeries source = series(folder);
    VolumeMask mask = mask(source.grid());

    DicomReportWriter.of(DicomSegWriter.ofTumor())
        .withNotes(List.of("not seen by a physician"))
        .write(mask, source, target());

    DicomElements report = DicomElements.read(target());
    List<DicomElements> groups = named(report, "Imaging Measurements").items(ITEMS);
    List<Lesion> lesions = Lesion.of(mask);
    assertThat(groups).hasSize(3);
    assertThat(number(groups.get(0), "Volume")).isCloseTo(11 * 9 / 1000.0, within(1e-12));
    for (int i = 0; i < 2; i++) {
      Lesion.Diameters lengths = lesions.get(i).diameters().orElseThrow();
      DicomElements group = groups.get(i + 1);
      assertThat(number(group, "Volume"))
          .isEqualTo(lesions.get(i).volumeMl().orElseThrow(), within(1e-12));
      assertThat(number(group, "Long Axis")).isEqualTo(lengths.inPlane(), within(1e-9));
      assertThat(number(group, "Short Axis")).isEqualTo(lengths.perpendicular(), within(1e-9));
      assertThat(number(group, "Maximum 3D Diameter")).isEqualTo(lengths.inSpace(), within(1e-9));
      assertThat(meaning(named(group, "Finding"), CODE)).isEqualTo("Neoplasm");
      assertThat(meaning(named(group, "Finding Site"), CODE)).isEqualTo("Brain");
    }
    DicomElements notes = named(report, "Qualitative Evaluations");
    assertThat(named(notes, "Comment").text(0x0040A160)).isEqualTo("not seen by a physician");
    assertThat(report.text(0x00100010)).isEqualTo("Doe^Jane");
    assertThat(report.text(0x00200011)).isEqualTo("2007");
  }

  @Test
  void theReportRefersToTheSegmentationOfTheSameMask() throws IOException {
    DicomSeries source = series(folder);
    VolumeMask mask = mask(source.grid());
    DicomSegWriter writer = DicomSegWriter.ofTumor().withAlgorithm("mine");
    Path seg = folder.resolve("out/seg.dcm");

    writer.write(mask, source, seg);
    DicomReportWriter.of(writer).write(mask, source, target());

    DicomElements segmentation = DicomElements.read(seg);
    DicomElements report = DicomElements.read(target());
    DicomElements whole = named(report, "Imaging Measurements").items(ITEMS).get(0);
    DicomElements segment = named(whole, "Referenced Segment").item(0x00081199);
    assertThat(segment.text(0x00081155)).isEqualTo(segmentation.text(0x00080018));
    assertThat(named(whole, "Tracking Unique Identifier").text(0x0040A124))
        .isEqualTo(segmentation.item(0x00620002).text(0x00620021));
    assertThat(report.item(0x0040A375).items(0x00081115).get(1).text(0x0020000E))
        .isEqualTo(segmentation.text(0x0020000E));
    assertThat(named(report, "Device Observer Name").text(0x0040A160)).isEqualTo("mine");
    assertThat(segmentation.text(0x00200011)).isEqualTo("1007");
  }

  /** Corners in pixels, counted from the middle of the first one. */
  private static List<double[]> contour(DicomElements contour) {
    double[] mm =
        Arrays.stream(contour.text(0x30060050).split("\\\\"))
            .mapToDouble(Double::parseDouble)
            .toArray();
    assertThat(contour.text(0x30060046)).isEqualTo("" + mm.length / 3);
    List<double[]> corners = new ArrayList<>();
    for (int i = 0; i < mm.length; i += 3) {
      corners.add(new double[] {(mm[i] + 12.5) / 1.5, (mm[i + 1] - 4) / 2, mm[i + 2] / 3});
    }
    return corners;
  }

  private static boolean contains(List<double[]> corners, double x, double y) {
    boolean inside = false;
    for (int i = 0; i < corners.size(); i++) {
      double[] a = corners.get(i);
      double[] b = corners.get((i + 1) % corners.size());
      if ((a[1] > y) != (b[1] > y)) {
        inside ^= x < a[0] + (y - a[1]) / (b[1] - a[1]) * (b[0] - a[0]);
      }
    }
    return inside;
  }

  /** Random masks have holes, islands in holes, and pixels that touch at a corner. */
  @Test
  void contoursEncloseTheVeryMask() throws IOException {
    DicomSeries source = series(folder);
    Random random = new Random(5);
    for (int round = 0; round < 40; round++) {
      double share = 0.3 + 0.015 * round;
      boolean[] inside = new boolean[source.grid().voxels()];
      for (int i = 0; i < inside.length; i++) {
        inside[i] = random.nextDouble() < share;
      }
      VolumeMask mask = VolumeMask.of(source.grid(), inside);

      DicomContourWriter.of(DicomSegWriter.ofTumor()).write(mask, source, target());

      List<DicomElements> contours =
          DicomElements.read(target()).item(0x30060039).items(0x30060040);
      boolean[] found = new boolean[inside.length];
      for (DicomElements contour : contours) {
        List<double[]> corners = contour(contour);
        int z = (int) Math.round(corners.get(0)[2]);
        assertThat(contour.item(0x30060016).text(0x00081155)).isEqualTo("1.2.840.4711." + z);
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
          // A little off the middle, where a channel may lead along.
          int row = i / WIDTH;
          if (contains(corners, i % WIDTH + 0.013, row + 0.017)) {
            assertThat(found[z * WIDTH * HEIGHT + i]).as("enclosed once").isFalse();
            found[z * WIDTH * HEIGHT + i] = true;
          }
        }
      }
      assertThat(found).as("round %s", round).isEqualTo(inside);
    }
  }

  @Test
  void anEmptyMaskIsSaidToBeEmpty() throws IOException {
    DicomSeries source = series(folder);
    VolumeMask mask = VolumeMask.empty(source.grid());

    DicomContourWriter.of(DicomSegWriter.ofTumor()).write(mask, source, target());
    assertThat(DicomElements.read(target()).item(0x30060039).items(0x30060040)).isEmpty();

    DicomReportWriter.of(DicomSegWriter.ofTumor()).write(mask, source, target());
    List<DicomElements> groups =
        named(DicomElements.read(target()), "Imaging Measurements").items(ITEMS);
    assertThat(groups).hasSize(1);
    assertThat(number(groups.get(0), "Volume")).isZero();
  }

  @Test
  void aBorderThatNoContourHoldsIsRefused() throws IOException {
    Path file = Files.createDirectories(folder.resolve("wide")).resolve("0.dcm");
    Files.write(
        file,
        DicomBytes.image(DicomBytes.EXPLICIT, 4, 2000, 8, false)
            .text(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.4")
            .text(0x00080018, "UI", "1.2.3")
            .text(0x00180050, "DS", "3")
            .text(0x0020000D, "UI", "1.2.840.4712")
            .text(0x0020000E, "UI", "1.2.840.4714")
            .text(0x00200032, "DS", "-112.125\\-104.125\\30.625")
            .text(0x00200037, "DS", "1\\0\\0\\0\\1\\0")
            .text(0x00200052, "UI", "1.2.840.4713")
            .text(0x00280030, "DS", "0.125\\0.125")
            .put(0x7FE00010, "OB", new byte[8000])
            .file());
    DicomFile source = DicomFile.open(file);
    boolean[] comb = new boolean[8000];
    for (int i = 0; i < comb.length; i++) {
      comb[i] = i % 4 == 0 || i / 4 % 2 == 0;
    }
    VolumeMask mask = VolumeMask.of(source.volume().grid(), comb);

    assertThatThrownBy(
            () -> DicomContourWriter.of(DicomSegWriter.ofTumor()).write(mask, source, target()))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageContaining(file + ": cannot make a DICOM result of it: ")
        .hasMessageContaining("the border of the mask on slice 0 has 4002 corners");
    assertThat(target()).doesNotExist();
  }

  @Test
  void capturesReadBackToTheGrayLevel() throws IOException {
    DicomSeries source = series(folder);
    List<MedicalImage> pictures = pictures(source, mask(source.grid()));

    DicomCaptureWriter.of("Overlays").write(pictures, source, target());

    DicomFile found = DicomFile.open(target());
    assertThat(found.summary().frames()).isEqualTo(3);
    assertThat(found.summary().modality()).isEqualTo("OT");
    for (int z = 0; z < 3; z++) {
      assertThat(found.frame(z).samples()).isEqualTo(pictures.get(z).samples());
    }
    assertThat(DicomElements.read(target()).text(0x0008103E)).isEqualTo("Overlays");
  }

  @Test
  void streamsGetWhatFilesGet() throws IOException {
    DicomSeries source = series(folder);
    VolumeMask mask = mask(source.grid());
    DicomSegWriter seg = DicomSegWriter.ofTumor();
    ByteArrayOutputStream report = new ByteArrayOutputStream();
    ByteArrayOutputStream contours = new ByteArrayOutputStream();
    ByteArrayOutputStream capture = new ByteArrayOutputStream();

    DicomReportWriter.of(seg).write(mask, source, report);
    DicomContourWriter.of(seg).write(mask, source, contours);
    DicomCaptureWriter.of("Overlays").write(pictures(source, mask), source, capture);

    DicomReportWriter.of(seg).write(mask, source, target());
    assertThat(target()).hasBinaryContent(report.toByteArray());
    DicomContourWriter.of(seg).write(mask, source, target());
    assertThat(target()).hasBinaryContent(contours.toByteArray());
    DicomCaptureWriter.of("Overlays").write(pictures(source, mask), source, target());
    assertThat(target()).hasBinaryContent(capture.toByteArray());
  }

  @Test
  void refusesWhatDoesNotFit() throws IOException {
    DicomSeries source = series(folder);
    VolumeMask other = VolumeMask.empty(VolumeGrid.ofSize(2, 2, 2));
    MedicalImage gray = MedicalImage.of(2, 2, 1, new float[4]);
    DicomCaptureWriter captures = DicomCaptureWriter.of("Overlays");
    Path own = source.files().get(1);
    byte[] before = Files.readAllBytes(own);

    assertThatThrownBy(
            () -> DicomReportWriter.of(DicomSegWriter.ofTumor()).write(other, source, target()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("mask must lie on the grid of the source");
    assertThatThrownBy(() -> captures.write(List.of(), source, target()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("pictures must be one or more, got []");
    assertThatThrownBy(() -> captures.write(List.of(gray), source, target()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("pictures must have three channels of 0 to 255 and one size");
    assertThatThrownBy(
            () ->
                DicomContourWriter.of(DicomSegWriter.ofTumor())
                    .write(mask(source.grid()), source, own))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("file must be none of the source");
    assertThatThrownBy(() -> DicomCaptureWriter.of("a\\b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("description must be 1 to 64 printable ASCII");
    assertThatThrownBy(() -> DicomReportWriter.of(DicomSegWriter.ofTumor()).withNotes(List.of(" ")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(own).hasBinaryContent(before);
  }
}

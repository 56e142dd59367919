package io.github.brainimaging.core.io;

import static io.github.brainimaging.core.io.VendorFiles.AXIAL;
import static io.github.brainimaging.core.io.VendorFiles.doubles;
import static io.github.brainimaging.core.io.VendorFiles.enhanced;
import static io.github.brainimaging.core.io.VendorFiles.frame;
import static io.github.brainimaging.core.io.VendorFiles.slice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.brainimaging.core.image.MedicalVolume;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What vendors and archives do to files. A slice at place z of volume t holds 10 z + t. */
class DicomVendorsTest {

  /** Four tiles of 2 x 2 pixels that hold 0 to 3. */
  private static final int[] TILES = {0, 0, 1, 1, 0, 0, 1, 1, 2, 2, 3, 3, 2, 2, 3, 3};

  @TempDir private Path folder;

  private void write(String name, DicomBytes file) throws IOException {
    Files.write(folder.resolve(name), file.file());
  }

  private DicomSeries only() throws IOException {
    DicomFolder found = DicomFolder.scan(folder);
    assertThat(found.series()).hasSize(1);
    return found.series().get(0);
  }

  /** What the first pixel of each slice holds. */
  private static List<Integer> values(MedicalVolume volume) {
    return IntStream.range(0, volume.depth()).mapToObj(z -> (int) volume.get(0, 0, z)).toList();
  }

  @Test
  void splitsAnObjectByTheDirectionOfItsFrames() throws IOException {
    String sagittal = "0\\1\\0\\0\\0\\-1";
    DicomBytes file =
        enhanced(
            new int[] {1, 2, 3, 4},
            frame("0\\0\\0", AXIAL, "1", 1, 1),
            frame("0\\0\\0", sagittal, "2", 2, 1),
            frame("0\\0\\3", AXIAL, "1", 1, 2),
            frame("3\\0\\0", sagittal, "2", 2, 2));
    write("a.dcm", file);

    List<DicomSeries> series = DicomFolder.scan(folder.resolve("a.dcm")).series();

    assertThat(series).hasSize(2);
    assertThat(values(series.get(0).read())).containsExactly(1, 3);
    assertThat(series.get(0).grid().affine().orElseThrow().toArray())
        .containsExactly(-2, 0, 0, 0, 0, -2, 0, 0, 0, 0, 3, 0);
    assertThat(values(series.get(1).read())).containsExactlyInAnyOrder(2, 4);
    assertThatThrownBy(() -> DicomFile.open(folder.resolve("a.dcm")).readAll())
        .isInstanceOf(ImageFormatException.class)
        .hasMessageContaining("expected one stack of slices, found 2");
  }

  @Test
  void followsTheIndexOfFramesStoredInMixedOrder() throws IOException {
    write(
        "a.dcm",
        enhanced(
            new int[] {11, 0, 10, 1},
            frame("0\\0\\3", AXIAL, "1", 1, 2, 2),
            frame("0\\0\\0", AXIAL, "1", 1, 1, 1),
            frame("0\\0\\3", AXIAL, "1", 1, 2, 1),
            frame("0\\0\\0", AXIAL, "1", 1, 1, 2)));

    List<MedicalVolume> volumes = DicomFile.open(folder.resolve("a.dcm")).readAll().volumes();

    assertThat(volumes).hasSize(2);
    assertThat(values(volumes.get(0))).containsExactly(0, 10);
    assertThat(values(volumes.get(1))).containsExactly(1, 11);
  }

  @Test
  void tellsOfFramesOfOneFileThatAreLeftOut() throws IOException {
    DicomBytes first = frame("0\\0\\0", AXIAL, "1", 1, 1);
    write(
        "a.dcm", enhanced(new int[] {0, 5, 10}, first, first, frame("0\\0\\3", AXIAL, "1", 1, 2)));

    DicomFile file = DicomFile.open(folder.resolve("a.dcm"));

    assertThat(file.findings())
        .containsExactly("1 frames lie where another one lies and are left out");
    assertThat(file.volume().warnings()).isEqualTo(file.findings());
  }

  @Test
  void keepsEchoesDirectionsAndComponentsApartWhateverTheInstanceNumbers() throws IOException {
    int[] numbers = {5, 2, 4, 1, 6, 3};
    for (int i = 0; i < 6; i++) {
      int t = i % 2;
      int z = i / 2;
      write(
          "echo" + i,
          slice(numbers[i], z, 10 * z + t)
              .text(0x0020000E, "UI", "1.1")
              .text(0x00180081, "DS", t == 0 ? "5" : "15"));
      write(
          "direction" + i,
          slice(numbers[i], z, 10 * z + t)
              .text(0x0020000E, "UI", "1.2")
              .put(0x00189087, "FD", doubles(1000))
              .put(0x00189089, "FD", t == 0 ? doubles(1, 0, 0) : doubles(0, 1, 0)));
      write(
          "part" + i,
          slice(numbers[i], z, 10 * z + t)
              .text(0x0020000E, "UI", "1.3")
              .text(0x00080008, "CS", "ORIGINAL\\PRIMARY\\" + (t == 0 ? "M" : "P")));
    }

    for (DicomSeries series : DicomFolder.scan(folder).series()) {
      assertThat(series.readAll().volumes().stream().map(DicomVendorsTest::values))
          .containsExactlyInAnyOrder(List.of(0, 10, 20), List.of(1, 11, 21));
    }
  }

  @Test
  void saysSoWhereNothingTellsTheVolumesApart() throws IOException {
    int[] numbers = {1, 4, 2, 3, 5, 6};
    for (int i = 0; i < 6; i++) {
      write(
          "same" + (i * 5 % 6),
          slice(1, Math.floorDiv(i, 2), i).text(0x00080018, "UI", "1." + numbers[i]));
    }

    assertThat(only().findings())
        .contains("nothing tells which slices belong to one volume: they may be mixed");
  }

  @Test
  void leavesOutTheVolumeThatAStoppedScanCutShort() throws IOException {
    for (int i = 0; i < 8; i++) {
      write("s" + i, slice(i, i % 3, 10 * (i % 3) + i / 3));
    }

    DicomSeries series = only();

    assertThat(series.times()).isEqualTo(2);
    assertThat(values(series.readAll().volumes().get(1))).containsExactly(1, 11, 21);
    assertThat(series.findings()).contains("1 of 3 volumes lack slices and are left out");
  }

  @Test
  void keepsMovedTimePointsWhole() throws IOException {
    for (int i = 0; i < 8; i++) {
      write(
          "s" + i,
          slice(i, 3 * (i % 4) + 0.36 * Math.floorDiv(i, 4), 10 * (i % 4) + Math.floorDiv(i, 4)));
    }

    DicomSeries series = only();

    assertThat(series.times()).isEqualTo(2);
    assertThat(values(series.readAll().volumes().get(1))).containsExactly(1, 11, 21, 31);
    assertThat(series.findings())
        .contains("the volumes are moved by up to 0.36 mm against the first, whose place is told");
  }

  @Test
  void splitsStacksOfDifferentDistancesInOneSeries() throws IOException {
    for (int i = 0; i < 6; i++) {
      write("a" + i, slice(i, 3 * i, 1).text(0x00200012, "IS", "1"));
    }
    for (int i = 0; i < 4; i++) {
      write("b" + i, slice(10 + i, 1 + 4.5 * i, 2).text(0x00200012, "IS", "2"));
    }

    List<DicomSeries> series = DicomFolder.scan(folder).series();

    assertThat(series.stream().map(s -> s.grid().depth())).containsExactly(6, 4);
    assertThat(series.get(1).sliceSpacingMm()).isEqualTo(4.5);
    assertThat(values(series.get(1).read())).containsOnly(2);
  }

  @Test
  void keepsSlicesThatBearOneUid() throws IOException {
    for (int i = 0; i < 4; i++) {
      write("s" + i, slice(i, i, 10 * i).text(0x00080018, "UI", "1.2.3"));
    }

    assertThat(values(only().read())).containsExactly(0, 10, 20, 30);
    assertThat(only().findings())
        .containsExactly("different slices bear the same SOP instance UID");
  }

  @Test
  void roundingDoesNotSplitASeries() throws IOException {
    for (int i = 0; i < 4; i++) {
      String cosine = i % 2 == 0 ? "0.00499999" : "0.00500001";
      write(
          "s" + i,
          slice(i, i, 10 * i)
              .text(0x00200037, "DS", "1\\" + cosine + "\\0\\-" + cosine + "\\1\\0")
              .text(
                  0x00280030, "DS", i % 2 == 0 ? "0.48828125\\0.48828125" : "0.488281\\0.488281"));
    }

    assertThat(only().grid().depth()).isEqualTo(4);
  }

  @Test
  void readsTheLowBitsThoughTheHighBitContradicts() throws IOException {
    write("a", slice(1, 0, 1003).us(0x00280101, 12).us(0x00280102, 15));
    assertThat(values(only().read())).containsExactly(1003);

    write("a", slice(1, 0, 1003).us(0x00280101, 16).us(0x00280102, 11));
    assertThat(values(only().read())).containsExactly(1003);

    write("a", slice(1, 0, 1003 << 4).us(0x00280101, 12).us(0x00280102, 15));
    assertThat(values(only().read())).containsExactly(1003);
  }

  @Test
  void anEmptyTableIsNone() throws IOException {
    DicomBytes empty =
        new DicomBytes(DicomBytes.EXPLICIT)
            .put(0x00283002, "US", new byte[0])
            .put(0x00283006, "US", new byte[0]);
    write("a", slice(1, 0, 77).sequence(0x00283000, empty));

    assertThat(values(only().read())).containsExactly(77);
  }

  @Test
  void unpacksTheGridOfUnitedImaging() throws IOException {
    DicomBytes[] places = new DicomBytes[3];
    for (int z = 0; z < 3; z++) {
      places[z] = new DicomBytes(DicomBytes.EXPLICIT).text(0x00200032, "DS", "0\\0\\" + 3 * z);
    }
    write(
        "a",
        DicomBytes.image(DicomBytes.EXPLICIT, 4, 4, 16, false)
            .text(0x00080008, "CS", "ORIGINAL\\PRIMARY\\M\\VFRAME")
            .text(0x00200037, "DS", AXIAL)
            .text(0x00280030, "DS", "2\\2")
            .text(0x00651050, "DS", "3")
            .sequence(0x00651051, places)
            .words(TILES));

    MedicalVolume volume = only().read();

    assertThat(values(volume)).containsExactly(0, 1, 2);
    assertThat(volume.width()).isEqualTo(2);
    assertThat(volume.affine().orElseThrow().toArray())
        .containsExactly(-2, 0, 0, 0, 0, -2, 0, 0, 0, 0, 3, 0);
  }

  @Test
  void findsTheTilesOfAMosaicWithoutItsHeader() throws IOException {
    DicomBytes mosaic =
        slice(1, 0, 0)
            .us(0x00280010, 4)
            .text(0x00080008, "CS", "ORIGINAL\\PRIMARY\\M\\MOSAIC")
            .text(0x00180088, "DS", "3")
            .words(TILES);
    write("a", mosaic);
    assertThat(DicomFolder.scan(folder).refused().values())
        .singleElement()
        .asString()
        .contains("a mosaic without the CSA header");

    write("a", mosaic.text(0x00190010, "LO", "SIEMENS MR HEADER").us(0x0019100A, 3));
    assertThat(values(only().read())).containsExactly(0, 1, 2);

    write("a", mosaic.us(0x0019100A, 60_000));
    assertThat(DicomFolder.scan(folder).refused()).hasSize(1);
  }

  @Test
  void skipsTheFragmentsOfAnIcon() throws IOException {
    // The icon's fragments look like elements with absurd lengths.
    byte[] plain = slice(1, 0, 42).file();
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.write(plain, 0, plain.length - slice(1, 0, 42).bare().length);
    body.writeBytes(new byte[] {8, 0, 0, 2, 'S', 'Q', 0, 0, -1, -1, -1, -1});
    body.writeBytes(new byte[] {-2, -1, 0, -32, -1, -1, -1, -1});
    body.writeBytes(new byte[] {-32, 127, 16, 0, 'O', 'B', 0, 0, -1, -1, -1, -1});
    body.writeBytes(new byte[] {-2, -1, 0, -32, 0, 0, 0, 0});
    body.writeBytes(new byte[] {-2, -1, 0, -32, 4, 0, 0, 0, -1, 79, -1, 81});
    body.writeBytes(new byte[] {-2, -1, -35, -32, 0, 0, 0, 0});
    body.writeBytes(new byte[] {-2, -1, 13, -32, 0, 0, 0, 0});
    body.writeBytes(new byte[] {-2, -1, -35, -32, 0, 0, 0, 0});
    body.writeBytes(slice(1, 0, 42).bare());
    Files.write(folder.resolve("a"), body.toByteArray());

    assertThat(values(DicomFile.open(folder.resolve("a")).volume())).containsExactly(42);
  }

  @Test
  void readsPlainPixelsUnderACompressedSyntax() throws IOException {
    String file = new String(slice(1, 0, 42).file(), StandardCharsets.ISO_8859_1);
    String plain = "\u0014\0" + DicomBytes.EXPLICIT + "\0";
    String other = file.replace(plain, "\u0016\0" + "1.2.840.10008.1.2.4.80");
    Files.write(folder.resolve("a"), other.getBytes(StandardCharsets.ISO_8859_1));

    assertThat(only().summary().transferSyntax()).isEqualTo("1.2.840.10008.1.2.4.80");
    assertThat(values(only().read())).containsExactly(42);
  }

  @Test
  void tellsReportsCapturesAndRefusalsApart() throws IOException {
    write("slice", slice(1, 0, 1));
    write(
        "capture",
        slice(2, 0, 1)
            .text(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.7")
            .text(0x0020000E, "UI", "1.9"));
    write("report", new DicomBytes(DicomBytes.EXPLICIT).text(0x00080060, "CS", "SR"));
    write("damaged", slice(3, 0, 1).text(0x00180050, "DS", "1,5"));

    DicomFolder found = DicomFolder.scan(folder);

    assertThat(found.series().stream().map(DicomSeries::isCapture)).containsExactly(true, false);
    assertThat(found.others()).containsExactly(folder.resolve("report"));
    assertThat(found.refused()).containsOnlyKeys(folder.resolve("damaged"));
    assertThat(found.refused().get(folder.resolve("damaged"))).contains("(0018,0050)");
  }

  @Test
  void aTextOfBackslashesIsRefused() throws IOException {
    write("a", slice(1, 0, 1).put(0x00200032, "UN", new byte[1 << 15]));

    assertThat(DicomFolder.scan(folder).refused().values())
        .singleElement()
        .asString()
        .contains("(0020,0032): a length of 32768 bytes");
  }

  @Test
  void knowsTheSpacingThoughNotThePlace() throws IOException {
    for (int i = 0; i < 3; i++) {
      write(
          "s" + i,
          slice(i, 0, i)
              .text(0x00200032, "DS", "")
              .text(0x00200037, "DS", "")
              .text(0x00180088, "DS", "3"));
    }

    assertThat(only().grid().affine()).isEmpty();
    assertThat(only().grid().spacing().z()).isEqualTo(3);
    assertThat(only().grid().spacing().x()).isEqualTo(2);
  }
}

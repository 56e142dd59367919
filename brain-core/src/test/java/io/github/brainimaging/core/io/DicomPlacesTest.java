package io.github.brainimaging.core.io;

import static io.github.brainimaging.core.io.VendorFiles.AXIAL;
import static io.github.brainimaging.core.io.VendorFiles.enhanced;
import static io.github.brainimaging.core.io.VendorFiles.frame;
import static io.github.brainimaging.core.io.VendorFiles.slice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.brainimaging.core.image.MedicalVolume;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where slices lie that do not tell it as they should, and mosaics that tell too little. */
class DicomPlacesTest {

  private static final String UNPLACED = "the file does not tell how the patient lies in it";

  /** Four tiles of 2 x 2 pixels that hold 0 to 3. */
  private static final int[] TILES = {0, 0, 1, 1, 0, 0, 1, 1, 2, 2, 3, 3, 2, 2, 3, 3};

  private VendorFolder folder;

  @BeforeEach
  void folder(@TempDir Path temporary) {
    folder = new VendorFolder(temporary);
  }

  private static DicomBytes unplaced(int number, int value) {
    return slice(number, 0, value).text(0x00200032, "DS", "").text(0x00200037, "DS", "");
  }

  @Test
  void sliceLocationsOrderSlicesWithoutPlaceAndTellTheirDistance() throws IOException {
    int[] numbers = {3, 5, 1, 6, 2, 4};
    for (int z = 0; z < 6; z++) {
      folder.write(
          "s" + z, unplaced(numbers[z], 10 * z).text(0x00201041, "DS", "" + (2.5 * z - 7)));
    }

    assertThat(VendorFolder.values(folder.only().read())).containsExactly(0, 10, 20, 30, 40, 50);
    assertThat(folder.only().grid().affine()).isEmpty();
    assertThat(folder.only().grid().spacing().z()).isEqualTo(2.5);
    assertThat(folder.only().findings())
        .containsExactly(UNPLACED, "the slices are in the order of their locations");
  }

  @Test
  void locationsOfSeveralVolumesKeepThemApart() throws IOException {
    for (int i = 0; i < 6; i++) {
      int z = i % 3;
      folder.write(
          "s" + i, unplaced(i + 1, 10 * z + i / 3).text(0x00201041, "DS", "" + (20 - 3 * z)));
    }

    List<MedicalVolume> volumes = folder.only().readAll().volumes();

    assertThat(volumes.stream().map(VendorFolder::values))
        .containsExactly(List.of(20, 10, 0), List.of(21, 11, 1));
  }

  @Test
  void locationsThatAreAllTheSameTellNothing() throws IOException {
    for (int z = 0; z < 3; z++) {
      folder.write("s" + z, unplaced(3 - z, z).text(0x00201041, "DS", "0"));
    }

    assertThat(VendorFolder.values(folder.only().read())).containsExactly(2, 1, 0);
    assertThat(folder.only().findings())
        .containsExactly(UNPLACED, "the slices are in the order of their numbers");
  }

  @ParameterizedTest
  @CsvSource({
    "00182010, is that of the scanned page",
    "00181164, 'is that at the detector, larger than in the patient'"
  })
  void theDistanceOfPixelsMayStandElsewhere(String tag, String what) throws IOException {
    for (int z = 0; z < 3; z++) {
      folder.write(
          "s" + z,
          slice(z, 3 * z, z)
              .text(0x00280030, "DS", "")
              .text(Integer.parseInt(tag, 16), "DS", "1.5\\1.25"));
    }

    assertThat(folder.only().grid().requireAffine().toArray())
        .containsExactly(-1.25, 0, 0, 0, 0, -1.5, 0, 0, 0, 0, 3, 0);
    assertThat(folder.only().findings()).containsExactly("the distance between pixels " + what);
  }

  @Test
  void whatIsToldOfPlacesAndCannotBeUsedIsSaid() throws IOException {
    folder.write("a", slice(1, 0, 1).text(0x00280030, "DS", "0\\0"));
    assertThat(folder.only().findings())
        .containsExactly("the distance between pixels that is told is none: unused");

    folder.write("a", slice(1, 0, 1).text(0x00200037, "DS", "2\\0\\0\\0\\2\\0"));
    assertThat(folder.only().findings())
        .containsExactly(
            "the directions of rows and columns are not at right angles, of length 1: unused");

    DicomBytes first = frame("0\\0\\0", AXIAL, "1", 1, 1);
    folder.write(
        "a",
        enhanced(new int[] {1, 2, 3}, first, frame("0\\0\\3", AXIAL, "1", 1, 2))
            .text(0x00280008, "IS", "3"));
    assertThat(folder.only().findings())
        .containsExactly(
            UNPLACED,
            "the slices are in the order of their numbers",
            "the places of 2 frames are told, of 3: unused");
  }

  private static DicomBytes mosaic(int number) {
    return slice(number, 0, 0)
        .us(0x00280010, 4)
        .text(0x00080008, "CS", "ORIGINAL\\PRIMARY\\M\\MOSAIC")
        .text(0x00180088, "DS", "3")
        .text(0x00190010, "LO", "SIEMENS MR HEADER")
        .us(0x0019100A, 3)
        .words(TILES);
  }

  @Test
  void aMosaicWhoseTypeWasChangedIsOne() throws IOException {
    folder.write("a", mosaic(1).text(0x00080008, "CS", "DERIVED\\SECONDARY"));

    assertThat(VendorFolder.values(folder.only().read())).containsExactly(0, 1, 2);
    assertThat(folder.only().findings())
        .containsExactly(
            "the mosaic does not tell which way its slices follow: it may be the other one");
  }

  @Test
  void mosaicsWithoutPlaceStayVolumes() throws IOException {
    for (int tag : new int[] {0x00200032, 0x00200037}) {
      folder.write("a", mosaic(1).text(tag, "DS", ""));
      folder.write("b", mosaic(2).text(tag, "DS", ""));

      assertThat(folder.only().readAll().volumes().stream().map(VendorFolder::values))
          .containsExactly(List.of(0, 1, 2), List.of(0, 1, 2));
      assertThat(folder.only().grid().affine()).isEmpty();
    }
  }

  @Test
  void aMosaicOfFewerTilesThanTheOthersIsLeftOut() throws IOException {
    folder.write("a", mosaic(1));
    folder.write("b", mosaic(2));
    folder.write("c", mosaic(3).us(0x0019100A, 2));

    assertThat(folder.only().times()).isEqualTo(2);
    assertThat(folder.only().findings()).contains("1 of 3 volumes lack slices and are left out");
  }

  @Test
  void theDistanceOfItsSlicesIsAGuessWhereOnlyTheThicknessIsTold() throws IOException {
    folder.write("a", mosaic(1).text(0x00180088, "DS", "").text(0x00180050, "DS", "4"));

    assertThat(folder.only().grid().spacing().z()).isEqualTo(4);
    assertThat(folder.only().findings())
        .contains("the mosaic does not tell the distance of its slices: their thickness is taken");
  }

  @ParameterizedTest
  @CsvSource({"0", "65535", "4096", "17"})
  void tilesThatDoNotFitAreRefusedAtOnce(int tiles) throws IOException {
    folder.write("a", mosaic(1).us(0x0019100A, tiles));

    assertThatThrownBy(() -> DicomFile.open(folder.path("a")))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageContaining("mosaic");
    assertThat(folder.scan().refused().values())
        .singleElement()
        .asString()
        .contains("mosaic")
        .doesNotContain(folder.path("a").toString());
  }

  private static DicomBytes grid(int block) {
    DicomBytes[] places = new DicomBytes[3];
    for (int z = 0; z < 3; z++) {
      places[z] = new DicomBytes(DicomBytes.EXPLICIT).text(0x00200032, "DS", "0\\0\\" + 3 * z);
    }
    return DicomBytes.image(DicomBytes.EXPLICIT, 4, 4, 16, false)
        .text(0x00080008, "CS", "ORIGINAL\\PRIMARY\\M\\VFRAME")
        .text(0x00200037, "DS", AXIAL)
        .text(0x00280030, "DS", "2\\2")
        .text(0x00650000 | block, "LO", "Image Private Header")
        .sequence(0x00650051 | block << 8, places)
        .words(TILES);
  }

  @ParameterizedTest
  @CsvSource({"16, true", "17, true", "17, false"})
  void aGridOfUnitedImagingIsFoundInAnyBlockAndCountedByItsPlaces(int block, boolean told)
      throws IOException {
    DicomBytes file = grid(block);
    folder.write("a", told ? file.text(0x00650050 | block << 8, "DS", "3") : file);

    assertThat(VendorFolder.values(folder.only().read())).containsExactly(0, 1, 2);
    assertThat(folder.only().grid().requireAffine().toArray())
        .containsExactly(-2, 0, 0, 0, 0, -2, 0, 0, 0, 0, 3, 0);
  }

  @Test
  void aGridThatDoesNotTellHowManySlicesIsRefused() throws IOException {
    folder.write("a", grid(16).sequence(0x00651051));

    assertThat(folder.scan().refused().values())
        .singleElement()
        .asString()
        .contains("a grid of slices (VFRAME) that does not tell how many there are");
  }

  @Test
  void theGridOfAFileNeedsNoPixels() throws IOException {
    folder.write("a", slice(1, 3, 7).text(0x00180050, "DS", "2").us(0x00280010, 3).words(1, 2));
    DicomFile found = DicomFile.open(folder.path("a"));

    assertThat(found.stacks()).isEqualTo(1);
    assertThat(found.grid().requireAffine().toArray())
        .containsExactly(-2, 0, 0, 0, 0, -2, 0, 0, 0, 0, 2, 3);
    assertThatThrownBy(found::volume).hasMessageContaining("the pixel data is cut off");
  }
}

package io.github.brainimaging.core.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a reader of slices guessed, left out or found odd is said in the image. */
class ImageWarningsTest {

  private static final MedicalImageReader READER = MedicalImageReader.withDefaults();
  private static final int SIDE = 128;
  private static final int SAMPLES = SIDE * SIDE;

  @TempDir Path folder;

  private static List<String> warnings(byte[] file) throws IOException {
    return READER.read(file, "file").warnings();
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = ImageWarningsTest.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }

  /** A TIFF directory of one pixel of 8 bits, with its orientation, and where the next one is. */
  private static byte[] directory(int offset, int orientation, int next) {
    ByteBuffer page = ByteBuffer.allocate(2 + 12 * 9 + 4).order(ByteOrder.LITTLE_ENDIAN);
    int[][] entries = {
      {256, 2},
      {257, 1},
      {258, 8},
      {259, 1},
      {262, 1},
      {273, offset},
      {274, orientation},
      {278, 1},
      {279, 2}
    };
    page.putShort((short) entries.length);
    for (int[] entry : entries) {
      page.putShort((short) entry[0]).putShort((short) 4).putInt(1).putInt(entry[1]);
    }
    return page.putInt(next).array();
  }

  /** Pages of two pixels, 3 and 9; the last one names the one at an offset as the next. */
  private static byte[] tiff(int pages, int orientation, int last) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(new byte[] {'I', 'I', 42, 0, 10, 0, 0, 0, 3, 9});
    int length = directory(8, orientation, 0).length;
    for (int i = 1; i <= pages; i++) {
      file.writeBytes(directory(8, orientation, i == pages ? last : 10 + i * length));
    }
    return file.toByteArray();
  }

  @Test
  void otherPagesOfATiffAreCounted() throws IOException {
    assertThat(warnings(tiff(1, 1, 0))).isEmpty();
    assertThat(warnings(tiff(3, 1, 0))).containsExactly("the file has 3 pages; the first was read");
    assertThat(READER.read(tiff(3, 1, 0), "a").samples()).containsExactly(3, 9);
  }

  @Test
  void pagesThatFollowEachOtherInACircleAreCountedOnce() throws IOException {
    assertThat(warnings(tiff(2, 1, 10)))
        .containsExactly("the file has 2 pages; the first was read");
    assertThat(warnings(tiff(1, 1, 10))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "2, the file wants to be shown mirrored left to right",
    "3, the file wants to be shown turned by 180 degrees",
    "4, the file wants to be shown mirrored top to bottom",
    "5, the file wants to be shown mirrored along the diagonal from top left",
    "6, the file wants to be shown turned right by 90 degrees",
    "7, the file wants to be shown mirrored along the diagonal from top right",
    "8, the file wants to be shown turned left by 90 degrees",
    "0, the file's orientation is not understood",
    "9, the file's orientation is not understood"
  })
  void anOrientationThatIsNotFollowedIsTold(int orientation, String asks) throws IOException {
    String expected =
        asks + " (orientation " + orientation + "); the samples are in the order of the file";
    byte[] jpeg = resource("gray-exif.jpg");
    int tag = indexOf(jpeg, new byte[] {0x01, 0x12, 0, 3, 0, 0, 0, 1});
    jpeg[tag + 9] = (byte) orientation;

    assertThat(warnings(tiff(1, orientation, 0))).containsExactly(expected);
    assertThat(warnings(jpeg)).containsExactly(expected);
    assertThat(warnings(png("eXIf", tiff(1, orientation, 0)))).containsExactly(expected);
  }

  private static int indexOf(byte[] file, byte[] wanted) {
    for (int i = 0; i + wanted.length <= file.length; i++) {
      if (Arrays.equals(file, i, i + wanted.length, wanted, 0, wanted.length)) {
        return i;
      }
    }
    throw new IllegalArgumentException("not there");
  }

  /** A picture with another chunk behind the first. */
  private byte[] png(String type, byte[] data) throws IOException {
    Path plain = folder.resolve("plain.png");
    PngImageWriter.write(
        MedicalImage.ofGray(2, 1, new float[] {3, 9}).withNominalMaximum(255), plain);
    byte[] file = Files.readAllBytes(plain);
    CRC32 checksum = new CRC32();
    checksum.update(type.getBytes(StandardCharsets.US_ASCII));
    checksum.update(data);
    ByteBuffer chunk = ByteBuffer.allocate(12 + data.length);
    chunk.putInt(data.length).put(type.getBytes(StandardCharsets.US_ASCII)).put(data);
    chunk.putInt((int) checksum.getValue());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(file, 0, 33);
    out.writeBytes(chunk.array());
    out.write(file, 33, file.length - 33);
    return out.toByteArray();
  }

  @Test
  void exifDataThatCannotBeReadLeavesTheOrientationUnknown() throws IOException {
    for (byte[] damaged : List.of(new byte[3], new byte[40], Arrays.copyOf(tiff(1, 6, 0), 20))) {
      assertThat(warnings(png("eXIf", damaged)))
          .singleElement()
          .asString()
          .startsWith("the Exif data is damaged, so whether the picture is to be turned is not");
    }
  }

  @Test
  void theOtherPicturesOfAnAnimationAreCounted() throws IOException {
    assertThat(warnings(png("acTL", new byte[] {0, 0, 0, 5, 0, 0, 0, 0})))
        .containsExactly("the file is animated, of 5 pictures; one was read");
    assertThat(warnings(png("acTL", new byte[] {0, 0, 0, 1, 0, 0, 0, 0}))).isEmpty();
  }

  /** A slice of 128 x 128 with values from 1 to 100, as a NIfTI file. */
  private Path slice(float... first) throws IOException {
    float[] samples = new float[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      samples[i] = i < first.length ? first[i] : 1 + i % 100;
    }
    return sliceOf(samples);
  }

  private Path sliceOf(float[] samples) throws IOException {
    VolumeGrid grid = VolumeGrid.ofSize(SIDE, SIDE, 1).withAffine(Affine.scaling(1, 1, 4));
    Path file = folder.resolve("slice.nii");
    NiftiWriter.withDefaults().write(MedicalVolume.of(grid, samples), file);
    return file;
  }

  private void assertTold(Path file, String... expected) throws IOException {
    assertThat(READER.read(file).warnings()).containsExactly(expected);
    assertThat(NiftiFile.open(file).slice(0, 0).warnings()).containsExactly(expected);
    MedicalVolume volume = MedicalVolumeReader.withDefaults().read(file);
    assertThat(volume.warnings()).containsExactly(expected);
    assertThat(volume.slice(0).warnings()).containsExactly(expected);
  }

  @Test
  void samplesThatAreNoNumbersAreCounted() throws IOException {
    assertTold(slice());
    assertTold(
        slice(Float.NaN, Float.NEGATIVE_INFINITY, 5, Float.POSITIVE_INFINITY),
        "3 of 16384 samples are no numbers");
  }

  @Test
  void anImageOfOneValueIsTold() throws IOException {
    float[] samples = new float[SAMPLES];
    assertTold(sliceOf(samples), "all samples are 0");
    Arrays.fill(samples, -1.5f);
    assertTold(sliceOf(samples), "all samples are -1.5");
  }

  @Test
  void aSampleFarFromAllOthersIsTold() throws IOException {
    assertTold(
        slice(1e6f),
        "1 of 16384 samples lie far above the others, at up to 1000000 where those end at 100");
    assertTold(
        slice(-1e6f),
        "1 of 16384 samples lie far below the others, at up to -1000000 where those end at 1");
    assertTold(
        slice(Float.MAX_VALUE, -1e6f),
        "1 of 16384 samples lie far above the others, at up to 3.4028235E38 where those end at 100",
        "1 of 16384 samples lie far below the others, at up to -1000000 where those end at 1");
  }

  @Test
  void samplesThatAreManyOrNearAreNotOdd() throws IOException {
    assertTold(slice(1000)); // nine times the range away, not ten
    assertTold(slice(1e6f, 1e6f)); // two of 16384 are more than one in 10,000
    float[] mask = new float[SAMPLES];
    mask[77] = 255;
    assertTold(sliceOf(mask));
  }

  @Test
  void lengthsThatDoNotFitEachOtherAreTold() throws IOException {
    byte[] file = Files.readAllBytes(slice());
    // pixdim[1] and qform_code of nifti1.h
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putFloat(80, 3).putShort(252, (short) 0);
    Path other = Files.write(folder.resolve("other.nii"), file);

    assertTold(
        other,
        "axis 1 has voxels of 1.00 mm by the affine, which was taken, and of 3.00 mm by pixdim");
  }

  private static DicomBytes mr() {
    return DicomBytes.image(DicomBytes.EXPLICIT, 2, 2, 8, false)
        .put(0x7FE00010, "OB", new byte[] {1, 2, 3, 4});
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "00281050; DS; wide; the window is damaged and was left out: (0028,1050): ",
        "00280030; DS; 0\\0; the distance between pixels that is told is none: unused",
        "00200037; DS; 1\\0\\0\\1\\0\\0; the directions of rows and columns are not at right angles, of length 1: unused"
      })
  void whatIsDamagedInAHeaderAndNotNeededIsTold(
      String tag, String type, String value, String expected) throws IOException {
    byte[] file = mr().text(Integer.parseInt(tag, 16), type, value).file();

    assertThat(warnings(mr().file())).isEmpty();
    assertThat(warnings(file)).singleElement().asString().startsWith(expected);
    assertThat(warnings(file).toString()).doesNotContain(value);
    Path path = Files.write(folder.resolve("a.dcm"), file);
    assertThat(DicomFile.open(path).frame(0).warnings()).isEqualTo(warnings(file));
    assertThat(DicomFile.open(path).findings()).isEqualTo(warnings(file));
    assertThat(MedicalVolumeReader.withDefaults().read(path).warnings()).isEqualTo(warnings(file));
  }

  @Test
  void aTimeThatIsDamagedIsToldOfASlice() throws IOException {
    assertThat(warnings(mr().text(0x00180081, "DS", "long").file()))
        .containsExactly(
            "a time is damaged and was left out: (0018,0081): expected numbers, found something"
                + " else");
  }

  @Test
  void oneDamageHidesNoOther() throws IOException {
    DicomBytes file =
        mr().text(0x00280030, "DS", "0\\0")
            .text(0x00200037, "DS", "left")
            .text(0x00281050, "DS", "wide");

    assertThat(warnings(file.file()))
        .satisfiesExactly(
            w -> assertThat(w).startsWith("the orientation is damaged and was left out"),
            w -> assertThat(w).startsWith("the window is damaged and was left out"),
            w -> assertThat(w).startsWith("the distance between pixels that is told is none"));
  }
}

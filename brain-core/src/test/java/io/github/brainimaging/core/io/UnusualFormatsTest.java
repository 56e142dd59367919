package io.github.brainimaging.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is no image that is read is told by its name, not as damage or as a number. */
class UnusualFormatsTest {

  private static final MedicalImageReader IMAGES = MedicalImageReader.withDefaults();

  @ParameterizedTest
  @CsvSource({
    "GIF89a, GIF",
    "RIFFxxxxWEBPVP8, WebP",
    "%PDF-1.7, PDF",
    "xxxxftypheic, HEIF or AVIF",
    "BZh91AY, bzip2"
  })
  void otherFormatsAreNamedByBothReaders(String start, String name) {
    byte[] file = (start + "-".repeat(400)).getBytes(StandardCharsets.ISO_8859_1);

    assertThatThrownBy(() -> IMAGES.read(file, "a"))
        .isInstanceOf(ImageFormatException.class)
        .hasMessage("a: cannot read this " + name + " file: this format is not supported yet");
    assertThatThrownBy(() -> MedicalVolumeReader.withDefaults().read(file, "a"))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageEndingWith("or DICOM file, found " + name);
  }

  @Test
  void theVoxelsOfAHeaderSayWhereTheHeaderIs(@TempDir Path folder) throws Exception {
    Path voxels = Files.write(folder.resolve("head.img"), new byte[1000]);

    assertThatThrownBy(() -> MedicalVolumeReader.withDefaults().read(voxels))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageEndingWith("the file of the same name that ends with .hdr");
    assertThatThrownBy(() -> IMAGES.read(voxels))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageEndingWith("the file of the same name that ends with .hdr");
  }

  @ParameterizedTest
  @CsvSource({
    "195, lossless JPEG (SOF3)",
    "198, hierarchical JPEG (SOF6)",
    "201, sequential JPEG with arithmetic coding (SOF9)",
    "202, progressive JPEG with arithmetic coding (SOF10)",
    "247, 'JPEG-LS, another coding (SOF55)'"
  })
  void otherCodingsOfJpegAreNamed(int marker, String name) throws Exception {
    byte[] jpeg = Files.readAllBytes(ReferenceImages.file("gray.jpg"));
    int frame = 2;
    while (jpeg[frame + 1] != (byte) 0xC0) {
      frame += 2 + (jpeg[frame + 2] & 0xFF) * 256 + (jpeg[frame + 3] & 0xFF);
    }
    jpeg[frame + 1] = (byte) marker;

    assertThatThrownBy(() -> IMAGES.read(jpeg, "a"))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageContaining("found " + name);
  }

  /** Read before as two volumes, or as RGB. */
  @ParameterizedTest
  @CsvSource({"complex, 2", "HSV-color, 3", "RGBA-color, 4"})
  void componentsOfNrrdThatAreNoImageAreNamed(String kind, int components) {
    String header =
        "NRRD0004\ntype: uint8\ndimension: 4\nsizes: "
            + components
            + " 2 2 2\nkinds: "
            + kind
            + " domain domain domain\nencoding: raw\n\n"
            + "12345678".repeat(components);

    assertThatThrownBy(
            () ->
                MedicalVolumeReader.withDefaults()
                    .read(header.getBytes(StandardCharsets.US_ASCII), "a"))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageEndingWith("found " + kind.toLowerCase(Locale.ROOT));
  }

  private static ByteBuffer bitmap(int header, int dataOffset, int bytes) {
    ByteBuffer file = ByteBuffer.allocate(dataOffset + bytes + 40).order(ByteOrder.LITTLE_ENDIAN);
    file.put((byte) 'B').put((byte) 'M').putInt(dataOffset + bytes).putInt(0).putInt(dataOffset);
    return file.putInt(header).putInt(2).putInt(1).putShort((short) 1);
  }

  /** The short header of OS/2, then two colors (blue, green, red), and a row of 0 1. */
  @Test
  void theShortHeaderOfOs2IsRead() throws Exception {
    ByteBuffer file = bitmap(16, 38, 4).putShort((short) 1);
    file.put(new byte[] {3, 2, 1, 0, 6, 5, 4, 0, 0b01000000, 0, 0, 0});
    byte[] bytes = new byte[file.capacity()];
    file.get(0, bytes);

    assertThat(IMAGES.read(bytes, "a").samples()).containsExactly(1, 4, 2, 5, 3, 6);
  }

  @ParameterizedTest
  @CsvSource({
    "40, 24, 4, JPEG (4)",
    "40, 24, 5, PNG (5)",
    "40, 24, 6, bit fields with alpha in a header that has none (6)",
    "64, 1, 3, fax coding (3)",
    "64, 24, 4, 24-bit run-length coding (4)",
    "40, 2, 0, 2"
  })
  void whatIsNotReadOfBitmapsIsNamed(int header, int bits, int compression, String name) {
    byte[] file = bitmap(header, 90, 40).putShort((short) bits).putInt(compression).array();

    assertThatThrownBy(() -> IMAGES.read(file, "a"))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageEndingWith("found " + name);
  }
}

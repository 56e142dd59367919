package io.github.brainimaging.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.Modality;
import io.github.brainimaging.core.image.Spacing;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("data")
class MedicalImageReaderTest {

  private final MedicalImageReader reader = MedicalImageReader.withDefaults();

  /** Lines of expected.txt: what PIL, OpenCV and tifffile find in the images. */
  static List<String> expectations() throws IOException {
    return Files.readAllLines(ReferenceImages.file("expected.txt"));
  }

  @ParameterizedTest
  @MethodSource("expectations")
  void findsTheSamplesThatOtherProgramsFind(String line) throws IOException {
    String[] fields = line.split(" ", 6);
    String[] values = fields[5].split(" ", -1);
    float[] expected = new float[values.length];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = Float.parseFloat(values[i]);
    }

    MedicalImage image = reader.read(ReferenceImages.file(fields[0]));

    assertThat(image.width()).isEqualTo(Integer.parseInt(fields[1]));
    assertThat(image.height()).isEqualTo(Integer.parseInt(fields[2]));
    assertThat(image.channels()).isEqualTo(Integer.parseInt(fields[3]));
    assertThat(image.nominalMaximum()).isEqualTo(Float.valueOf(fields[4]));
    assertThat(image.samples()).containsExactly(expected);
    assertThat(image.spacing()).isEqualTo(Spacing.UNKNOWN);
    assertThat(image.modality()).isEqualTo(Modality.UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource({
    "refused-cmyk.jpg, CMYK",
    "refused-cmyk.tif, photometric interpretation",
    "refused-lab.tif, photometric interpretation",
    "refused-big.tif, BigTIFF",
    "make_images.py, 'expected a file of one of the formats DICOM, PNG, JPEG, TIFF, BMP, NIfTI,"
        + " NRRD, MetaImage, MGH, Analyze 7.5; found the first bytes 23 21'"
  })
  void refusesWithTheNameAndTheReason(String name, String reason) {
    assertThatThrownBy(() -> reader.read(ReferenceImages.file(name)))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageContaining(name)
        .hasMessageContaining(reason);
  }

  @Test
  void saysWhichFormatIsNotSupportedYet() {
    byte[] start = new byte[400];
    ByteBuffer.wrap(start).putInt(0x1F8B0800);

    assertThatThrownBy(() -> read(start))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageContaining("cannot read this gzip")
        .hasMessageContaining("not supported yet");
  }

  @ParameterizedTest
  @ValueSource(strings = {"slice.nii", "flat.nii.gz"})
  void readsASingleSliceOfNifti(String name) throws IOException {
    Path file = ReferenceImages.file("nifti/" + name);
    MedicalImage image = reader.read(file);

    assertThat(MedicalImageReader.recognizes(file)).isTrue();
    assertThat(image.samples()).isEqualTo(MedicalVolumeReader.withDefaults().read(file).samples());
    assertThat(image.spacing())
        .isEqualTo(MedicalVolumeReader.withDefaults().read(file).spacing().inSlice());
    assertThat(image.nominalMaximum())
        .isEqualTo(Float.valueOf(name.startsWith("slice") ? 255 : Float.NaN));
  }

  @Test
  void saysWhoReadsAVolume() throws IOException {
    Path file = ReferenceImages.file("nifti/int16-1le.nii");

    assertThat(MedicalImageReader.recognizes(file)).isFalse();
    assertThatThrownBy(() -> reader.read(file))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageContaining("int16-1le.nii")
        .hasMessageContaining("MedicalVolumeReader");
  }

  @Test
  void missingFilesStayMissingFiles(@TempDir Path folder) {
    assertThatThrownBy(() -> reader.read(folder.resolve("none.png")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void saysThatAFolderIsNoFile(@TempDir Path folder) {
    assertThatThrownBy(() -> reader.read(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("expected a file, found a folder");
  }

  /** To open a pipe waits for who writes to it, which may be for ever. */
  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "no named pipes")
  void saysThatAPipeIsNoFile(@TempDir Path folder) throws Exception {
    Path pipe = folder.resolve("pipe.png");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    for (Path link : List.of(pipe, Files.createSymbolicLink(folder.resolve("link.png"), pipe))) {
      assertThatThrownBy(() -> reader.read(link))
          .isInstanceOf(IOException.class)
          .hasMessage(link + ": expected a file, found a pipe or device, which may never end");
    }
  }

  @Test
  void refusesAnEmptyFile() {
    assertThatThrownBy(() -> read(new byte[0]))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageContaining("an empty file");
  }

  @Test
  void recognizesImagesByTheirContent(@TempDir Path folder) throws IOException {
    Path text = Files.writeString(folder.resolve("text.png"), "BM is how some texts start, too");

    assertThat(MedicalImageReader.recognizes(ReferenceImages.file("png-named.jpg"))).isTrue();
    assertThat(MedicalImageReader.recognizes(ReferenceImages.file("palette1-os2.bmp"))).isTrue();
    assertThat(MedicalImageReader.recognizes(ReferenceImages.file("refused-big.tif"))).isFalse();
    assertThat(MedicalImageReader.recognizes(text)).isFalse();
    assertThat(MedicalImageReader.recognizes(folder)).isFalse();
  }

  @Test
  void leavesTheStreamOpen() throws IOException {
    byte[] file = Files.readAllBytes(ReferenceImages.file("gray8.png"));
    List<String> closed = new ArrayList<>();
    InputStream stream =
        new ByteArrayInputStream(file) {
          @Override
          public void close() {
            closed.add("closed");
          }
        };

    assertThat(reader.read(stream, "a stream").width()).isEqualTo(19);
    assertThat(closed).isEmpty();
  }

  /** Every prefix of every file, but for pages that are not read. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "gray8.png",
        "palette8-interlaced.png",
        "rgb-420.jpg",
        "gray-progressive.jpg",
        "gray16-lzw.tif",
        "rgb8-planar.tif",
        "rgb8-jpeg.tif",
        "bit-group4.tif",
        "palette4-rle.bmp",
        "rgb24.bmp"
      })
  void refusesAFileThatIsCutOffAnywhere(String name) throws IOException {
    byte[] file = Files.readAllBytes(ReferenceImages.file(name));

    for (int length = 0; length < file.length; length++) {
      byte[] cut = Arrays.copyOf(file, length);
      assertThatThrownBy(() -> read(cut))
          .as("%d of %d bytes", length, file.length)
          .isInstanceOf(ImageFormatException.class);
    }
  }

  @Test
  void refusesADamagedPngChunk() throws IOException {
    byte[] file = Files.readAllBytes(ReferenceImages.file("gray8.png"));
    file[file.length - 30] ^= 1;

    assertThatThrownBy(() -> read(file))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageContaining("checksum");
  }

  @Test
  void readsAJpegWithPaddingBeforeItsEnd() throws IOException {
    byte[] file = Files.readAllBytes(ReferenceImages.file("gray.jpg"));
    byte[] padded = Arrays.copyOf(file, file.length + 4);
    Arrays.fill(padded, file.length - 2, file.length + 2, (byte) 0);
    System.arraycopy(file, file.length - 2, padded, file.length + 2, 2);

    assertThat(read(padded)).isEqualTo(read(file));
  }

  @Test
  void refusesASecondPngHeader() throws IOException {
    byte[] file = Files.readAllBytes(ReferenceImages.file("gray8.png"));
    byte[] doubled = Arrays.copyOf(file, file.length + 25);
    System.arraycopy(file, 8, doubled, 33, file.length - 8);

    assertThatThrownBy(() -> read(doubled))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageContaining("expected one chunk IHDR");
  }

  @Test
  void checksThePixelsBeforeDecoding() throws IOException {
    Path file = ReferenceImages.file("gray8.png");

    assertThat(reader.withMaximumPixels(19 * 17).read(file).width()).isEqualTo(19);
    assertThatThrownBy(() -> reader.withMaximumPixels(19 * 17 - 1).read(file))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageContaining("19 x 17 pixels")
        .hasMessageContaining("the limit is 322 pixels");
  }

  @Test
  void rejectsALimitThatIsNotPositive() {
    assertThatThrownBy(() -> reader.withMaximumPixels(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("maximumPixels must be positive, got 0");
  }

  @Test
  void refusesAHeaderThatClaimsMoreThanTheFileCanHold() throws IOException {
    byte[] bomb = png(3000, 3000, new byte[1000]);

    assertThatThrownBy(() -> read(bomb))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageContaining("3000 x 3000")
        .hasMessageContaining("bytes of image data");
  }

  @Test
  void refusesAnImageThatWouldFillTheHeap() throws IOException {
    MedicalImageReader unlimited = reader.withMaximumPixels(Long.MAX_VALUE);
    byte[] bomb = png(2_000_000_000, 2_000_000_000, new byte[1000]);

    assertThatThrownBy(() -> unlimited.read(new ByteArrayInputStream(bomb), "bomb"))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageContaining("of the heap");
  }

  /** Enough noise for LZW codes of 12 bits and a full code table. */
  @ParameterizedTest
  @ValueSource(strings = {"LZW", "ZLib", "Deflate", "PackBits"})
  void readsLargeCompressedTiffFilesOfTheJdk(String compression) throws IOException {
    byte[] noise = new byte[300 * 200];
    new Random(7).nextBytes(noise);
    Arrays.fill(noise, 20_000, 30_000, (byte) 99);
    BufferedImage image = new BufferedImage(300, 200, BufferedImage.TYPE_BYTE_GRAY);
    System.arraycopy(
        noise, 0, ((DataBufferByte) image.getRaster().getDataBuffer()).getData(), 0, noise.length);

    float[] expected = new float[noise.length];
    for (int i = 0; i < noise.length; i++) {
      expected[i] = noise[i] & 0xFF;
    }

    assertThat(Arrays.equals(read(writeTiff(image, compression)).samples(), expected)).isTrue();
  }

  @Test
  void changesNothingInImageIo() throws IOException {
    List<String> before = readers();
    boolean cache = ImageIO.getUseCache();

    assertThat(reader.read(ReferenceImages.file("gray.jpg")).width()).isEqualTo(19);

    assertThat(readers()).isEqualTo(before);
    assertThat(ImageIO.getUseCache()).isEqualTo(cache);
  }

  @Test
  void readsRealImages() throws IOException {
    Path data = Path.of(System.getProperty("brain.data", "../../shared/data"));
    assumeTrue(Files.isDirectory(data.resolve("lgg")), "no real images in " + data);

    int count = 0;
    for (String folder : List.of("brain-tumor-mri/validation/glioma", "t1ce-masks/masks", "lgg")) {
      try (Stream<Path> files = Files.walk(data.resolve(folder))) {
        for (Path file : files.filter(ReferenceImages::isImage).sorted().limit(40).toList()) {
          MedicalImage image = reader.read(file);
          assertThat(image.channels()).isEqualTo(1);
          assertThat(image.nominalMaximum()).isEqualTo(255);
          if (file.toString().contains("mask")) {
            assertThat(Mask.above(image, 0).toImage()).isEqualTo(image);
          }
          count++;
        }
      }
    }
    assertThat(count).isEqualTo(120);
  }

  private MedicalImage read(byte[] file) throws IOException {
    MedicalImage image = reader.read(new ByteArrayInputStream(file), "a file");
    assertThat(reader.read(file, "a file")).isEqualTo(image);
    return image;
  }

  private static byte[] writeTiff(BufferedImage image, String compression) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("tiff").next();
    ImageWriteParam options = writer.getDefaultWriteParam();
    options.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    options.setCompressionType(compression);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(file)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), options);
    } finally {
      writer.dispose();
    }
    return file.toByteArray();
  }

  @Test
  void refusesBySizeWhatTheHeapCannotTakeWithTheCopiesThatAnAnalysisMakes() {
    MedicalImageReader unlimited = reader.withMaximumPixels(Long.MAX_VALUE);
    // Itself and seven copies and pictures, 4 bytes a pixel each, within half of the heap.
    int side = (int) Math.sqrt(Runtime.getRuntime().maxMemory() / 64.0);

    assertThatThrownBy(() -> unlimited.read(png(side + 1, side + 1, new byte[9]), "large.png"))
        .hasMessageStartingWith("large.png: cannot read this PNG file: found " + (side + 1))
        .hasMessageContaining("MiB, more than half of the heap of");
    assertThatThrownBy(() -> unlimited.read(png(side, side, new byte[9]), "smaller.png"))
        .hasMessageContaining("bytes of image data, found");
  }

  private static byte[] png(int width, int height, byte[] raw) throws IOException {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(data)) {
      deflater.write(raw);
    }
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height).put((byte) 8);
    ByteBuffer file = ByteBuffer.allocate(8 + 25 + 12 + data.size() + 12);
    file.putLong(0x89504E470D0A1A0AL);
    chunk(file, "IHDR", header.array());
    chunk(file, "IDAT", data.toByteArray());
    chunk(file, "IEND", new byte[0]);
    return file.array();
  }

  private static void chunk(ByteBuffer file, String type, byte[] data) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(data);
    file.putInt(data.length).put(name).put(data).putInt((int) crc.getValue());
  }

  private static List<String> readers() {
    List<String> names = new ArrayList<>();
    IIORegistry.getDefaultInstance()
        .getServiceProviders(ImageReaderSpi.class, true)
        .forEachRemaining(spi -> names.add(spi.getDescription(Locale.ROOT)));
    return names;
  }
}

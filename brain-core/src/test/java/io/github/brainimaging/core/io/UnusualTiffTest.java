package io.github.brainimaging.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.brainimaging.core.image.MedicalImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TIFF files that programs in the field write and others do not read; by hand after libtiff. */
class UnusualTiffTest {

  private static final int WIDTH = 256;
  private static final int HEIGHT = 257;
  private static final int BITS = 258;
  private static final int COMPRESSION = 259;
  private static final int COLORS = 262;
  private static final int FILL_ORDER = 266;
  private static final int SAMPLES = 277;
  private static final int PLANAR = 284;
  private static final int GROUP_3_OPTIONS = 292;
  private static final int PREDICTOR = 317;
  private static final int FORMAT = 339;

  private static MedicalImage read(byte[] file) throws IOException {
    return MedicalImageReader.withDefaults().read(file, "a");
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static byte[] deflated(byte[] plain) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflate = new DeflaterOutputStream(packed)) {
      deflate.write(plain);
    }
    return packed.toByteArray();
  }

  /** Black is zero, in a row. */
  private static byte[] row(ByteOrder order, byte[] strip, int width, int bits, int[]... more) {
    Stream<int[]> common =
        Stream.of(
            TiffBytes.tag(WIDTH, width),
            TiffBytes.tag(HEIGHT, 1),
            TiffBytes.tag(BITS, bits),
            TiffBytes.tag(COLORS, 1));
    return TiffBytes.file(
        order, strip, new int[0], Stream.concat(common, Arrays.stream(more)).toArray(int[][]::new));
  }

  @Test
  void aColorMapOfEightBitsIsTakenAsSuch() throws IOException {
    byte[] file =
        TiffBytes.file(
            ByteOrder.LITTLE_ENDIAN,
            bytes(0, 1),
            Arrays.copyOf(new int[] {10, 255}, 768),
            TiffBytes.tag(WIDTH, 2),
            TiffBytes.tag(HEIGHT, 1),
            TiffBytes.tag(BITS, 8),
            TiffBytes.tag(COLORS, 3));

    assertThat(read(file).samples()).startsWith(10, 255);
  }

  private static byte[] bilevel(int compression, int options, int fillOrder, int... strip) {
    return TiffBytes.file(
        ByteOrder.LITTLE_ENDIAN,
        bytes(strip),
        new int[0],
        TiffBytes.tag(WIDTH, 8),
        TiffBytes.tag(HEIGHT, 2),
        TiffBytes.tag(BITS, 1),
        TiffBytes.tag(COMPRESSION, compression),
        TiffBytes.tag(COLORS, 0),
        TiffBytes.tag(FILL_ORDER, fillOrder),
        TiffBytes.tag(GROUP_3_OPTIONS, options));
  }

  /**
   * Ends of lines that end a byte; a line of five white (1100) and three black pixels (10), whose
   * last zero is no fill, and one of no white (00110101) and eight black ones (000101). Programs do
   * so without saying it in the options, too.
   */
  @ParameterizedTest
  @ValueSource(ints = {0, 4})
  void fillBitsBeforeTheLinesOfAFaxAreNoDamage(int options) throws IOException {
    int[] strip = {0x00, 0x01, 0xC8, 0x00, 0x01, 0x35, 0x14, 0x00};
    int[] reversed = Arrays.stream(strip).map(b -> Integer.reverse(b) >>> 24).toArray();
    float[] expected = {255, 255, 255, 255, 255, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};

    assertThat(read(bilevel(3, options, 1, strip)).samples()).containsExactly(expected);
    assertThat(read(bilevel(3, options, 2, reversed)).samples()).containsExactly(expected);
  }

  @Test
  void theFirstPixelMayBeInTheLowestBit() throws IOException {
    assertThat(read(bilevel(1, 0, 2, 0b11111110, 0b01111111)).samples())
        .containsExactly(255, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255);
  }

  @ParameterizedTest
  @ValueSource(strings = {"LITTLE_ENDIAN", "BIG_ENDIAN"})
  void differencesOfWideNumbersAreUndone(String name) throws IOException {
    boolean little = name.equals("LITTLE_ENDIAN");
    ByteOrder order = little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    byte[] wide =
        little ? bytes(5, 0, 0, 0, 254, 255, 255, 255) : bytes(0, 0, 0, 5, -1, -1, -1, -2);

    assertThat(
            read(row(
                    order,
                    deflated(wide),
                    2,
                    32,
                    TiffBytes.tag(COMPRESSION, 8),
                    TiffBytes.tag(PREDICTOR, 2)))
                .samples())
        .containsExactly(5, 3);
  }

  /** 1.5 is 3fc00000, -2 is c0000000: the highest bytes first, then byte minus the one before. */
  @ParameterizedTest
  @ValueSource(strings = {"LITTLE_ENDIAN", "BIG_ENDIAN"})
  void differencesOfFloatingPointAreUndone(String name) throws IOException {
    ByteOrder order = name.equals("LITTLE_ENDIAN") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    byte[] packed = deflated(bytes(0x3F, 0xC0 - 0x3F, 0, 0x40, 0, 0, 0, 0));

    assertThat(
            read(row(
                    order,
                    packed,
                    2,
                    32,
                    TiffBytes.tag(COMPRESSION, 8),
                    TiffBytes.tag(PREDICTOR, 3),
                    TiffBytes.tag(FORMAT, 3)))
                .samples())
        .containsExactly(1.5f, -2);
  }

  @Test
  void floatsOf16BitsAreRead() throws IOException {
    byte[] strip = bytes(0x00, 0x3C, 0x00, 0xC1, 0x01, 0x00, 0x00, 0x7C, 0x01, 0x7C);

    assertThat(read(row(ByteOrder.LITTLE_ENDIAN, strip, 5, 16, TiffBytes.tag(FORMAT, 3))).samples())
        .containsExactly(1, -2.5f, 0x1p-24f, Float.POSITIVE_INFINITY, Float.NaN);
  }

  @Test
  void wholeNumbersOf64BitsAreRoundedToFloats() throws IOException {
    byte[] strip = new byte[16];
    Arrays.fill(strip, 0, 8, (byte) -1);
    strip[15] = 3;

    assertThat(read(row(ByteOrder.BIG_ENDIAN, strip, 2, 64)).samples()).containsExactly(0x1p64f, 3);
    assertThat(read(row(ByteOrder.BIG_ENDIAN, strip, 2, 64, TiffBytes.tag(FORMAT, 2))).samples())
        .containsExactly(-1, 3);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 50000, ZSTD (50000)",
    "4, 1, transparency mask (4)",
    "5, 1, CMYK (5)",
    "6, 1, YCbCr (6)",
    "32803, 1, color filter array (32803)",
    "34892, 1, linear raw (34892)"
  })
  void whatIsNotReadIsNamed(int colors, int compression, String found) {
    byte[] file =
        TiffBytes.file(
            ByteOrder.LITTLE_ENDIAN,
            bytes(1, 2),
            new int[0],
            TiffBytes.tag(WIDTH, 1),
            TiffBytes.tag(HEIGHT, 1),
            TiffBytes.tag(BITS, 8),
            TiffBytes.tag(COMPRESSION, compression),
            TiffBytes.tag(COLORS, colors));

    assertThatThrownBy(() -> read(file))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageContaining("found " + found);
  }

  /** Read before as RGB, or the first of three, or as damage. */
  static Stream<Object[]> severalSamples() {
    return Stream.of(
        new Object[] {6, 7, 3, 2, "found YCbCr by planes (6)"},
        new Object[] {1, 1, 3, 1, "found 3: if they are colors"},
        new Object[] {3, 1, 2, 1, "expected one sample per pixel of a palette"});
  }

  @ParameterizedTest
  @MethodSource("severalSamples")
  void samplesThatAreNoColorsAreRefused(
      int colors, int compression, int samples, int planar, String message) {
    byte[] file =
        TiffBytes.file(
            ByteOrder.LITTLE_ENDIAN,
            bytes(1, 2, 3),
            new int[768],
            TiffBytes.tag(WIDTH, 1),
            TiffBytes.tag(HEIGHT, 1),
            TiffBytes.tag(BITS, 8),
            TiffBytes.tag(COMPRESSION, compression),
            TiffBytes.tag(COLORS, colors),
            TiffBytes.tag(SAMPLES, samples),
            TiffBytes.tag(PLANAR, planar));

    assertThatThrownBy(() -> read(file))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageContaining(message);
  }

  /** Clear (256), 7, end (257), of 9 bits from the lowest on. */
  @Test
  void lzwFromBeforeTiff5IsNamed() {
    byte[] strip = bytes(0x00, 0x0F, 0x04, 0x04);

    assertThatThrownBy(
            () -> read(row(ByteOrder.LITTLE_ENDIAN, strip, 1, 8, TiffBytes.tag(COMPRESSION, 5))))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageContaining("found the older one");
  }
}

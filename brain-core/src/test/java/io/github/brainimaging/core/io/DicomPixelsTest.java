package io.github.brainimaging.core.io;

import static io.github.brainimaging.core.io.VendorFiles.slice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pixel data that is not what the header says: fragments, frames, syntaxes, bits, palettes. */
class DicomPixelsTest {

  private static final byte[] ITEM = {-2, -1, 0, -32};
  private static final byte[] END = {-2, -1, -35, -32, 0, 0, 0, 0};

  @TempDir private Path folder;

  private DicomFile open(byte[] file) throws IOException {
    return DicomFile.open(Files.write(folder.resolve("a"), file));
  }

  /** The fields of a line of streams.txt: name, syntax, size, ..., stream, samples. */
  private static String[] fields(String name) throws IOException {
    return DicomFileTest.streams().stream()
        .filter(line -> line.startsWith(name + "|"))
        .findFirst()
        .orElseThrow()
        .split("\\|", -1);
  }

  private static byte[] stream(String name) throws IOException {
    byte[] found = Base64.getDecoder().decode(fields(name)[10]);
    return Arrays.copyOf(found, found.length + found.length % 2);
  }

  private static float[] samples(String name) throws IOException {
    String[] texts = fields(name)[11].split(" ", -1);
    float[] samples = new float[texts.length];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = Float.parseFloat(texts[i]);
    }
    return samples;
  }

  private static DicomBytes image(String syntax, String name) throws IOException {
    int bits = Integer.parseInt(fields(name)[5]);
    return DicomBytes.image(syntax, 21, 18, bits, false).text(0x00080018, "UI", "1.2.3");
  }

  private static byte[] ints(int... values) {
    ByteBuffer buffer = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    Arrays.stream(values).forEach(buffer::putInt);
    return buffer.array();
  }

  /** Items: the offset table, then fragments. */
  private static byte[] items(byte[] table, byte[]... fragments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(ITEM);
    out.writeBytes(ints(table.length));
    out.writeBytes(table);
    for (byte[] fragment : fragments) {
      out.writeBytes(ITEM);
      out.writeBytes(ints(fragment.length));
      out.writeBytes(fragment);
    }
    out.writeBytes(END);
    return out.toByteArray();
  }

  /** A file whose pixel data is written as it is given, of undefined length. */
  private static byte[] undefined(DicomBytes image, byte[] items) {
    byte[] file = image.put(0x7FE00010, "OB", items).file();
    int length = file.length - items.length - 4;
    System.arraycopy(ints(-1), 0, file, length, 4);
    return file;
  }

  private static byte[][] halves(byte[]... streams) {
    byte[][] halves = new byte[2 * streams.length][];
    for (int i = 0; i < streams.length; i++) {
      halves[2 * i] = Arrays.copyOf(streams[i], 40);
      halves[2 * i + 1] = Arrays.copyOfRange(streams[i], 40, streams[i].length);
    }
    return halves;
  }

  private void assertFrames(byte[] file, String name, int frames) throws IOException {
    DicomFile found = open(file);
    assertThat(found.summary().frames()).isEqualTo(frames);
    for (int i = 0; i < frames; i++) {
      assertThat(found.frame(i).samples()).isEqualTo(samples(name));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "jpeg-lossless-1, none",
    "jpeg-lossless-1, zero",
    "jpeg-lossless-1, lies",
    "jpeg-ls-16, lies",
    "jpeg-2000, short"
  })
  void markersTellWhereFramesBeginWhateverTheTableSays(String name, String table)
      throws IOException {
    byte[] one = stream(name);
    byte[] offsets =
        switch (table) {
          case "none" -> new byte[0];
          case "zero" -> ints(0, 0);
          case "lies" -> ints(0, 48);
          default -> ints(0);
        };
    DicomBytes image = image(fields(name)[1], name).text(0x00280008, "IS", "2");

    assertFrames(undefined(image, items(offsets, halves(one, one))), name, 2);
  }

  @Test
  void runLengthsInSeveralFragmentsNeedATable() throws IOException {
    byte[] one = stream("rle-16");
    byte[][] halves = halves(one, one);
    byte[] extended = new byte[16];
    ByteBuffer.wrap(extended).order(ByteOrder.LITTLE_ENDIAN).putLong(8, one.length + 16L);
    DicomBytes image = image("1.2.840.10008.1.2.5", "rle-16").text(0x00280008, "IS", "2");

    assertFrames(undefined(image, items(ints(0, one.length + 16), halves)), "rle-16", 2);
    assertThatThrownBy(() -> open(undefined(image, items(new byte[0], halves))).frame(1))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageContaining(
            "expected an offset table of 2 frames, found one of 0 and 4 fragments");
    assertFrames(
        undefined(image.put(0x7FE00001, "OB", extended), items(new byte[0], halves)), "rle-16", 2);
  }

  @Test
  void aTableThatPointsBetweenFragmentsIsRefused() throws IOException {
    byte[] one = stream("rle-16");
    DicomBytes image = image("1.2.840.10008.1.2.5", "rle-16").text(0x00280008, "IS", "2");

    assertThatThrownBy(() -> open(undefined(image, items(ints(0, 13), halves(one, one)))).frame(0))
        .hasMessageContaining("the offset table points to where no fragment begins");
  }

  @Test
  void framesThatTheHeaderDoesNotTellAreNotLeftOutSilently() throws IOException {
    String name = "jpeg-lossless-1";
    byte[] one = stream(name);

    assertThatThrownBy(
            () ->
                open(undefined(image(fields(name)[1], name), items(new byte[0], one, one, one)))
                    .frame(0))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageContaining("the header tells one frame, the pixel data has 3");
    assertThat(open(slice(1, 0, 5).words(new int[36]).file()).findings())
        .containsExactly(
            "the pixel data holds 2 frames more than the 1 that are told; they are left out");
    assertThat(open(slice(1, 0, 5).words(new int[13]).file()).findings()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {DicomBytes.EXPLICIT, DicomBytes.IMPLICIT})
  void fragmentsUnderAPlainSyntaxAreDecoded(String syntax) throws IOException {
    for (String name : new String[] {"jpeg-lossless-1", "jpeg-ls-16", "jpeg-2000", "rle-16"}) {
      // Of defined length, as archives write them that know but plain pixels.
      byte[] items = items(new byte[0], stream(name));

      assertFrames(image(syntax, name).put(0x7FE00010, "OB", items).file(), name, 1);
    }
    assertFrames(
        undefined(image(DicomBytes.EXPLICIT, "rle-16"), items(new byte[0], stream("rle-16"))),
        "rle-16",
        1);
  }

  @Test
  void aCodestreamMayStandWithoutFragments() throws IOException {
    String name = "jpeg-lossless-1";

    assertFrames(image(fields(name)[1], name).put(0x7FE00010, "OB", stream(name)).file(), name, 1);
  }

  @Test
  void aSequenceMayEndWithoutItsDelimiter() throws IOException {
    byte[] file =
        slice(1, 0, 42)
            .sequence(0x00081140, new DicomBytes(DicomBytes.EXPLICIT).text(0x00081150, "UI", "1.2"))
            .file();
    String text = new String(file, StandardCharsets.ISO_8859_1);
    int end = text.indexOf(new String(END, StandardCharsets.ISO_8859_1));
    byte[] cut = Arrays.copyOf(file, file.length - END.length);
    System.arraycopy(file, end + END.length, cut, end, file.length - end - END.length);

    assertThat(open(cut).volume().get(0, 0, 0)).isEqualTo(42);
  }

  /** A file with another transfer syntax in its meta information. */
  private static byte[] told(byte[] file, String real, String told) {
    String text = new String(file, StandardCharsets.ISO_8859_1);
    String before = (char) (real.length() + real.length() % 2) + "\0" + real;
    String even = told + "\0".repeat(told.length() % 2);
    String after = (char) even.length() + "\0" + even;
    return text.replace(before + "\0".repeat(real.length() % 2), after)
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  @ParameterizedTest
  @CsvSource({
    DicomBytes.BIG_ENDIAN + "," + DicomBytes.EXPLICIT,
    DicomBytes.EXPLICIT + "," + DicomBytes.BIG_ENDIAN,
    DicomBytes.EXPLICIT + "," + DicomBytes.DEFLATED,
    DicomBytes.IMPLICIT + "," + DicomBytes.EXPLICIT,
    DicomBytes.EXPLICIT + "," + DicomBytes.IMPLICIT
  })
  void theFirstElementTellsOrderAndTypes(String real, String told) throws IOException {
    byte[] file = DicomBytes.image(real, 2, 1, 16, false).words(300, 4).file();

    assertThat(open(told(file, real, told)).frame(0).samples()).containsExactly(300, 4);
  }

  @ParameterizedTest
  @CsvSource({
    "1.2.840.10008.1.2.4.100, film", "1.2.840.10008.1.2.4.110, JPEG XL",
    "1.2.840.10008.1.2.4.94, JPIP", "1.2.840.113619.5.2, GE"
  })
  void aSyntaxThatIsNotReadIsNamed(String uid, String name) {
    byte[] file = told(slice(1, 0, 1).file(), DicomBytes.EXPLICIT, uid);

    assertThatThrownBy(() -> open(file)).hasMessageContaining(uid).hasMessageContaining(name);
  }

  /** Lossy coding goes beyond the range beside edges; 1064 must not become 40. */
  @ParameterizedTest
  @ValueSource(strings = {"jpeg-extended-12", "jpeg-ls-near"})
  void lossySamplesBeyondTheBitsThatAreToldAreCut(String name) throws IOException {
    DicomBytes image = image(fields(name)[1], name).us(0x00280101, 12).us(0x00280102, 11);
    float[] whole = open(image.encapsulated(stream(name))).frame(0).samples();
    float[] expected = whole.clone();
    for (int i = 0; i < whole.length; i++) {
      expected[i] = Math.min(2047, whole[i]);
    }

    float[] cut =
        open(image.us(0x00280101, 11).us(0x00280102, 10).encapsulated(stream(name)))
            .frame(0)
            .samples();

    assertThat(whole).isNotEqualTo(expected);
    assertThat(cut).isEqualTo(expected);
  }

  private static DicomBytes palette(int bits, int... red) {
    DicomBytes image =
        DicomBytes.image(DicomBytes.EXPLICIT, 2, 1, 8, false)
            .text(0x00280004, "CS", "PALETTE COLOR")
            .put(0x7FE00010, "OB", new byte[] {1, 2});
    for (int c = 0; c < 3; c++) {
      image.us(0x00281101 + c, red.length, 0, bits).us(0x00281201 + c, red);
    }
    return image;
  }

  @Test
  void entriesOfPalettesAreTakenForTheBitsThatTheyHave() throws IOException {
    assertThat(open(palette(16, 0, 100, 255).file()).frame(0).nominalMaximum()).isEqualTo(255);
    assertThat(open(palette(16, 0, 100, 256).file()).frame(0).nominalMaximum()).isEqualTo(65535);
    assertThat(open(palette(8, 0, 100 << 8, 255 << 8).file()).frame(0).samples())
        .containsExactly(100, 255, 100, 255, 100, 255);
    assertThat(open(palette(8, 0, 100, 255).file()).frame(0).samples())
        .containsExactly(100, 255, 100, 255, 100, 255);
  }
}

package io.github.brainimaging.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.Modality;
import io.github.brainimaging.core.image.Spacing;
import io.github.brainimaging.core.transform.Transform;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DicomFileTest {

  private static final int[] SAMPLES = {0, 1, 1000, 0x7FFF, 0x8000, 0xFFFF};

  @TempDir private Path folder;

  /**
   * Lines that make_streams.py has made with gdcm, dcmtk and PIL, make_htj2k.py with imagecodecs.
   */
  static List<String> streams() throws IOException {
    List<String> lines = new ArrayList<>();
    for (String name : List.of("dicom/streams.txt", "dicom/htj2k.txt")) {
      try (InputStream in = DicomFileTest.class.getResourceAsStream(name)) {
        byte[] text = Objects.requireNonNull(in).readAllBytes();
        lines.addAll(new String(text, StandardCharsets.UTF_8).lines().toList());
      }
    }
    return lines;
  }

  /** A file of two equal frames, with what a line of streams.txt tells. */
  private static byte[] file(String[] fields, int frames) {
    DicomBytes bytes =
        DicomBytes.image(
            fields[1],
            Integer.parseInt(fields[2]),
            Integer.parseInt(fields[3]),
            Integer.parseInt(fields[5]),
            fields[7].equals("1"));
    bytes
        .us(0x00280002, Integer.parseInt(fields[4]))
        .text(0x00280004, "CS", fields[8])
        .text(0x00280008, "IS", "" + frames)
        .us(0x00280101, Integer.parseInt(fields[6]))
        .us(0x00280102, Integer.parseInt(fields[6]) - 1);
    byte[] stream = Base64.getDecoder().decode(fields[10]);
    byte[][] copies = new byte[frames][];
    Arrays.fill(copies, stream);
    return bytes.encapsulated(copies);
  }

  @ParameterizedTest
  @MethodSource("streams")
  void decodesWhatOtherProgramsEncode(String line) throws IOException {
    String[] fields = line.split("\\|", -1);
    String[] values = fields[11].split(" ", -1);
    double allowed = Double.parseDouble(fields[9]);

    DicomFile found = open(file(fields, 2));

    assertThat(found.summary().frames()).isEqualTo(2);
    for (int frame = 0; frame < 2; frame++) {
      float[] samples = found.frame(frame).samples();
      assertThat(samples).hasSize(values.length);
      for (int i = 0; i < samples.length; i++) {
        assertThat(Math.abs(samples[i] - Float.parseFloat(values[i])))
            .as("sample %d: %s instead of %s", i, samples[i], values[i])
            .isLessThanOrEqualTo((float) allowed);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("streams")
  void refusesStreamsThatAreCutOff(String line) throws IOException {
    String[] fields = line.split("\\|", -1);
    byte[] stream = Base64.getDecoder().decode(fields[10]);
    for (int length : new int[] {20, 60, stream.length / 2}) {
      byte[] cut = Arrays.copyOf(stream, length);
      fields[10] = Base64.getEncoder().encodeToString(cut);
      DicomFile found = open(file(fields, 1));

      assertThatThrownBy(() -> found.frame(0)).isInstanceOf(ImageFormatException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        DicomBytes.IMPLICIT,
        DicomBytes.EXPLICIT,
        DicomBytes.DEFLATED,
        DicomBytes.BIG_ENDIAN
      })
  void readsEverySyntaxWithAndWithoutSign(String syntax) throws IOException {
    DicomBytes unsigned = DicomBytes.image(syntax, 3, 2, 16, false).words(SAMPLES);
    DicomBytes signed = DicomBytes.image(syntax, 3, 2, 16, true).words(SAMPLES);

    assertThat(open(unsigned.file()).frame(0).samples())
        .containsExactly(0, 1, 1000, 0x7FFF, 0x8000, 0xFFFF);
    assertThat(open(signed.file()).frame(0).samples())
        .containsExactly(0, 1, 1000, 0x7FFF, -0x8000, -1);
    assertThat(open(unsigned.file()).frame(0).nominalMaximum()).isEqualTo(65535);
    assertThat(open(signed.file()).frame(0).nominalMaximum()).isNaN();
  }

  @ParameterizedTest
  @ValueSource(strings = {DicomBytes.IMPLICIT, DicomBytes.EXPLICIT, DicomBytes.BIG_ENDIAN})
  void readsBareDataSets(String syntax) throws IOException {
    DicomBytes bytes = DicomBytes.image(syntax, 3, 2, 16, false).words(SAMPLES);
    Path path = Files.write(folder.resolve("bare"), bytes.bare());

    assertThat(DicomFile.recognizes(path)).isTrue();
    assertThat(MedicalImageReader.withDefaults().read(path)).isEqualTo(open(bytes.file()).frame(0));
  }

  @Test
  void appliesSlopeSpacingAndModality() throws IOException {
    MedicalImage image =
        open(DicomBytes.image(DicomBytes.EXPLICIT, 3, 2, 16, false)
                .text(0x00080060, "CS", "CT")
                .text(0x00280030, "DS", "0.75\\0.5")
                .text(0x00281052, "DS", "-1024")
                .text(0x00281053, "DS", "0.5")
                .words(SAMPLES)
                .file())
            .frame(0);

    assertThat(image.samples()).containsExactly(-1024, -1023.5f, -524, 15359.5f, 15360, 31743.5f);
    assertThat(image.spacing()).isEqualTo(new Spacing(0.5, 0.75));
    assertThat(image.modality()).isEqualTo(Modality.CT);
    assertThat(image.nominalMaximum()).isNaN();
  }

  @ParameterizedTest
  @CsvSource({"CT, CT", "RTDOSE, RTDOSE", "ZQ, ''", "DOE_JANE, ''"})
  void tellsAModalityOnlyIfItIsACodeOfTheStandard(String written, String told) throws IOException {
    DicomBytes bytes =
        DicomBytes.image(DicomBytes.EXPLICIT, 3, 2, 16, false)
            .text(0x00080060, "CS", written)
            .words(SAMPLES);

    assertThat(open(bytes.file()).summary().modality()).isEqualTo(told);
  }

  @Test
  void dropsBitsThatDoNotBelongToTheSample() throws IOException {
    DicomBytes bytes =
        DicomBytes.image(DicomBytes.EXPLICIT, 2, 1, 16, true)
            .us(0x00280101, 12)
            .us(0x00280102, 13)
            .words(0xC004 | 0x3FF8, 0x4008);

    assertThat(open(bytes.file()).frame(0).samples()).containsExactly(-1, 2);
  }

  @Test
  void readsBitsFloatsAndWords() throws IOException {
    DicomBytes bits = DicomBytes.image(DicomBytes.EXPLICIT, 5, 2, 1, false);
    bits.put(0x7FE00010, "OB", new byte[] {0b01010011, 0b10});
    DicomBytes words = DicomBytes.image(DicomBytes.EXPLICIT, 1, 1, 32, false);
    words.put(0x7FE00010, "OW", new byte[] {0, 0, 0, (byte) 0x80});
    DicomBytes floats = DicomBytes.image(DicomBytes.EXPLICIT, 2, 1, 32, false);
    ByteBuffer value = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    floats.put(0x7FE00008, "OF", value.putFloat(1.5f).putFloat(-2).array());

    assertThat(open(bits.file()).frame(0).samples()).containsExactly(1, 1, 0, 0, 1, 0, 1, 0, 0, 1);
    assertThat(open(words.file()).frame(0).samples()).containsExactly(0x1p31f);
    assertThat(open(floats.file()).frame(0).samples()).containsExactly(1.5f, -2);
  }

  @Test
  void readsColorsByPixelAndByPlane() throws IOException {
    DicomBytes byPixel =
        DicomBytes.image(DicomBytes.EXPLICIT, 2, 1, 8, false)
            .us(0x00280002, 3)
            .text(0x00280004, "CS", "RGB")
            .put(0x7FE00010, "OB", new byte[] {1, 2, 3, 4, 5, 6});
    byte[] pixels = byPixel.us(0x00280006, 0).file();
    byte[] planes = byPixel.us(0x00280006, 1).file();

    assertThat(open(pixels).frame(0).samples()).containsExactly(1, 4, 2, 5, 3, 6);
    assertThat(open(planes).frame(0).samples()).containsExactly(1, 2, 3, 4, 5, 6);
  }

  @Test
  void looksUpPalettesPlainAndSegmented() throws IOException {
    DicomBytes palette =
        DicomBytes.image(DicomBytes.EXPLICIT, 4, 1, 8, false)
            .text(0x00280004, "CS", "PALETTE COLOR")
            .put(0x7FE00010, "OB", new byte[] {0, 1, 3, 9});
    for (int c = 0; c < 3; c++) {
      palette.us(0x00281101 + c, 4, 0, 16);
    }
    palette.us(0x00281201, 10, 20, 30, 40).us(0x00281202, 1, 2, 3, 4);
    // One discrete entry of 100, then a line of three entries up to 400.
    palette.us(0x00281223, 0, 1, 100, 1, 3, 400);

    assertThat(open(palette.file()).frame(0).samples())
        .containsExactly(10, 20, 40, 40, 1, 2, 4, 4, 100, 200, 400, 400);
  }

  @Test
  void putsFramesInOrderOfTheirPlace() throws IOException {
    DicomBytes bytes =
        DicomBytes.image(DicomBytes.EXPLICIT, 1, 1, 16, false)
            .text(0x00280008, "IS", "3")
            .words(10, 20, 30);
    DicomBytes shared =
        new DicomBytes(DicomBytes.EXPLICIT)
            .sequence(
                0x00209116,
                new DicomBytes(DicomBytes.EXPLICIT).text(0x00200037, "DS", "1\\0\\0\\0\\1\\0"))
            .sequence(
                0x00289110, new DicomBytes(DicomBytes.EXPLICIT).text(0x00280030, "DS", "2\\3"));
    bytes.sequence(0x52009229, shared);
    DicomBytes[] own = new DicomBytes[3];
    for (int i = 0; i < 3; i++) {
      own[i] =
          new DicomBytes(DicomBytes.EXPLICIT)
              .sequence(
                  0x00209113,
                  new DicomBytes(DicomBytes.EXPLICIT)
                      .text(0x00200032, "DS", "5\\6\\" + new int[] {9, 1, 5}[i]))
              .sequence(
                  0x00289145,
                  new DicomBytes(DicomBytes.EXPLICIT)
                      .text(0x00281052, "DS", "" + i)
                      .text(0x00281053, "DS", "1"));
    }
    bytes.sequence(0x52009230, own);

    MedicalVolume volume = MedicalVolumeReader.withDefaults().read(write(bytes.file()));

    assertThat(volume.samples()).containsExactly(21, 32, 10);
    assertThat(volume.affine().orElseThrow().toArray())
        .containsExactly(-3, 0, 0, -5, 0, -2, 0, -6, 0, 0, 4, 1);
    assertThatThrownBy(() -> MedicalImageReader.withDefaults().read(write(bytes.file())))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageContaining("expected one frame, found 3");
  }

  @Test
  void tellsHowToShowTheImage() throws IOException {
    DicomBytes bytes =
        DicomBytes.image(DicomBytes.EXPLICIT, 3, 1, 16, false)
            .text(0x00280004, "CS", "MONOCHROME1")
            .text(0x00281050, "DS", "100\\50")
            .text(0x00281051, "DS", "21\\10")
            .sequence(
                0x00283010,
                new DicomBytes(DicomBytes.EXPLICIT).us(0x00283002, 2, 99, 8).us(0x00283006, 0, 255))
            .words(89, 100, 111);
    DicomFile file = open(bytes.file());

    List<Transform> displays = file.displays(0);

    assertThat(displays).hasSize(3);
    assertThat(displays.get(0).apply(file.frame(0)).samples())
        .containsExactly(new float[] {1, 0.475f, 0}, Offset.offset(1e-6f));
    assertThat(displays.get(2).apply(file.frame(0)).samples()).containsExactly(1, 0, 0);
    assertThat(displays.get(0).toString()).contains("center=65436.0, width=21.0");
  }

  @Test
  void neverTellsWhoThePatientIs() throws IOException {
    DicomBytes bytes =
        DicomBytes.image(DicomBytes.EXPLICIT, 3, 2, 16, false)
            .text(0x00080060, "CS", "DOE^JANE")
            .sequence(
                0x00081140, new DicomBytes(DicomBytes.EXPLICIT).text(0x00100010, "PN", "DOE^JANE"))
            .words(SAMPLES);
    List<String> told = new ArrayList<>();
    byte[] whole = bytes.file();
    DicomFile good = open(whole);
    told.add(good + " " + good.summary() + good.frame(0) + good.volume() + good.displays(0));
    told.add(DicomFolder.scan(folder).toString());
    List<byte[]> bad = new ArrayList<>();
    for (int tag : new int[] {0x00280004, 0x00280008, 0x00280030, 0x00281053, 0x00200032}) {
      bad.add(
          DicomBytes.image(DicomBytes.EXPLICIT, 3, 2, 16, false)
              .text(tag, "LO", "DOE^JANE")
              .words(SAMPLES)
              .file());
    }
    bad.add(DicomBytes.image("DOE^JANE", 3, 2, 16, false).words(SAMPLES).file());
    for (int length = 0; length < whole.length; length += 7) {
      bad.add(Arrays.copyOf(whole, length));
    }
    for (byte[] file : bad) {
      try {
        told.add(open(file).volume().toString());
      } catch (IOException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
          told.add(cause.toString());
        }
      }
    }

    assertThat(told).hasSizeGreaterThan(60);
    for (String secret : DicomBytes.SECRETS) {
      assertThat(told).noneMatch(text -> text.contains(secret));
    }
  }

  @Test
  void refusesDeepSequencesAndLyingLengths() throws IOException {
    DicomBytes deep = new DicomBytes(DicomBytes.EXPLICIT);
    for (int i = 0; i < 40; i++) {
      deep = new DicomBytes(DicomBytes.EXPLICIT).sequence(0x00091001, deep);
    }
    byte[] lying = DicomBytes.image(DicomBytes.EXPLICIT, 60000, 60000, 16, false).words(1).file();
    byte[] short16 = DicomBytes.image(DicomBytes.EXPLICIT, 3, 2, 16, false).words(1, 2, 3).file();

    byte[] nested = deep.file();
    assertThatThrownBy(() -> open(nested)).hasMessageContaining("deep");
    assertThatThrownBy(() -> open(lying).frame(0)).hasMessageContaining("60000 x 60000");
    assertThatThrownBy(() -> open(short16).frame(0))
        .hasMessageContaining("expected 12 bytes, found 6");
  }

  @Test
  void saysThatAReportIsNoImage() {
    byte[] report = new DicomBytes(DicomBytes.EXPLICIT).text(0x00080060, "CS", "SR").file();

    assertThatThrownBy(() -> open(report))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageContaining("not an image");
  }

  private DicomFile open(byte[] content) throws IOException {
    return DicomFile.open(write(content));
  }

  private Path write(byte[] content) throws IOException {
    return Files.write(folder.resolve("image.dcm"), content);
  }
}

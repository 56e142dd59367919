package io.github.brainimaging.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.Spacing;
import io.github.brainimaging.core.image.VoxelSpacing;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** NRRD, MetaImage, MGH and Analyze files against the programs that made them. */
class VolumeFormatsTest {

  private static final MedicalVolumeReader READER = MedicalVolumeReader.withDefaults();
  private static final String NRRD =
      "NRRD0004\ntype: uint8\ndimension: 3\nsizes: 2 2 2\nencoding: raw\n";
  private static final String META =
      "ObjectType = Image\nNDims = 3\nDimSize = 2 2 2\nElementType = MET_UCHAR\n";

  @TempDir private Path folder;

  /** With -Dvolumes=FOLDER also the files that make_many.py has written there. */
  static Stream<String> expected() throws IOException {
    List<String> lines = new ArrayList<>(Files.readAllLines(file("expected.txt")));
    String more = System.getProperty("volumes");
    if (more != null) {
      lines.addAll(Files.readAllLines(Path.of(more, "expected.txt")));
    }
    return lines.stream();
  }

  @ParameterizedTest
  @MethodSource("expected")
  void samplesAndPlaceAreThoseOfTheProgramThatWroteTheFile(String line) throws IOException {
    String[] fields = line.split("\\|", -1);
    List<MedicalVolume> volumes = READER.readSeries(file(fields[0])).volumes();

    MedicalVolume first = volumes.get(0);
    assertThat(volumes).hasSize(Integer.parseInt(fields[2]));
    assertThat(first.width() + " " + first.height() + " " + first.depth()).isEqualTo(fields[3]);
    assertThat(first.channels()).isEqualTo(Integer.parseInt(fields[4]));
    assertThat(volumes.stream().flatMapToDouble(VolumeFormatsTest::samples).toArray())
        .containsExactly(numbers(fields[6]));
    if (fields[5].equals("none")) {
      assertThat(first.affine()).isEmpty();
      assertThat(first.warnings())
          .containsExactly("the file does not tell how the patient lies in it");
    } else {
      assertThat(first.affine().orElseThrow().toArray())
          .containsExactly(numbers(fields[5]), within(1e-5));
    }
  }

  private static DoubleStream samples(MedicalVolume volume) {
    float[] samples = volume.samples();
    return IntStream.range(0, samples.length).mapToDouble(i -> samples[i]);
  }

  private static double[] numbers(String text) {
    return Arrays.stream(text.split(" ", -1)).mapToDouble(Double::parseDouble).toArray();
  }

  private static Path file(String name) {
    return ReferenceImages.file("volumes").resolve(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"oblique.nrrd", "oblique-zlib.mha", "float.mgz", "detached.nhdr"})
  void aVolumeIsRecognizedByItsContentAndIsNoSingleImage(String name) throws IOException {
    Path copy = Files.copy(file(name), folder.resolve("no-ending"));

    assertThat(MedicalVolumeReader.recognizes(copy)).isTrue();
    assertThat(MedicalImageReader.recognizes(copy)).isFalse();
    assertThatThrownBy(() -> MedicalImageReader.withDefaults().read(copy))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageContaining("it holds a volume, not a single slice");
  }

  @ParameterizedTest
  @ValueSource(strings = {"oblique-gzip.nrrd", "oblique-zlib.mha", "frames.mgz", "color.nrrd"})
  void aStreamAndBytesGiveWhatTheFileGives(String name) throws IOException {
    byte[] bytes = Files.readAllBytes(file(name));

    assertThat(READER.readSeries(bytes, name)).isEqualTo(READER.readSeries(file(name)));
    assertThat(READER.readSeries(new ByteArrayInputStream(bytes), name))
        .isEqualTo(READER.readSeries(file(name)));
  }

  @Test
  void aSingleSliceIsAnImageToo() throws IOException {
    String nrrd =
        """
        NRRD0004
        type: uint16
        dimension: 2
        sizes: 2 2
        encoding: txt
        spacings: 0.5 0.25

        1 2, 3
        65535
        """;
    MedicalImage image = MedicalImageReader.withDefaults().read(bytes(nrrd), "a.nrrd");

    assertThat(image.samples()).containsExactly(1, 2, 3, 65535);
    assertThat(image.spacing()).isEqualTo(new Spacing(0.5, 0.25));
    assertThat(image.nominalMaximum()).isNaN();
  }

  @Test
  void headersOfManyLinesAndSkipsAreRead() throws IOException {
    String header = NRRD + "key:=value:\n#\n".repeat(3000) + "line skip: 1\nbyte skip: 2\n\n";

    assertThat(READER.read(bytes(header + "a line\nxx12345678"), "a.nrrd").samples())
        .containsExactly('1', '2', '3', '4', '5', '6', '7', '8');
  }

  @Test
  void voxelsAtTheEndOfAnotherFileAreFound() throws IOException {
    Files.createDirectory(folder.resolve("data"));
    Files.writeString(folder.resolve("data/voxels.raw"), "a header of unknown length12345678");
    Path nrrd =
        Files.writeString(
            folder.resolve("a.nhdr"), NRRD + "byte skip: -1\ndata file: data/voxels.raw\n");
    Path meta =
        Files.writeString(
            folder.resolve("a.mhd"), META + "HeaderSize = -1\nElementDataFile = data/voxels.raw\n");

    assertThat(READER.read(nrrd).samples()).startsWith('1', '2').endsWith('8');
    assertThat(READER.read(meta).samples()).isEqualTo(READER.read(nrrd).samples());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/etc/hostname", "../secret.raw", "a/../../secret.raw", " ", "\0"})
  void voxelsOutsideOfTheHeadersFolderAreRefused(String name) throws IOException {
    Path inner = Files.createDirectory(folder.resolve("inner"));
    Files.writeString(folder.resolve("secret.raw"), "12345678");
    Path nrrd = Files.writeString(inner.resolve("a.nhdr"), NRRD + "data file: x" + name + "\n");
    Files.writeString(nrrd, (NRRD + "data file: x\n").replace(": x", ":" + name));
    Path meta = Files.writeString(inner.resolve("a.mhd"), META + "ElementDataFile = " + name);

    for (Path file : List.of(nrrd, meta)) {
      assertThatThrownBy(() -> READER.read(file))
          .isInstanceOf(ImageFormatException.class)
          .hasMessageContaining(file.toString());
    }
  }

  @Test
  void aMissingDataFileIsNamed() throws IOException {
    Path meta = Files.writeString(folder.resolve("a.mhd"), META + "ElementDataFile = gone.raw");

    assertThatThrownBy(() -> READER.read(meta))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("gone.raw")
        .hasMessageContaining("a.mhd");
  }

  @Test
  void aFolderInThePlaceOfTheDataIsRefused() throws IOException {
    Files.createDirectory(folder.resolve("data"));
    Path meta = Files.writeString(folder.resolve("a.mhd"), META + "ElementDataFile = data");

    assertThatThrownBy(() -> READER.read(meta)).hasMessageContaining("expected a file");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          sizes: 2 2 2|sizes: -2 2 2|field sizes: expected a whole number from 1 to 2^31 - 1, found -2
          sizes: 2 2 2|sizes: 2000000000 2000000000 2|fewer than 2^31 voxels
          sizes: 2 2 2|sizes: 200 100 100|the file is cut off
          sizes: 2 2 2|sizes: nan 2 2|field sizes
          sizes: 2 2 2|sizes: 2 2|field sizes: expected 3 numbers
          dimension: 3|dimension: 999999999|field sizes
          type: uint8|type: block|field type
          type: uint8|type: int16|expected a field endian
          encoding: raw|encoding: bzip2|field encoding: expected raw, gzip or text, found bzip2
          encoding: raw|encoding: gzip|Not in GZIP format
          encoding: raw|encoding: raw\\nnonsense|of a header line
          encoding: raw|encoding: raw\\nspace directions: (1,0,0) (0,1,0)|field space directions
          encoding: raw|encoding: raw\\nspace directions: (1,0,0|field space directions
          encoding: raw|encoding: raw\\nbyte skip: 1e99|field byte skip
          encoding: raw|encoding: raw\\ndata file: LIST|the name of one file
          """)
  void aHeaderThatLiesIsRefusedWithTheField(String plain, String lie, String reason) {
    String header = NRRD.replace(plain, lie.replace("\\n", "\n")) + "\n12345678";

    assertThatThrownBy(() -> READER.read(bytes(header), "a.nrrd"))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageContaining("a.nrrd: cannot read this NRRD file")
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          NDims = 3|NDims = 0|field NDims
          NDims = 3|NDims = 2000000|field NDims
          DimSize = 2 2 2|DimSize = 2 -2 2|field DimSize
          DimSize = 2 2 2|DimSize = 2147483647 2147483647 2147483647|fewer than 2^31 voxels
          DimSize = 2 2 2|DimSize = 2 2 2\\nElementNumberOfChannels = 2147483647|field DimSize
          DimSize = 2 2 2|DimSize = 2 2 2\\nOffset = 1 2|field Offset: expected 3 numbers
          DimSize = 2 2 2|DimSize = 2 2 2\\nCompressedData = True|incorrect header check
          ElementType = MET_UCHAR|ElementType = MET_OTHER|field ElementType
          """)
  void aMetaImageThatLiesIsRefusedWithTheField(String plain, String lie, String reason) {
    String header =
        META.replace(plain, lie.replace("\\n", "\n")) + "ElementDataFile = LOCAL\n12345678";

    assertThatThrownBy(() -> READER.read(bytes(header), "a.mha"))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageContaining("a.mha: cannot read this MetaImage file")
        .hasMessageContaining(reason);
  }

  @Test
  void directionsThatSpanNoSpaceLeaveThePlaceUnknown() throws IOException {
    for (String lie : List.of("(nan,0,0) (0,1,0) (0,0,1)", "(1,0,0) (1,0,0) (0,0,1)")) {
      String header = NRRD + "space: LPS\nspace directions: " + lie + "\n\n12345678";
      MedicalVolume volume = READER.read(bytes(header), "a.nrrd");

      assertThat(volume.affine()).isEmpty();
      assertThat(volume.warnings()).contains("the file does not tell how the patient lies in it");
    }
  }

  @Test
  void unitsBecomeMillimeters() throws IOException {
    String header = NRRD + "spacings: 0.1 0.2 0.3\nunits: \"cm\" \"cm\" \"cm\"\n\n12345678";

    assertThat(READER.read(bytes(header), "a.nrrd").spacing()).isEqualTo(new VoxelSpacing(1, 2, 3));
  }

  @Test
  void whatASpaceLeavesOpenIsTold() throws IOException {
    String directions = "space directions: (1,0,0) (0,1,0) (0,0,1)\nspace origin: (1,2,3)\n";
    MedicalVolume scanner =
        READER.read(bytes(NRRD + "space: scanner-xyz\n" + directions + "\n12345678"), "a.nrrd");
    MedicalVolume left =
        READER.read(bytes(NRRD + "space: LPS\n" + directions + "\n12345678"), "a.nrrd");

    assertThat(scanner.affine()).isEqualTo(left.affine());
    assertThat(scanner.warnings()).singleElement().asString().contains("scanner");
    assertThat(left.warnings()).isEmpty();
  }

  @Test
  void analyzeSaysThatItDoesNotTellLeftFromRight() throws IOException {
    assertThat(READER.read(file("spm.hdr")).warnings())
        .singleElement()
        .asString()
        .contains("does not tell left from right");
  }

  @Test
  void aBombOfZerosGrowsNoFurtherThanTheHeaderSays() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(new byte[50 << 20]);
    }
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(bytes(NRRD.replace("raw", "gzip") + "\n"));
    file.writeBytes(packed.toByteArray());

    assertThat(READER.read(file.toByteArray(), "a.nrrd").samples()).containsOnly(0).hasSize(8);
  }

  @Test
  void millionsOfVolumesOfOneVoxelAreRefused() throws IOException {
    int many = 2_000_000;
    byte[] header = new byte[284];
    ByteBuffer.wrap(header).putInt(1).putInt(1).putInt(1).putInt(1).putInt(many);
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(header);
      gzip.write(new byte[many]);
    }

    assertThatThrownBy(() -> READER.readSeries(packed.toByteArray(), "a.mgz"))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageEndingWith("expected at most 1048576 volumes, found 2000000");
  }

  @Test
  void byteOrderOfAnalyzeIsFoundByItsLength() throws IOException {
    byte[] header = new byte[348];
    ByteBuffer fields = ByteBuffer.wrap(header).order(ByteOrder.BIG_ENDIAN).putInt(0, 348);
    fields.putShort(40, (short) 3).putShort(42, (short) 1).putShort(44, (short) 1);
    fields.putShort(46, (short) 2).putShort(70, (short) 4);
    Path path = Files.write(folder.resolve("a.hdr"), header);
    Files.write(folder.resolve("a.img"), new byte[] {1, 0, 0, 1});

    assertThat(READER.read(path).samples()).containsExactly(256, 1);
    assertThat(READER.read(path).spacing()).isEqualTo(VoxelSpacing.UNKNOWN);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}

package io.github.brainimaging.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VolumeSeries;
import io.github.brainimaging.core.image.VoxelSpacing;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("data")
class NiftiFileTest {

  private static final Path DATA =
      Path.of(System.getProperty("brain.data", "../../shared/data"), "formats", "nifti");

  static List<String> realFiles() throws IOException {
    return Files.readAllLines(ReferenceImages.file("nifti_reference.txt"));
  }

  @ParameterizedTest
  @MethodSource("realFiles")
  void readsRealFilesAsNibabelDoes(String reference) throws IOException {
    List<String> expected = List.of(reference.split(" ", -1));
    Path path = DATA.resolve(expected.get(0));
    assumeTrue(Files.exists(path), () -> "no such file: " + path);

    NiftiFile file = NiftiFile.open(path);

    VolumeGrid grid = file.grid();
    assertThat(List.of(file.version(), grid.width(), grid.height(), grid.depth(), file.volumes()))
        .isEqualTo(expected.subList(1, 6).stream().map(Integer::valueOf).toList());
    assertThat((Double) file.intervalSeconds()).isEqualTo(Double.valueOf(expected.get(6)));
    assertThat(file.type()).hasToString(expected.get(7));
    assertThat(grid.requireAffine().orientation()).hasToString(expected.get(8));
    assertThat(grid.requireAffine().toArray()).containsExactly(numbers(expected.subList(9, 21)));
    if (!expected.get(21).equals("-")) {
      assertThat(checksum(file.readAll().volumes())).isEqualTo(expected.get(21));
    }
  }

  static List<String> smallFiles() throws IOException {
    return Files.readAllLines(ReferenceImages.file("nifti/expected.txt"));
  }

  @ParameterizedTest
  @MethodSource("smallFiles")
  void readsFilesOfEveryKindAsNibabelDoes(String reference) throws IOException {
    List<String> expected = List.of(reference.split(" ", -1));
    NiftiFile file = NiftiFile.open(ReferenceImages.file("nifti/" + expected.get(0)));
    int first = 2;
    if (!expected.get(1).equals("unknown")) {
      first = 14;
      assertThat(file.grid().requireAffine().orientation()).hasToString(expected.get(1));
      assertThat(file.grid().requireAffine().toArray())
          .containsExactly(numbers(expected.subList(2, 14)), within(1e-6));
    } else {
      assertThat(file.grid().affine()).isEmpty();
      assertThat(file.grid().spacing()).isEqualTo(new VoxelSpacing(1.5, 2.5, 3.5));
    }
    double[] samples =
        file.readAll().volumes().stream()
            .flatMapToDouble(
                v -> IntStream.range(0, v.samples().length).mapToDouble(i -> v.samples()[i]))
            .toArray();
    assertThat(samples).containsExactly(numbers(expected.subList(first, expected.size())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"series.nii", "series.nii.gz", "rgb24.nii", "pair-2.hdr", "scaled.nii"})
  void readsOneSliceOrVolumeOfMany(String name) throws IOException {
    NiftiFile file = NiftiFile.open(ReferenceImages.file("nifti/" + name));
    VolumeSeries all = file.readAll();
    for (int t = 0; t < file.volumes(); t++) {
      MedicalVolume volume = all.volumes().get(t);
      assertThat(file.volume(t)).isEqualTo(volume);
      for (int z = 0; z < volume.depth(); z++) {
        assertThat(file.slice(z, t)).isEqualTo(volume.slice(z));
      }
    }
  }

  @Test
  void tellsTheIntervalInSeconds() throws IOException {
    Path file = ReferenceImages.file("nifti/series.nii");

    assertThat(NiftiFile.open(file).intervalSeconds()).isEqualTo(1.5);
    assertThatThrownBy(() -> MedicalVolumeReader.withDefaults().read(file))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageContaining("expected one volume, found 3");
    assertThat(MedicalVolumeReader.withDefaults().readSeries(file).volumes()).hasSize(3);
  }

  @Test
  void takesTheQformWhereTheSformCannotBeInverted(@TempDir Path folder) throws IOException {
    byte[] file = bytes("both.nii");
    Arrays.fill(file, 280, 328, (byte) 0);

    NiftiFile damaged = NiftiFile.open(Files.write(folder.resolve("a"), file));

    assertThat(damaged.grid().spacing().z()).isCloseTo(3, within(1e-6));
  }

  /** Stored without compression, so that a flipped bit leaves a stream that can be inflated. */
  @Test
  void aCompressedFileWhoseChecksumIsWrongIsRefused() throws IOException {
    byte[] file = bytes("int16-1le.nii");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream gzip =
        new GZIPOutputStream(out) {
          {
            def.setLevel(Deflater.NO_COMPRESSION);
          }
        }) {
      gzip.write(file);
    }
    byte[] good = out.toByteArray();
    byte[] rotten = good.clone();
    rotten[good.length - 12] ^= 4;
    byte[] wrongSum = good.clone();
    wrongSum[good.length - 8] ^= 1;
    MedicalVolumeReader reader = MedicalVolumeReader.withDefaults();

    assertThat(reader.read(good, "good")).isEqualTo(reader.read(file, "plain"));
    for (byte[] damaged : List.of(rotten, wrongSum)) {
      assertThatThrownBy(() -> reader.read(damaged, "damaged"))
          .isInstanceOf(ImageFormatException.class)
          .hasMessageStartingWith("damaged: cannot read this NIfTI file")
          .hasMessageContaining("the checksum at the end of the gzip data is not that");
    }
    for (int cut : List.of(1, 8, 20)) {
      assertThatThrownBy(() -> reader.read(Arrays.copyOf(good, good.length - cut), "short"))
          .isInstanceOf(ImageFormatException.class)
          .hasMessageContaining("the file is cut off: expected");
    }
  }

  @Test
  void warnsOfAnUnknownPlaceAndOfLengthsThatContradictEachOther() throws IOException {
    byte[] file = bytes("int16-1le.nii");
    MedicalVolumeReader reader = MedicalVolumeReader.withDefaults();
    double spacing = reader.read(file, "x").spacing().x();

    assertThat(reader.read(file, "x").warnings()).isEmpty();
    assertThat(reader.read(bytes("neither.nii"), "x").warnings())
        .containsExactly("the file does not tell how the patient lies in it");
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putFloat(80, (float) (4 * spacing));
    assertThat(reader.read(file, "x").warnings())
        .singleElement()
        .asString()
        .startsWith("axis 1 has voxels of")
        .endsWith("by pixdim");
  }

  /** Field, offset, type and value to write, and what the message must say. */
  @ParameterizedTest
  @CsvSource({
    "0, int, 300, field sizeof_hdr at offset 0",
    "40, short, 0, 'field dim[0] at offset 40: expected 1 to 7, found 0'",
    "40, short, 8, 'field dim[0] at offset 40: expected 1 to 7, found 8'",
    "44, short, -5, 'field dim[2] at offset 44'",
    "46, short, 32767, 'the file is cut off: expected voxels up to byte'",
    "70, short, 32, 'field datatype at offset 70: expected whole numbers or floats'",
    "70, short, 2304, found 2304 (RGBA)",
    "108, float, 351, 'field vox_offset at offset 108: expected a whole number of at least 352'",
    "108, float, NaN, field vox_offset",
    "116, float, NaN, field scl_inter at offset 116"
  })
  void saysWhichFieldIsWrong(
      int offset, String type, String value, String message, @TempDir Path folder)
      throws IOException {
    byte[] file = bytes("int16-1le.nii");
    ByteBuffer buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    switch (type) {
      case "short" -> buffer.putShort(offset, Short.parseShort(value));
      case "int" -> buffer.putInt(offset, Integer.parseInt(value));
      default -> buffer.putFloat(offset, Float.parseFloat(value));
    }
    Path damaged = Files.write(folder.resolve("damaged.nii"), file);

    assertThatThrownBy(() -> MedicalVolumeReader.withDefaults().read(damaged))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageContaining("damaged.nii")
        .hasMessageContaining(message);
  }

  @Test
  void namesTheMissingHalfOfAPair(@TempDir Path folder) throws IOException {
    Path header = Files.write(folder.resolve("a.hdr"), bytes("pair.hdr"));

    assertThat(NiftiFile.open(header).grid().width()).isEqualTo(3);
    assertThatThrownBy(() -> MedicalVolumeReader.withDefaults().read(header))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("a.img");
  }

  @Test
  void aSizeThatACompressedFileCannotHoldIsRefusedAtOnce(@TempDir Path folder) throws IOException {
    byte[] file = bytes("int16-1le.nii");
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putShort(42, (short) 30000);
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putShort(44, (short) 30000);
    Path lying = folder.resolve("a.nii.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(lying))) {
      out.write(file);
    }

    assertThatThrownBy(() -> MedicalVolumeReader.withDefaults().read(lying))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageMatching("(?s).*(cut off|more than half of the heap).*");
  }

  @Test
  void otherFilesAreNoNifti(@TempDir Path folder) throws IOException {
    Path text = Files.writeString(folder.resolve("a.nii"), "no image");

    assertThat(NiftiFile.recognizes(text)).isFalse();
    assertThat(NiftiFile.recognizes(folder)).isFalse();
    assertThat(NiftiFile.recognizes(ReferenceImages.file("nifti/float32-2le.nii.gz"))).isTrue();
    assertThatThrownBy(() -> NiftiFile.open(text))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageContaining("expected a NIfTI file");
    assertThatThrownBy(() -> NiftiFile.open(folder)).hasMessageContaining("found a folder");
  }

  private static byte[] bytes(String name) throws IOException {
    return Files.readAllBytes(ReferenceImages.file("nifti/" + name));
  }

  private static double[] numbers(List<String> words) {
    return words.stream().mapToDouble(Double::parseDouble).toArray();
  }

  private static String checksum(List<MedicalVolume> volumes) {
    CRC32 crc = new CRC32();
    for (MedicalVolume volume : volumes) {
      float[] samples = volume.samples();
      ByteBuffer bytes = ByteBuffer.allocate(4 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
      bytes.asFloatBuffer().put(samples);
      crc.update(bytes);
    }
    return String.format("%08x", crc.getValue());
  }
}

package io.github.brainimaging.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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
    assertThat(grid.requireAffine().toArray())
        .containsExactly(
            expected.subList(9, 21).stream().mapToDouble(Double::parseDouble).toArray());
    if (!expected.get(21).equals("-")) {
      assertThat(checksum(file.series().volumes())).isEqualTo(expected.get(21));
    }
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

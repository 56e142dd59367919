package io.github.brainimaging.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VolumeSeries;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Headers that contradict themselves, and small files that ask for much. */
class UnusualNiftiTest {

  private static final int UNITS = 123;
  private static final int QFORM_X = 268;
  private static final int SFORM = 280;
  private static final long TWO_SECONDS = 2_000_000_000L;

  private static MedicalVolume read(ByteBuffer file) throws IOException {
    byte[] bytes = new byte[file.capacity()];
    file.get(0, bytes);
    return MedicalVolumeReader.withDefaults().read(bytes, "a");
  }

  /** Two by two by two voxels of 1, 2 and 3 mm; sform and qform are the same. */
  private static ByteBuffer file() throws IOException {
    Affine affine = Affine.of(-1, 0, 0, 10, 0, 2, 0, 20, 0, 0, 3, 30);
    MedicalVolume volume =
        MedicalVolume.of(
            VolumeGrid.ofSize(2, 2, 2).withAffine(affine), new float[] {1, 2, 3, 4, 5, 6, 7, 8});
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    NiftiWriter.withDefaults().write(volume, out);
    return ByteBuffer.wrap(out.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Test
  void placesThatDifferAreToldAndTheSformIsTaken() throws IOException {
    ByteBuffer file = file();
    assertThat(read(file).warnings()).isEmpty();

    MedicalVolume near = read(file.putFloat(QFORM_X, 12));
    MedicalVolume far = read(file.putFloat(QFORM_X, 60));

    assertThat(near.warnings()).isEmpty();
    assertThat(far.affine().orElseThrow().get(0, 3)).isEqualTo(10);
    assertThat(far.warnings())
        .containsExactly(
            "the sform, which was taken, and the qform place a voxel up to 50.0 mm apart");
  }

  @Test
  void anSformThatIsNoneIsToldAndTheQformIsTaken() throws IOException {
    ByteBuffer file = file().putFloat(SFORM, Float.NaN).putFloat(QFORM_X, 60);

    assertThat(read(file).affine().orElseThrow().toArray())
        .containsExactly(new double[] {-1, 0, 0, 60, 0, 2, 0, 20, 0, 0, 3, 30}, within(1e-9));
    assertThat(read(file).warnings())
        .containsExactly("the sform is no transform that can be inverted; the qform was taken");
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1000, the header gives lengths in meters; they were converted to mm",
    "3, 0.001, the header gives lengths in micrometers; they were converted to mm",
    "7, 1, 'the header''s unit of length, 7, is unknown; mm was taken'"
  })
  void unitsThatAreRarelyMeantAreTold(int units, double x, String warning) throws IOException {
    MedicalVolume volume = read(file().put(UNITS, (byte) units));

    assertThat(volume.spacing().x()).isEqualTo(x);
    assertThat(volume.warnings()).containsExactly(warning);
  }

  /** A NIfTI of volumes of one voxel, as many as the fourth and fifth axis say. */
  private static byte[] volumes(int fourth, int fifth) throws IOException {
    byte[] header = Arrays.copyOf(file().array(), 352);
    ByteBuffer.wrap(header)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort(40, (short) 5)
        .putShort(42, (short) 1)
        .putShort(44, (short) 1)
        .putShort(46, (short) 1)
        .putShort(48, (short) fourth)
        .putShort(50, (short) fifth);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(header);
      gzip.write(new byte[fourth * fifth]);
    }
    return out.toByteArray();
  }

  @Test
  void manySmallVolumesAreReadInNoTimeAndTooManyNotAtAll() throws IOException {
    byte[] many = volumes(32_767, 6);
    byte[] tooMany = volumes(32_767, 40);

    long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    VolumeSeries series = MedicalVolumeReader.withDefaults().readSeries(many, "a T1.nii.gz");
    long worked = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;

    assertThat(series.volumes()).hasSize(6 * 32_767);
    assertThat(worked).isLessThan(TWO_SECONDS);
    assertThatThrownBy(() -> MedicalVolumeReader.withDefaults().readSeries(tooMany, "a"))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageEndingWith("expected at most 1048576 volumes, found 1310680");
  }
}

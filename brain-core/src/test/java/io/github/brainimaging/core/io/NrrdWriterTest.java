package io.github.brainimaging.core.io;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.image.VolumeSeries;
import io.github.brainimaging.core.image.VoxelSpacing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link NiftiWriter} where the name asks for NRRD. */
class NrrdWriterTest {

  private static final VolumeGrid GRID =
      VolumeGrid.ofSize(2, 1, 3).withAffine(Affine.of(0.5, 0, 0.1, 7, 0, -2, 0, 8, 0, 0.25, 3, 9));

  @TempDir private Path folder;

  static Stream<VolumeSeries> volumes() {
    VolumeGrid spaced = VolumeGrid.ofSize(2, 1, 3).withSpacing(new VoxelSpacing(1, 2, 3));
    return Stream.of(
        series(MedicalVolume.of(GRID, new float[] {0, 1, 2, 3, 4, 255})),
        series(MedicalVolume.of(GRID, new float[] {0, -1, 2, 3, 4, 32767})),
        series(MedicalVolume.of(GRID, new float[] {0, 1, 2, 3, 4, 65535})),
        series(MedicalVolume.of(GRID, new float[] {0, 0.5f, Float.NaN, 3, 4, 1e30f})),
        series(MedicalVolume.wrap(GRID, 3, new float[18])),
        series(MedicalVolume.of(spaced, new float[] {0, 1, 2, 3, 4, 5})),
        series(MedicalVolume.of(VolumeGrid.ofSize(2, 1, 3), new float[6])),
        series(
            MedicalVolume.of(GRID, new float[] {0, 1, 2, 3, 4, 5}),
            MedicalVolume.of(GRID, new float[] {0, 1, 2, 3, 4, -5})));
  }

  private static VolumeSeries series(MedicalVolume... volumes) {
    return new VolumeSeries(List.of(volumes), Double.NaN);
  }

  @ParameterizedTest
  @MethodSource("volumes")
  void whatIsWrittenIsReadBack(VolumeSeries series) throws IOException {
    Path file = folder.resolve("new/a.nrrd");

    NiftiWriter.withDefaults().write(series, file);

    assertThat(MedicalVolumeReader.withDefaults().readSeries(file)).isEqualTo(series);
    assertThat(MedicalVolumeReader.format(file)).contains("NRRD");
  }

  @Test
  void aMaskIsASegmentationOfOneSegment() throws IOException {
    VolumeMask mask = VolumeMask.of(GRID, new boolean[] {true, false, false, true, false, false});
    Path file = folder.resolve("a.seg.nrrd");

    NiftiWriter.withDefaults().write(mask, file);

    MedicalVolume read = MedicalVolumeReader.withDefaults().read(file);
    assertThat(VolumeMask.above(read, 0.5f)).isEqualTo(mask);
    assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
        .startsWith("NRRD0005\ntype: uint8\ndimension: 3\nspace: left-posterior-superior\n")
        .contains("\nSegment0_Name:=region\n", "\nSegment0_Extent:=0 1 0 0 0 2\n");
  }
}

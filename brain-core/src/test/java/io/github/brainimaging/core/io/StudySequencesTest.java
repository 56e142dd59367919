package io.github.brainimaging.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.study.Study;
import io.github.brainimaging.core.study.StudySeries;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which series of a folder are the sequences of a network. */
class StudySequencesTest {

  @TempDir Path folder;

  private void write(String name, double mm) throws IOException {
    VolumeGrid grid = VolumeGrid.ofSize(9, 9, 9).withAffine(Affine.scaling(mm, mm, mm));
    NiftiWriter.withDefaults()
        .write(MedicalVolume.of(grid, new float[grid.voxels()]), folder.resolve(name));
  }

  private List<String> found(String... names) throws IOException {
    Map<String, StudySeries> sequences = Study.scan(folder).sequences(List.of(names));
    assertThat(sequences.keySet()).containsExactly(names);
    return sequences.values().stream().map(StudySeries::name).toList();
  }

  @Test
  void namesOfSequencesAreUnderstoodAndTheFinestIsTaken() throws IOException {
    write("p_t1.nii.gz", 1);
    write("p_t1ce.nii.gz", 2);
    write("p_t1ce_fine.nii.gz", 1);
    write("p_flair.nii.gz", 1);
    write("p_flair_mask.nii.gz", 1);
    write("p_adcmap7.nii.gz", 1);

    assertThat(found("FLAIR", "T1Gd", "t1", "adcmap7"))
        .containsExactly("p_flair.nii.gz", "p_t1ce_fine.nii.gz", "p_t1.nii.gz", "p_adcmap7.nii.gz");
    assertThatThrownBy(() -> found("t1", "t2"))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageContaining("expected the sequences [t1, t2], found no series of its own for t2")
        .hasMessageContaining("p_flair.nii.gz: FLAIR");
    assertThatThrownBy(() -> found("t1", "T1w")).hasMessageContaining("for T1w");
  }

  @Test
  void numberedFilesAreTakenInTheirOrder() throws IOException {
    write("case_0001.nii.gz", 1);
    write("case_0000.nii.gz", 1);
    assertThat(found("T1", "noise")).containsExactly("case_0000.nii.gz", "case_0001.nii.gz");
  }
}

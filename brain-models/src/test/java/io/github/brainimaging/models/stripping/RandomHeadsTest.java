package io.github.brainimaging.models.stripping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.brainimaging.core.data.ImageMaskPairs;
import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.io.MedicalImageReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RandomHeadsTest {

  private static final int SIDE = 40;
  private static final VolumeGrid GRID =
      VolumeGrid.ofSize(SIDE, SIDE, SIDE).withAffine(Affine.scaling(5, 5, 5));

  @TempDir Path folder;

  /** A bright ball in a less bright one. */
  private static float[] head() {
    float[] samples = new float[SIDE * SIDE * SIDE];
    for (int i = 0; i < samples.length; i++) {
      double r =
          Math.hypot(i % SIDE - 20, Math.hypot(i / SIDE % SIDE - 20, i / (SIDE * SIDE) - 20));
      samples[i] = r < 12 ? 100 : r < 16 ? 60 : 1;
    }
    return samples;
  }

  private static RandomHeads heads() {
    MedicalVolume head = MedicalVolume.of(GRID, head());
    RandomHeads heads = new RandomHeads();
    heads.add(head, VolumeMask.above(head, 80));
    return heads;
  }

  @Test
  void writesSlicesOfAllPlanesWithTheirMasksTheSameForTheSameSeed() throws IOException {
    heads().write(1, 7, folder.resolve("a/images"), folder.resolve("a/masks"));
    heads().write(1, 7, folder.resolve("b/images"), folder.resolve("b/masks"));

    ImageMaskPairs pairs =
        ImageMaskPairs.read(folder.resolve("a/images"), folder.resolve("a/masks"));
    assertThat(pairs.pairs()).hasSize(36);
    boolean brain = false;
    for (ImageMaskPairs.Pair pair : pairs.pairs()) {
      assertThat(MedicalImageReader.withDefaults().read(pair.image()).channels()).isEqualTo(3);
      brain |= !pairs.reader().read(pair.mask()).isEmpty();
      Path other =
          folder.resolve("b").resolve(folder.resolve("a").relativize(pair.image()).toString());
      assertThat(Files.mismatch(pair.image(), other)).isEqualTo(-1);
    }
    assertThat(brain).isTrue();
    assertThat(pairs.pairs())
        .extracting(ImageMaskPairs.Pair::name)
        .anyMatch(n -> n.contains("sag"));
  }

  @Test
  void wantsAHeadWithABrain() {
    MedicalVolume head = MedicalVolume.of(GRID, head());
    RandomHeads heads = new RandomHeads();

    assertThatThrownBy(() -> heads.add(head, VolumeMask.empty(GRID)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("brain must not be empty");
    assertThatThrownBy(() -> heads.write(1, 1, folder, folder))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no head was added");
  }
}

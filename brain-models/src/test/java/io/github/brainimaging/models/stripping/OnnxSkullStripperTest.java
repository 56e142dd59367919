package io.github.brainimaging.models.stripping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.image.VoxelSpacing;
import io.github.brainimaging.core.io.MedicalVolumeReader;
import io.github.brainimaging.core.transform.VolumeTransform;
import io.github.brainimaging.core.transform.VolumeTransformContract;
import io.github.brainimaging.models.onnx.OnnxSegmenter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The embedded network on heads of ellipsoids and, where they are there, on real ones. */
@Tag("data")
class OnnxSkullStripperTest {

  private static final int SIDE = 50;
  private static final VolumeGrid GRID =
      VolumeGrid.ofSize(SIDE, SIDE, SIDE).withAffine(Affine.scaling(4, 4, 4));

  private static final OnnxSkullStripper STRIPPER = OnnxSkullStripper.embedded();

  @AfterAll
  static void close() {
    STRIPPER.close();
  }

  private static double depth(int i) {
    int row = i / SIDE % SIDE;
    int slice = i / (SIDE * SIDE);
    double x = (i % SIDE - 24.5) / 17;
    double y = (row - 24.5) / 20;
    double z = (slice - 24.5) / 16;
    return Math.sqrt(x * x + y * y + z * z);
  }

  /** A brain in fluid, bone and skin, in cubes of 4 mm; its gray values scaled and shifted. */
  private static float[] head(double scale, double offset) {
    float[] samples = new float[SIDE * SIDE * SIDE];
    for (int i = 0; i < samples.length; i++) {
      double r = depth(i);
      double gray = r < 1 ? 100 + i % 5 : r < 1.1 ? 30 : r < 1.2 ? 10 : r < 1.3 ? 180 : 2;
      samples[i] = (float) (scale * gray + offset);
    }
    return samples;
  }

  private static boolean[] brain() {
    boolean[] brain = new boolean[SIDE * SIDE * SIDE];
    for (int i = 0; i < brain.length; i++) {
      brain[i] = depth(i) < 1;
    }
    return brain;
  }

  private static double dice(boolean[] a, boolean[] b) {
    int both = 0;
    int sum = 0;
    for (int i = 0; i < a.length; i++) {
      both += a[i] && b[i] ? 1 : 0;
      sum += (a[i] ? 1 : 0) + (b[i] ? 1 : 0);
    }
    return 2.0 * both / sum;
  }

  @Test
  void findsTheBrainWhateverTheScaleOfTheGrayValues() {
    boolean[] first = STRIPPER.extract(MedicalVolume.of(GRID, head(1, 0))).toArray();
    boolean[] other = STRIPPER.extract(MedicalVolume.of(GRID, head(0.01, -300))).toArray();

    assertThat(dice(first, brain())).isGreaterThan(0.85);
    assertThat(dice(first, other)).isGreaterThan(0.99);
  }

  @Test
  void keepsWhatIsStrippedAlready() {
    float[] samples = head(1, 0);
    boolean[] brain = brain();
    for (int i = 0; i < samples.length; i++) {
      samples[i] = brain[i] ? samples[i] : 0;
    }

    MedicalVolume stripped = MedicalVolume.of(GRID, samples);

    assertThat(STRIPPER.apply(stripped)).isEqualTo(stripped);
  }

  @Test
  void findsNothingInAConstantVolumeAndRefusesColors() {
    VolumeGrid grid = VolumeGrid.ofSize(4, 5, 6).withSpacing(VoxelSpacing.ofMillimeters(2));
    MedicalVolume colors = MedicalVolume.wrap(VolumeGrid.ofSize(1, 1, 1), 3, new float[3]);

    assertThat(STRIPPER.extract(MedicalVolume.of(grid, new float[120])).isEmpty()).isTrue();
    assertThatThrownBy(() -> STRIPPER.extract(colors))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("volume must have 1 channel, got 3");
  }

  @Test
  void takesNetworksOfItsOwnKindOnly() {
    try (OnnxSegmenter tumors = OnnxSegmenter.embedded()) {
      assertThatThrownBy(() -> OnnxSkullStripper.of(tumors))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("network must take 128 x 128 x 3, got 256 x 256 x 1");
    }
  }

  /** None of them was learned from. */
  @ParameterizedTest
  @CsvSource({"nichart07_T1, 0.91", "nichart07_FLAIR, 0.9", "ms12_s1_T2W, 0.92"})
  void agreesWithTheReferencesOfRealHeads(String name, double least) throws IOException {
    Path folder =
        Path.of(System.getProperty("brain.data", "../../shared/data")).resolve("volumes/heads");
    Path file = folder.resolve(name + ".nii.gz");
    Assumptions.assumeTrue(Files.exists(file), () -> file + " is not there");
    MedicalVolume reference =
        MedicalVolumeReader.withDefaults().read(folder.resolve(name + "_ref.nii.gz"));

    VolumeMask found = STRIPPER.extract(MedicalVolumeReader.withDefaults().read(file));

    assertThat(dice(found.toArray(), VolumeMask.above(reference, 0).toArray()))
        .isGreaterThan(least);
  }

  @Nested
  class Embedded extends VolumeTransformContract {

    @Override
    protected VolumeTransform transform() {
      return STRIPPER;
    }

    @Override
    protected Stream<MedicalVolume> inputs() {
      return Stream.of(MedicalVolume.of(GRID, head(1, 0)));
    }
  }
}

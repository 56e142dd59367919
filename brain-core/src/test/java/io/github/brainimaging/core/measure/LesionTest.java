package io.github.brainimaging.core.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.image.VoxelSpacing;
import java.util.List;
import org.junit.jupiter.api.Test;

class LesionTest {

  private static final int SIDE = 40;
  private static final VolumeGrid SIZE = VolumeGrid.ofSize(SIDE, SIDE, SIDE);

  /** Whether a voxel is inside. */
  private interface Shape {
    boolean holds(int x, int y, int z);
  }

  private static VolumeMask mask(VolumeGrid grid, Shape shape) {
    boolean[] inside = new boolean[grid.voxels()];
    for (int i = 0; i < inside.length; i++) {
      inside[i] = shape.holds(i % SIDE, i / SIDE % SIDE, i / SIDE / SIDE);
    }
    return VolumeMask.wrap(grid, inside);
  }

  private static boolean box(int x, int y, int z) {
    return x >= 5 && x < 15 && y >= 6 && y < 10 && z >= 7 && z < 9;
  }

  @Test
  void measuresABoxFromBorderToBorder() {
    VolumeGrid grid = SIZE.withSpacing(new VoxelSpacing(1, 1, 3));
    Lesion lesion = Lesion.of(mask(grid, LesionTest::box)).get(0);

    assertThat(lesion.voxels()).isEqualTo(80);
    assertThat(lesion.volumeMl().orElseThrow()).isCloseTo(0.24, within(1e-9));
    Lesion.Diameters diameters = lesion.diameters().orElseThrow();
    assertThat(diameters.inPlane()).isCloseTo(Math.hypot(10, 4), within(1e-9));
    assertThat(diameters.perpendicular()).isCloseTo(2 * 40 / Math.hypot(10, 4), within(1e-9));
    assertThat(diameters.inSpace()).isCloseTo(Math.sqrt(100 + 16 + 36), within(1e-9));
    assertThat(lesion.firstSlice()).isEqualTo(7);
    assertThat(lesion.lastSlice()).isEqualTo(8);
    assertThat(lesion.centroidMm()).isEmpty();
  }

  @Test
  void aBallIsAsWideInEveryDirection() {
    VolumeGrid grid = SIZE.withSpacing(VoxelSpacing.ofMillimeters(2));
    Shape ball =
        (x, y, z) -> Math.pow(x - 20, 2) + Math.pow(y - 20, 2) + Math.pow(z - 20, 2) <= 100;
    Lesion lesion = Lesion.of(mask(grid, ball)).get(0);

    assertThat(lesion.volumeMl().orElseThrow()).isCloseTo(33.5, within(0.5)); // 20 mm around
    Lesion.Diameters diameters = lesion.diameters().orElseThrow();
    assertThat(diameters.inPlane()).isBetween(41.0, 43.0);
    assertThat(diameters.perpendicular()).isBetween(40.0, 43.0);
    assertThat(diameters.inSpace()).isBetween(42.0, 45.0);
    assertThat(lesion.fullestSlice()).isEqualTo(20);
  }

  @Test
  void theLargestComesFirstAndAtCornersTheyAreApart() {
    Shape two = (x, y, z) -> box(x, y, z) || (x >= 15 && x < 20 && y == 10 && z == 8);
    List<Lesion> lesions = Lesion.of(mask(SIZE, two));

    assertThat(lesions).extracting(Lesion::voxels).containsExactly(80, 5);
    assertThat(lesions.get(0).volumeMl()).isEmpty(); // nobody said how large a voxel is
    assertThat(lesions.get(0).diameters()).isEmpty();
    assertThat(Lesion.of(VolumeMask.empty(SIZE))).isEmpty();
  }

  @Test
  void placeAndSlicesAreThoseOfThePatientHoweverTheVolumeIsStored() {
    // Columns to the left, rows to the foot, slices 4 mm apart to the front: coronal.
    Affine coronal = Affine.of(-1, 0, 0, 30, 0, 0, 4, -50, 0, -1, 0, 60);
    Lesion lesion = Lesion.of(mask(SIZE.withAffine(coronal), LesionTest::box)).get(0);

    assertThat(lesion.centroidMm()).containsExactly(30 - 9.5, -50 + 4 * 7.5, 60 - 7.5);
    assertThat(lesion.firstSlice()).isEqualTo(7); // from back to front, as they are stored
    assertThat(lesion.lastSlice()).isEqualTo(8);
    // The other way round, the same place has other numbers in the file, and the same here.
    Affine back = Affine.of(-1, 0, 0, 30, 0, 0, -4, -50 + 39 * 4, 0, -1, 0, 60);
    Shape mirrored = (x, y, z) -> box(x, y, SIDE - 1 - z);
    assertThat(Lesion.of(mask(SIZE.withAffine(back), mirrored)).get(0)).isEqualTo(lesion);
  }
}

package io.github.brainimaging.core.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.brainimaging.core.geometry.VolumeCrop;
import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.MedicalVolume;
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
    assertThat(diameters.productMm2())
        .isCloseTo(diameters.inPlane() * diameters.perpendicular(), within(1e-9));
    assertThat(diameters.inSpace()).isCloseTo(Math.sqrt(100 + 16 + 36), within(1e-9));
    assertThat(lesion.firstSlice()).isEqualTo(7);
    assertThat(lesion.lastSlice()).isEqualTo(8);
    assertThat(lesion.centroidMm()).isEmpty();
    assertThat(lesion.box()).isEqualTo(new VolumeCrop.Box(5, 6, 7, 10, 4, 2));
    assertThat(lesion.midline()).isEmpty();
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
    Lesion same = Lesion.of(mask(SIZE.withAffine(back), mirrored)).get(0);
    assertThat(same.centroidMm()).isEqualTo(lesion.centroidMm());
    assertThat(same.firstSlice()).isEqualTo(lesion.firstSlice());
    // The box is in voxels of the file.
    assertThat(lesion.box()).isEqualTo(new VolumeCrop.Box(5, 6, 7, 10, 4, 2));
    assertThat(same.box()).isEqualTo(new VolumeCrop.Box(5, 6, SIDE - 9, 10, 4, 2));
  }

  @Test
  void tellsTheSideAndTheDistanceToTheMidline() {
    // Columns to the left; the middle of the head, between columns 19 and 20, is at x = 10.
    VolumeGrid grid = SIZE.withAffine(Affine.of(-4, 0, 0, 88, 0, 4, 0, -78, 0, 0, 4, -78));
    float[] samples = new float[grid.voxels()];
    for (int i = 0; i < samples.length; i++) {
      double x = (i % SIDE - 19.5) / 16;
      double y = (i / SIDE % SIDE - 19.5) / 19;
      int slice = i / (SIDE * SIDE);
      double z = (slice - 19.5) / 17;
      double radius = Math.sqrt(x * x + y * y + z * z);
      samples[i] = radius > 1 ? 0 : (float) (100 + 50 * Math.cos(5 * y) * Math.cos(7 * x * x));
    }
    MedicalVolume head = MedicalVolume.of(grid, samples);
    Shape three =
        (x, y, z) ->
            box(x, y, z) // columns 5 to 14: right
                || (x >= 26 && x < 28 && y >= 6 && y < 9 && z >= 7 && z < 9)
                || (x >= 18 && x < 23 && y >= 20 && y < 22 && z == 15);

    List<Lesion> lesions = Lesion.of(mask(grid, three), head);

    assertThat(lesions).extracting(Lesion::voxels).containsExactly(80, 12, 10);
    assertMidline(lesions.get(0), Lesion.Side.RIGHT, 40, 22);
    assertMidline(lesions.get(1), Lesion.Side.LEFT, 28, 26);
    assertMidline(lesions.get(2), Lesion.Side.MIDLINE, 2, 0);
  }

  private static void assertMidline(Lesion lesion, Lesion.Side side, double center, double near) {
    Lesion.Midline midline = lesion.midline().orElseThrow();
    assertThat(midline.side()).isEqualTo(side);
    assertThat(midline.centroidMm()).isEqualTo(center, within(0.5));
    assertThat(midline.nearestMm()).isEqualTo(near, within(0.5));
  }
}

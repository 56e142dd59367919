package io.github.brainimaging.segmentation.tumor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.Spacing;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.image.VoxelSpacing;
import io.github.brainimaging.core.inference.Segmentation;
import io.github.brainimaging.core.inference.Segmenter;
import io.github.brainimaging.core.inference.VolumeSegmentation;
import io.github.brainimaging.core.inference.VolumeSegmenter;
import java.util.Arrays;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** A head is a disk or ball of radius 45 about (50, 50), dark within, with a bright rim. */
class PlausibleLesionTest {

  private static final int SIZE = 101;
  private static final PlausibleLesion CHECK = PlausibleLesion.withDefaults();

  private static final MedicalImage HEAD = head();

  private static MedicalImage head() {
    float[] gray = new float[SIZE * SIZE];
    for (int i = 0; i < gray.length; i++) {
      double r = Math.hypot(i % SIZE - 50, i / SIZE - 50);
      gray[i] = r > 45 ? 0 : r > 41 ? 200 : r > 38 ? 10 : 100;
    }
    return MedicalImage.ofGray(SIZE, SIZE, gray);
  }

  /** Disks: x, y, radius of each. */
  private static Segmentation disks(double... all) {
    boolean[] inside = new boolean[SIZE * SIZE];
    for (int i = 0; i < inside.length; i++) {
      for (int d = 0; d < all.length; d += 3) {
        inside[i] |= Math.hypot(i % SIZE - all[d], i / SIZE - all[d + 1]) <= all[d + 2];
      }
    }
    return new Segmentation(Mask.of(SIZE, SIZE, inside), Spacing.UNKNOWN, OptionalDouble.of(0.8));
  }

  @Test
  void aLesionStaysAsItIs() {
    Segmentation lesion = disks(60, 40, 8, 30, 60, 5);

    assertThat(CHECK.check(HEAD, lesion)).isEqualTo(lesion);
    Segmentation empty = disks();
    assertThat(CHECK.check(HEAD, empty)).isEqualTo(empty);
  }

  @Test
  void skinAndSkullAreLeftOut() {
    Segmentation found = CHECK.check(HEAD, disks(60, 40, 8, 50, 6, 2));

    assertThat(found.mask()).isEqualTo(disks(60, 40, 8).mask());
    assertThat(found.remarks())
        .containsExactly("left out 13 pixels: at the outline of the head: skin or skull");
    assertThat(found.confidence()).hasValue(0.8);
  }

  @Test
  void aSpeckIsLeftOutAndItsAreaIsToldWhereItIsKnown() {
    Segmentation speck = disks(60, 40, 0);

    Segmentation found = CHECK.check(HEAD.withSpacing(new Spacing(0.5, 2)), speck);

    assertThat(found.found()).isFalse();
    assertThat(found.confidence()).isEmpty();
    assertThat(found.remarks())
        .containsExactly("left out 1.0 mm2: too small to be told from a speck");
  }

  @Test
  void aQuarterOfTheHeadIsNoLesion() {
    Segmentation most = CHECK.check(HEAD, disks(50, 50, 24));

    assertThat(most.found()).isFalse();
    assertThat(most.remarks()).singleElement().asString().contains("28 % of the head");
    assertThat(CHECK.check(HEAD, disks(50, 50, 20)).found()).isTrue();
  }

  @Test
  void elevenPiecesAreScattered() {
    double[] eleven = new double[33];
    for (int d = 0; d < 11; d++) {
      eleven[3 * d] = 50 + 30 * Math.cos(d);
      eleven[3 * d + 1] = 50 + 30 * Math.sin(d);
      eleven[3 * d + 2] = 2;
    }
    double[] ten = Arrays.copyOf(eleven, 30);

    assertThat(CHECK.check(HEAD, disks(eleven)).remarks())
        .singleElement()
        .asString()
        .endsWith(" pixels: 11 pieces are scattered, no lesion");
    assertThat(CHECK.check(HEAD, disks(ten)).remarks()).isEmpty();
  }

  @Test
  void whereNoHeadIsSeenNothingIsSaid() {
    Segmentation found = disks(50, 50, 40);

    assertThat(CHECK.check(HEAD.withSamples(new float[SIZE * SIZE]), found)).isEqualTo(found);
  }

  @Test
  void volumesAreCheckedInSpace() {
    int side = 61;
    VolumeGrid grid =
        VolumeGrid.ofSize(side, side, side).withSpacing(VoxelSpacing.ofMillimeters(3));
    float[] gray = new float[grid.voxels()];
    boolean[] both = new boolean[grid.voxels()];
    boolean[] lesion = new boolean[grid.voxels()];
    for (int i = 0; i < gray.length; i++) {
      double x = i % side - 30;
      double y = i / side % side - 30;
      double z = i / (side * side) - 30;
      double r = Math.sqrt(x * x + y * y + z * z);
      gray[i] = r > 27 ? 0 : r > 25 ? 200 : 100;
      lesion[i] = Math.sqrt(x * x + y * y + (z - 5) * (z - 5)) <= 6;
      both[i] = lesion[i] || (r > 26.5 && r <= 27);
    }
    MedicalVolume head = MedicalVolume.of(grid, gray);
    VolumeSegmenter drawn =
        any -> new VolumeSegmentation(VolumeMask.of(grid, both), OptionalDouble.empty());

    VolumeSegmentation found = CHECK.after(drawn).segment(head);

    assertThat(found.mask()).isEqualTo(VolumeMask.of(grid, lesion));
    assertThat(found.remarks())
        .singleElement()
        .asString()
        .matches("left out \\d+\\.\\d ml: at the outline of the head: skin or skull");
  }

  @Test
  void colorsAreSeenAsGray() {
    float[] three = new float[3 * SIZE * SIZE];
    for (int c = 0; c < 3; c++) {
      System.arraycopy(HEAD.samples(), 0, three, c * SIZE * SIZE, SIZE * SIZE);
    }
    Segmenter drawn = any -> disks(60, 40, 8, 50, 6, 2);

    assertThat(CHECK.after(drawn).segment(MedicalImage.of(SIZE, SIZE, 3, three)).mask())
        .isEqualTo(disks(60, 40, 8).mask());
  }
}

package io.github.brainimaging.core.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SymmetryPlaneTest {

  /** A head of the same halves but for a bright lesion on one side, in a field of 64 x 72 x 56. */
  private static MedicalVolume head(RigidTransform moved, Affine affine) {
    Affine back = moved.toAffine().inverse();
    float[] samples = new float[64 * 72 * 56];
    for (int i = 0; i < samples.length; i++) {
      int row = i / 64;
      double[] mm = affine.apply(i % 64, row % 72, Math.floorDiv(row, 72));
      double[] p = back.apply(mm[0], mm[1], mm[2]);
      samples[i] = tissue(Math.abs(p[0]), p[0], p[1], p[2]);
    }
    return MedicalVolume.of(VolumeGrid.ofSize(64, 72, 56).withAffine(affine), samples);
  }

  private static float tissue(double fromMiddle, double x, double y, double z) {
    double outer = Math.hypot(Math.hypot(x / 66, y / 82), z / 68);
    if (outer > 1) {
      return 0;
    }
    if (Math.hypot(Math.hypot((x - 30) / 14, (y - 10) / 18), (z - 12) / 12) < 1) {
      return 220;
    }
    if (Math.hypot(Math.hypot((fromMiddle - 15) / 8, (y - 5) / 25), (z - 5) / 15) < 1) {
      return 20;
    }
    return outer > 0.9 ? 40 : 120 + (float) (20 * Math.sin(fromMiddle / 9) * Math.cos(y / 13));
  }

  @ParameterizedTest
  @CsvSource({"0, 0, 0", "7, 4, -9", "-16, 10, 5", "18, -15, 12"})
  void findsTheMidlineOfATurnedHead(double yaw, double roll, double shift) {
    RigidTransform moved = new RigidTransform(5, roll, yaw, shift, 3, -4, 0, 0, 0);
    Affine affine = Affine.of(-3, 0, 0, 94, 0, 3, 0, -105, 0, 0, 3, -80);

    SymmetryPlane plane = SymmetryPlane.of(head(moved, affine)).orElseThrow();

    assertThat(plane.similarity()).isBetween(0.8, 1.0);
    for (double[] p : new double[][] {{0, 0, 0}, {0, 60, 10}, {0, -30, 40}, {25, 10, 5}}) {
      double[] there = moved.toAffine().apply(p[0], p[1], p[2]);
      assertThat(plane.distanceMm(there[0], there[1], there[2])).isEqualTo(p[0], within(1.0));
    }
  }

  @Test
  void isNotToldWhereItCannotBe() {
    RigidTransform none = new RigidTransform(0, 0, 0, 0, 0, 0, 0, 0, 0);
    Affine affine = Affine.of(3, 0, 0, -94, 0, 3, 0, -105, 0, 0, 3, -80);
    MedicalVolume head = head(none, affine);

    assertThat(SymmetryPlane.of(MedicalVolume.of(VolumeGrid.ofSize(64, 72, 56), head.samples())))
        .as("orientation unknown")
        .isEmpty();
    assertThat(SymmetryPlane.of(head.wrapSamples(new float[64 * 72 * 56])))
        .as("constant")
        .isEmpty();
    // One half of the head only.
    float[] half = head.samples();
    for (int i = 0; i < half.length; i++) {
      half[i] = i % 64 < 32 ? (float) ((i * 7919L) % 251) : 0;
    }
    assertThat(SymmetryPlane.of(head.wrapSamples(half)).map(SymmetryPlane::similarity).orElse(0.0))
        .as("noise on one side")
        .isLessThan(0.75);
  }

  @Test
  void theNormalPointsToTheRight() {
    assertThat(new SymmetryPlane(1, 0, 0, -4, 1).distanceMm(-10, 5, 7)).isEqualTo(-6);
    assertThatThrownBy(() -> new SymmetryPlane(-1, 0, 0, 0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("normal must point to the right and have length 1");
  }
}

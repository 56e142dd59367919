package io.github.brainimaging.core.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RigidTransformTest {

  @Test
  void turnsXTowardYAboutTheCenterThenShifts() {
    double[] p = new RigidTransform(0, 0, 90, 1, 2, 3, 10, 20, 30).toAffine().apply(15, 20, 30);

    assertThat(p[0]).isEqualTo(11, within(1e-12));
    assertThat(p[1]).isEqualTo(27, within(1e-12));
    assertThat(p[2]).isEqualTo(33, within(1e-12));
  }

  @Test
  void turnsAboutXFirstThenYThenZ() {
    double[] p = new RigidTransform(90, 90, 90, 0, 0, 0, 0, 0, 0).toAffine().apply(0, 1, 0);

    // About x: y to z. About y: z to x. About z: x to y.
    assertThat(p[0]).isEqualTo(0, within(1e-12));
    assertThat(p[1]).isEqualTo(1, within(1e-12));
    assertThat(p[2]).isEqualTo(0, within(1e-12));
  }
}

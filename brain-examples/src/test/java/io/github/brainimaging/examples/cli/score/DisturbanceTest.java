package io.github.brainimaging.examples.cli.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.examples.cli.file.HeadPhantom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DisturbanceTest {

  private static final MedicalImage HEAD = HeadPhantom.draw(120, 100, 10, 1);

  private static double change(MedicalImage image) {
    float[] before = HEAD.samples();
    float[] after = image.samples();
    double sum = 0;
    for (int i = 0; i < before.length; i++) {
      sum += Math.abs(after[i] - before[i]);
    }
    return sum / before.length;
  }

  @ParameterizedTest
  @EnumSource(Disturbance.class)
  void aStrongerOneChangesMoreAndEqualSeedsDoTheSame(Disturbance disturbance) {
    double last = 0;
    for (int strength = 0; strength < Disturbance.STRENGTHS; strength++) {
      MedicalImage image = disturbance.apply(HEAD, strength, 7);
      assertThat(image).isEqualTo(disturbance.apply(HEAD, strength, 7));
      assertThat(change(image)).isGreaterThan(last);
      last = change(image);
    }
  }
}

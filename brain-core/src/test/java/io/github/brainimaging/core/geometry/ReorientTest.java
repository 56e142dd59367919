package io.github.brainimaging.core.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.Orientation;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.transform.VolumeTransform;
import io.github.brainimaging.core.transform.VolumeTransformContract;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReorientTest {

  private final MedicalVolume input = ReferenceVolume.input();

  @ParameterizedTest
  @ValueSource(strings = {"RAS", "LPS", "LIA", "PIR"})
  void turnsAsNibabelDoes(String code) throws IOException {
    MedicalVolume expected = ReferenceVolume.expected(code);

    MedicalVolume turned = Reorient.to(Orientation.of(code)).apply(input);

    assertThat(turned.samples()).containsExactly(expected.samples());
    assertThat(turned.affine().orElseThrow().toArray())
        .containsExactly(expected.affine().orElseThrow().toArray(), within(1e-12));
    assertThat(turned.affine().orElseThrow().orientation()).hasToString(code);
  }

  @ParameterizedTest
  @EnumSource
  void slicesOfAPlaneHaveItsOrientation(AnatomicalPlane plane) {
    MedicalVolume turned = Reorient.to(plane).apply(input);

    assertThat(turned.affine().orElseThrow().orientation()).isEqualTo(plane.orientation());
    assertThat(Reorient.to(plane).apply(turned)).isSameAs(turned);
  }

  @Test
  void thereAndBackIsTheSame() {
    Orientation original = input.affine().orElseThrow().orientation();

    MedicalVolume back = Reorient.to(original).apply(Reorient.to(Orientation.RAS).apply(input));

    assertThat(back.samples()).isEqualTo(input.samples());
    assertThat(back.grid().matches(input.grid())).isTrue();
  }

  @Test
  void printsWhereItTurns() {
    assertThat(Reorient.to(Orientation.of("LPS"))).hasToString("Reorient[to LPS]");
  }

  @Test
  void masksTurnAsTheirVolumes() {
    VolumeMask mask = VolumeMask.above(input, 11);
    Reorient ras = Reorient.to(Orientation.RAS);

    assertThat(ras.apply(mask)).isEqualTo(VolumeMask.above(ras.apply(input), 11));
  }

  @Test
  void rejectsAVolumeOfUnknownOrientation() {
    MedicalVolume unknown = MedicalVolume.of(VolumeGrid.ofSize(1, 1, 1), new float[1]);

    assertThatThrownBy(() -> Reorient.to(Orientation.RAS).apply(unknown))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("known affine");
  }

  @Nested
  class ToAnotherOrientation extends VolumeTransformContract {

    @Override
    protected VolumeTransform transform() {
      return Reorient.to(Orientation.of("LIA"));
    }

    @Override
    protected Stream<MedicalVolume> inputs() {
      return Stream.of(input);
    }

    @Override
    protected VolumeGrid expectedGrid(VolumeGrid grid) {
      return Reorient.to(Orientation.of("LIA")).apply(random(grid)).grid();
    }
  }
}

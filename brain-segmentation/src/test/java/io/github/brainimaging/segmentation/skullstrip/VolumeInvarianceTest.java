package io.github.brainimaging.segmentation.skullstrip;

import static io.github.brainimaging.segmentation.skullstrip.EllipsoidHead.dice;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.image.VoxelSpacing;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What must not change the brain that is found in a volume, for both ways to strip it. */
class VolumeInvarianceTest {

  private static final MedicalVolume HEAD =
      mapped(EllipsoidHead.of(new VoxelSpacing(3, 3, 4)).volume(), v -> Math.max(0, v));

  private static final List<Method> METHODS = EllipsoidHead.bothMethods().map(Method::of).toList();

  /**
   * A way to strip.
   *
   * @param strip finds the brain
   * @param plain what it finds in the unchanged head
   */
  private record Method(Function<MedicalVolume, VolumeMask> strip, VolumeMask plain) {

    static Method of(Function<MedicalVolume, VolumeMask> strip) {
      return new Method(strip, strip.apply(HEAD));
    }

    VolumeMask apply(MedicalVolume volume) {
      return strip.apply(volume);
    }
  }

  static List<Method> both() {
    return METHODS;
  }

  private static MedicalVolume mapped(MedicalVolume volume, UnaryOperator<Float> change) {
    float[] samples = volume.samples();
    for (int i = 0; i < samples.length; i++) {
      samples[i] = change.apply(samples[i]);
    }
    return volume.withSamples(samples);
  }

  private static MedicalVolume mirrored(MedicalVolume volume) {
    float[] samples = new float[volume.grid().voxels()];
    for (int i = 0; i < samples.length; i++) {
      int row = i / volume.width();
      samples[i] =
          volume.get(
              volume.width() - 1 - i % volume.width(),
              row % volume.height(),
              row / volume.height());
    }
    return volume.withSamples(samples);
  }

  /** The volume within a larger one, 7 columns, 5 rows and 3 slices from the first voxel. */
  private static MedicalVolume padded(MedicalVolume volume, float value) {
    VolumeGrid grid =
        VolumeGrid.ofSize(volume.width() + 9, volume.height() + 11, volume.depth() + 13)
            .withSpacing(volume.spacing());
    float[] samples = new float[grid.voxels()];
    int i = 0;
    for (int z = -3; z < grid.depth() - 3; z++) {
      for (int y = -5; y < grid.height() - 5; y++) {
        for (int x = -7; x < grid.width() - 7; x++, i++) {
          boolean within =
              Math.min(x, Math.min(y, z)) >= 0
                  && x < volume.width()
                  && y < volume.height()
                  && z < volume.depth();
          samples[i] = within ? volume.get(x, y, z) : value;
        }
      }
    }
    return MedicalVolume.of(grid, samples);
  }

  @ParameterizedTest
  @MethodSource("both")
  void ignoresScaleAndOffset(Method method) {
    for (float[] change : new float[][] {{0.01f, 5}, {0.3f, -70}, {100, 12_345}}) {
      MedicalVolume moved = mapped(HEAD, v -> change[0] * v + change[1]);
      assertThat(dice(method.apply(moved), method.plain())).isGreaterThan(0.995);
    }
  }

  @ParameterizedTest
  @MethodSource("both")
  void mirrorsWithTheVolume(Method method) {
    VolumeMask expected = VolumeMask.above(mirrored(method.plain().toVolume()), 0);

    assertThat(dice(method.apply(mirrored(HEAD)), expected)).isGreaterThan(0.995);
  }

  @ParameterizedTest
  @MethodSource("both")
  void isTheSameWithinPaddingByZeros(Method method) {
    VolumeMask expected = VolumeMask.above(padded(method.plain().toVolume(), 0), 0);

    assertThat(method.apply(padded(HEAD, 0))).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("both")
  void ignoresPaddingByTheBackground(Method method) {
    VolumeMask expected = VolumeMask.above(padded(method.plain().toVolume(), 0), 0);

    assertThat(dice(method.apply(padded(HEAD, 5)), expected)).isGreaterThan(0.995);
  }

  @ParameterizedTest
  @MethodSource("both")
  void agreesBetween8BitAnd16BitAndFloat(Method method) {
    MedicalVolume bits8 = mapped(HEAD, v -> (float) Math.round(Math.max(0, v)));
    MedicalVolume bits16 = mapped(HEAD, v -> (float) Math.round(Math.max(0, 257 * v)));

    assertThat(dice(method.apply(bits8), method.plain())).isGreaterThan(0.995);
    assertThat(dice(method.apply(bits16), method.plain())).isGreaterThan(0.995);
  }

  @ParameterizedTest
  @MethodSource("both")
  void leavesAStrippedVolumeNearlyAsItIs(Method method) {
    assertThat(dice(method.apply(method.plain().keep(HEAD)), method.plain())).isGreaterThan(0.98);
  }
}

package io.github.brainimaging.core.registration;

import static io.github.brainimaging.core.registration.MovedHead.NONE;
import static io.github.brainimaging.core.registration.MovedHead.slice;
import static io.github.brainimaging.core.registration.MovedHead.volume;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.Modality;
import io.github.brainimaging.core.image.Spacing;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.core.testing.Interrupted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("data")
class RegistrationTest {

  @ParameterizedTest
  @CsvSource({"0, 0, 0", "7, 5.5, -9.25", "-18, -14, 3", "22, 0, 12"})
  void findsAKnownRotationAndShiftOfASliceInAnotherModality(double angle, double x, double y) {
    RigidTransform truth = new RigidTransform(0, 0, angle, x, y, 0, 63.5, 63.5, 0);
    MedicalImage fixed = slice(128, 128, 1, NONE, false);
    MedicalImage moving = slice(128, 128, 1, truth, true);

    Registration.Aligned<MedicalImage> result = Registration.withDefaults().align(fixed, moving);

    assertThat(result.converged()).isTrue();
    assertThat(result.measure()).isGreaterThan(1.2);
    assertClose(result.rigid(), truth, 0.7, 0.4);
    assertThat(meanDifference(result.aligned(), slice(128, 128, 1, NONE, true))).isLessThan(4);
  }

  @Test
  void takesMillimetersBySpacing() {
    RigidTransform truth = new RigidTransform(0, 0, -10, 8, -6, 0, 63.5, 63.5, 0);
    MedicalImage fixed = slice(128, 128, 1, NONE, false).withSpacing(Spacing.ofMillimeters(1));
    MedicalImage moving =
        slice(64, 64, 2, truth, true)
            .withSpacing(Spacing.ofMillimeters(2))
            .withModality(Modality.CT);

    Registration.Aligned<MedicalImage> result = Registration.withDefaults().align(fixed, moving);

    assertClose(result.rigid(), truth, 0.7, 0.7);
    assertThat(result.aligned().width()).isEqualTo(128);
    assertThat(result.aligned().spacing()).isEqualTo(Spacing.ofMillimeters(1));
    assertThat(result.aligned().modality()).isEqualTo(Modality.CT);
  }

  @Test
  void findsAKnownRotationAndShiftOfAVolume() {
    MedicalVolume fixed = MovedHead.mri();
    MedicalVolume moving = MovedHead.movedCt();

    Registration.Aligned<MedicalVolume> result =
        Registration.withDefaults().withLevels(2).align(fixed, moving);

    assertThat(result.converged()).isTrue();
    assertThat(result.aligned().grid()).isEqualTo(fixed.grid());
    for (double[] corner : new double[][] {{-40, -40, -40}, {40, 30, -20}, {0, 50, 40}}) {
      double[] found = result.transform().apply(corner[0], corner[1], corner[2]);
      double[] expected = MovedHead.MOVE.toAffine().apply(corner[0], corner[1], corner[2]);
      for (int i = 0; i < 3; i++) {
        assertThat(found[i]).isEqualTo(expected[i], within(1.5));
      }
    }
  }

  @Test
  void tellsWhatSpeaksAgainstAResult() {
    RigidTransform far = new RigidTransform(40, 0, 0, 0, 0, 0, 0, 0, 0);
    Registration.Aligned<String> doubtful =
        new Registration.Aligned<>(
            "", Affine.scaling(2, 1, 1).then(far.toAffine()), far, 1.3, 1.2, 0.4, false);
    assertThat(doubtful.doubts())
        .containsExactly(
            "the search was ended by its number of steps, this is the best so far",
            "as they lie they match as well, measure 1.3000 in the place of 1.2000",
            "only 40 % of the smaller one overlap",
            "turned by 40 degrees, more than is found for sure (about 25)",
            "stretched by a factor of 0.50, more than heads differ");
    assertThat(new Registration.Aligned<>("", Affine.identity(), NONE, 1, 1, 0, false).doubts())
        .containsExactly("no place was found where three tenths of the smaller one overlap");
    assertThat(new Registration.Aligned<>("", Affine.identity(), NONE, 1.2, 1.2, 1, true).doubts())
        .isEmpty();
  }

  /** Slabs and a small field of view, as CT of a part of the head has. */
  @ParameterizedTest
  @CsvSource({"46, 44, 8, -72, -67, -12", "46, 44, 12, -72, -67, -32", "20, 22, 18, -35, -35, -40"})
  void findsTheShiftOfAPartOfTheHead(
      int width, int height, int depth, double x, double y, double z) {
    RigidTransform truth = new RigidTransform(0, 0, 0, 9, -6, 4, 0, 0, 0);
    Affine fixedAffine = Affine.scaling(3, 3, 3).then(Affine.translation(-67.5, -65.5, -74.5));
    Affine movingAffine = Affine.scaling(3, 3, 3).then(Affine.translation(x, y, z));
    MedicalVolume fixed = volume(44, 46, 46, fixedAffine, NONE, false);
    MedicalVolume moving = volume(width, height, depth, movingAffine, truth, true);

    Registration.Aligned<MedicalVolume> result =
        Registration.withDefaults().withLevels(2).align(fixed, moving);

    assertThat(result.converged()).isTrue();
    // Within a voxel.
    double[] middle = movingAffine.apply((width - 1) / 2.0, (height - 1) / 2.0, (depth - 1) / 2.0);
    double[] found = result.transform().inverse().apply(middle[0], middle[1], middle[2]);
    assertThat(found[0]).isEqualTo(middle[0] - 9, within(3.0));
    assertThat(found[1]).isEqualTo(middle[1] + 6, within(3.0));
    assertThat(found[2]).isEqualTo(middle[2] - 4, within(3.0));
  }

  @Test
  void whatCannotOverlapEnoughHasNotConverged() {
    Affine affine = Affine.scaling(3, 3, 3).then(Affine.translation(-67.5, -65.5, -74.5));
    MedicalVolume fixed = volume(44, 46, 46, affine, NONE, false);
    MedicalVolume speck =
        volume(4, 4, 3, Affine.scaling(3, 3, 3).then(Affine.translation(-54, 0, 0)), NONE, true);

    Registration.Aligned<MedicalVolume> result = Registration.withDefaults().align(fixed, speck);

    assertThat(result.converged()).isFalse();
    assertThat(result.measure()).isEqualTo(1);
  }

  @Test
  void findsAKnownRotationAndShiftOfARealPair() throws IOException {
    Path data = Path.of(System.getProperty("brain.data", "../../shared/data"), "ct-mri");
    assumeTrue(Files.isDirectory(data), () -> "no real images: " + data + " is absent");
    MedicalImageReader reader = MedicalImageReader.withDefaults();
    MedicalImage mri = reader.read(data.resolve("MRI/20019.png"));
    MedicalImage ct = reader.read(data.resolve("CT/20019.png"));
    RigidTransform truth = new RigidTransform(0, 0, 9, -11, 7, 0, 127.5, 127.5, 0);
    // The smallest sample fills what the first resampling does not reach.
    Affine back = truth.toAffine().inverse();
    SampledGrid grid =
        SampledGrid.of(VolumeGrid.ofSize(256, 256, 1), ct.samples(), Affine.identity());
    float[] moved = new float[256 * 256];
    for (int i = 0; i < moved.length; i++) {
      int row = i / 256;
      double[] from = back.apply(i % 256, row, 0);
      double value = grid.at(from[0], from[1], 0);
      moved[i] = Double.isNaN(value) ? 0 : (float) value;
    }

    RigidTransform found = Registration.withDefaults().align(mri, ct.withSamples(moved)).rigid();

    assertClose(found, truth, 1, 1);
  }

  @Test
  void givesTheSameTwice() {
    MedicalImage fixed = slice(64, 64, 2, NONE, false);
    MedicalImage moving = slice(64, 64, 2, new RigidTransform(0, 0, 5, 4, 2, 0, 0, 0, 0), true);

    assertThat(Registration.withDefaults().align(fixed, moving))
        .isEqualTo(Registration.withDefaults().align(fixed, moving));
  }

  @Test
  void tellsItsProgress() {
    List<String> calls = new ArrayList<>();
    MedicalImage image = slice(64, 64, 2, NONE, false);

    Registration.Aligned<MedicalImage> unused =
        Registration.withDefaults()
            .withLevels(2)
            .withProgress((what, done, total) -> calls.add(what + ": " + done + " of " + total))
            .align(image, image);

    assertThat(calls)
        .containsExactly(
            "search on level 1 of 2: 1 of 4",
            "search on level 1 of 2: 2 of 4",
            "search on level 1 of 2: 3 of 4",
            "search on level 2 of 2: 4 of 4");
  }

  @Test
  void anInterruptCancels() {
    MedicalImage image = slice(64, 64, 2, NONE, false);
    Interrupted.assertEnds(
        () -> Registration.withDefaults().align(image, image),
        "interrupted at evaluation 0 of a search");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 7})
  void rejectsLevelsOutOfRange(int levels) {
    assertThatThrownBy(() -> Registration.withDefaults().withLevels(levels))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("levels must be 1 to 6, got " + levels);
  }

  @Test
  void rejectsImagesThatCannotBeAligned() {
    MedicalImage image = slice(64, 64, 2, NONE, false);
    MedicalImage constant = MedicalImage.ofGray(4, 4, new float[16]);
    Registration registration = Registration.withDefaults();

    assertThatThrownBy(() -> registration.align(image, constant))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("moving must not be constant, got 0.0 everywhere");
    assertThatThrownBy(() -> registration.align(MedicalImage.of(1, 1, 3, new float[3]), image))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("fixed must be gray (1 channel), got 3");
    assertThatThrownBy(() -> registration.align(image.withSpacing(Spacing.ofMillimeters(1)), image))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("spacing must be known of both images or of none");
  }

  private static void assertClose(
      RigidTransform found, RigidTransform truth, double degrees, double pixels) {
    assertThat(found.rotationZDegrees()).isEqualTo(truth.rotationZDegrees(), within(degrees));
    double[] center = {truth.centerX(), truth.centerY()};
    double[] at = found.toAffine().apply(center[0], center[1], 0);
    assertThat(at[0] - center[0]).isEqualTo(truth.shiftX(), within(pixels));
    assertThat(at[1] - center[1]).isEqualTo(truth.shiftY(), within(pixels));
  }

  private static double meanDifference(MedicalImage a, MedicalImage b) {
    float[] p = a.samples();
    float[] q = b.samples();
    double sum = 0;
    for (int i = 0; i < p.length; i++) {
      sum += Math.abs(p[i] - q[i]);
    }
    return sum / p.length;
  }

  @Test
  void oneSliceIsNotLaidOnAVolumeAndNoNumbersAreTold() {
    MedicalVolume head = volume(24, 20, 16, Affine.identity(), NONE, false);
    float[] samples = head.samples();
    VolumeGrid flat = VolumeGrid.ofSize(24, 20, 1).withAffine(Affine.identity());
    MedicalVolume slice = MedicalVolume.of(flat, Arrays.copyOf(samples, 24 * 20));
    Registration registration = Registration.withDefaults();

    assertThatThrownBy(() -> registration.align(head, slice))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("moving must be a volume of 2 or more voxels along each axis, got 24 x 20 x 1");
    Arrays.fill(samples, Float.NaN);
    MedicalVolume none = MedicalVolume.of(head.grid(), samples);
    assertThatThrownBy(() -> registration.align(none, head))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("fixed must hold finite samples, got none that is a number");
  }
}

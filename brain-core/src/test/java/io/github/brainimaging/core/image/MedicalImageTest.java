package io.github.brainimaging.core.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MedicalImageTest {

  /** Sample (c, x, y) is 100 c + 10 y + x. */
  private final MedicalImage image =
      MedicalImage.of(3, 2, 2, new float[] {0, 1, 2, 10, 11, 12, 100, 101, 102, 110, 111, 112});

  @Test
  void keepsSamplesChannelAfterChannelAndRowAfterRow() {
    assertThat(image.get(2, 1)).isEqualTo(12);
    assertThat(image.get(1, 0, 1)).isEqualTo(101);
    assertThat(image.get(0, 1, 1)).isEqualTo(110);
  }

  @Test
  void knowsNothingThatItWasNotTold() {
    assertThat(image.spacing()).isEqualTo(Spacing.UNKNOWN);
    assertThat(image.modality()).isEqualTo(Modality.UNKNOWN);
    assertThat(image.nominalMaximum()).isNaN();
  }

  @Test
  void doesNotSeeLaterChangesOfTheArray() {
    float[] samples = {1, 2};
    MedicalImage gray = MedicalImage.ofGray(2, 1, samples);
    samples[0] = 99;
    gray.samples()[1] = 99;

    assertThat(gray.samples()).containsExactly(1, 2);
  }

  @Test
  void aTransformThatGoesOnChangingItsArrayDoesNotChangeTheImageItGave() {
    float[] samples = image.samples();
    MedicalImage same = image.withSamples(samples);
    MedicalImage row = image.withPixels(12, 1, 1, samples);
    Arrays.fill(samples, -1);

    assertThat(same).isEqualTo(image);
    assertThat(row.samples()).isEqualTo(image.samples());
  }

  @Test
  void eachWithChangesOneThing() {
    MedicalImage other =
        image
            .withSpacing(new Spacing(1, 2))
            .withModality(Modality.CT)
            .withNominalMaximum(255)
            .withSamples(new float[12]);

    assertThat(other.spacing()).isEqualTo(new Spacing(1, 2));
    assertThat(other.modality()).isEqualTo(Modality.CT);
    assertThat(other.nominalMaximum()).isEqualTo(255);
    assertThat(other.samples()).containsOnly(0);
    assertThat(image.spacing()).isEqualTo(Spacing.UNKNOWN);
    assertThat(image.get(2, 1)).isEqualTo(12);
  }

  @Test
  void imagesMadeOfOneKeepItsWarnings() {
    List<String> told = new ArrayList<>(List.of("the file has 2 pages; the first was read"));
    MedicalImage doubtful = image.withWarnings(told);
    told.clear();

    assertThat(image.warnings()).isEmpty();
    assertThat(
            doubtful
                .withSpacing(Spacing.ofMillimeters(1))
                .withModality(Modality.CT)
                .withNominalMaximum(255)
                .withDisplayRange(0, 9)
                .withFacts(ScanFacts.none())
                .withSamples(new float[12])
                .withPixels(1, 1, 1, new float[1])
                .warnings())
        .containsExactly("the file has 2 pages; the first was read");
    assertThat(doubtful).isEqualTo(image).hasSameHashCodeAs(image);
    assertThat(doubtful.toString()).contains("warnings=1");
  }

  @Test
  void copiesSamplesToAPlaceInABuffer() {
    float[] buffer = new float[5];

    MedicalImage.ofGray(2, 1, new float[] {7, 8}).copySamplesTo(buffer, 3);

    assertThat(buffer).containsExactly(0, 0, 0, 7, 8);
    assertThatThrownBy(() -> image.copySamplesTo(buffer, 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void rangeIgnoresWhatIsNotFinite() {
    float[] samples = {Float.NaN, -3, 5, Float.POSITIVE_INFINITY};

    assertThat(MedicalImage.ofGray(4, 1, samples).range()).containsExactly(-3, 5);
    assertThat(MedicalImage.ofGray(1, 1, new float[] {Float.NaN}).range())
        .containsExactly(Float.NaN, Float.NaN);
  }

  @Test
  void isEqualIfAllIsEqual() {
    MedicalImage same = MedicalImage.of(3, 2, 2, image.samples());

    assertThat(same).isEqualTo(image).hasSameHashCodeAs(image);
    assertThat(same.withNominalMaximum(255)).isNotEqualTo(image);
    assertThat(same.withModality(Modality.MR)).isNotEqualTo(image);
    assertThat(same.withSpacing(Spacing.ofMillimeters(1))).isNotEqualTo(image);
    assertThat(MedicalImage.of(2, 3, 2, image.samples())).isNotEqualTo(image);
  }

  @Test
  void printsNoSamples() {
    assertThat(image.toString()).contains("3x2x2").doesNotContain("112");
  }

  @ParameterizedTest
  @CsvSource({"0, 1, 1, width", "1, -1, 1, height", "1, 1, 0, channels"})
  void rejectsSizesThatAreNotPositive(int width, int height, int channels, String name) {
    assertThatThrownBy(() -> MedicalImage.of(width, height, channels, new float[1]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(name + " must be positive, got ");
  }

  @Test
  void rejectsAnotherNumberOfSamples() {
    assertThatThrownBy(() -> MedicalImage.ofGray(2, 2, new float[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("samples must hold width x height x channels = 2 x 2 x 1 values, got 3");
    // 65536 x 65536 is 0 in 32 bits.
    assertThatThrownBy(() -> MedicalImage.ofGray(65536, 65536, new float[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(floats = {0, -1})
  void rejectsANominalMaximumThatIsNotPositive(float maximum) {
    assertThatThrownBy(() -> image.withNominalMaximum(maximum))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("nominalMaximum must be positive or NaN, got " + maximum);
  }

  @ParameterizedTest
  @CsvSource({"3, 0, 0", "-1, 0, 0", "0, 2, 0", "0, 0, 2"})
  void rejectsPixelsOutside(int x, int y, int channel) {
    assertThatThrownBy(() -> image.get(x, y, channel))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void rejectsASizeWhoseProductOverflows() {
    assertThatThrownBy(() -> MedicalImage.of(1 << 30, 1 << 30, 16, new float[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 0");
  }
}

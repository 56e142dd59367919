package io.github.brainimaging.core.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.Modality;
import io.github.brainimaging.core.inference.Assessment;
import io.github.brainimaging.core.inference.Assessment.Verdict;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContentAssessorTest {

  private static final ContentAssessor OF_MR = ContentAssessor.of(Modality.MR);

  private static float[] ramp() {
    float[] samples = new float[400];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = i;
    }
    return samples;
  }

  private static MedicalImage image(float[] samples) {
    return MedicalImage.of(20, 20, 1, samples);
  }

  @Test
  void aPictureOfUnknownOriginIsInTheDomain() {
    assertThat(OF_MR.assess(image(ramp()))).isEqualTo(Assessment.inDomain());
  }

  @Test
  void anImageOfOneValueHoldsNoPicture() {
    float[] gray = new float[400];
    Arrays.fill(gray, 128);

    assertThat(OF_MR.assess(image(gray)).toString())
        .isEqualTo("out-of-domain: the image holds no picture: 1 gray value in all");
  }

  @Test
  void theFilesModalityDecides() {
    MedicalImage ct = image(ramp()).withModality(Modality.CT);
    MedicalImage t2 = image(ramp()).withModality(Modality.MR_T2);

    assertThat(OF_MR.assess(ct).toString())
        .isEqualTo("out-of-domain: the file says CT; the model was made for MR");
    assertThat(ContentAssessor.of(Modality.CT).assess(ct).verdict()).isEqualTo(Verdict.IN_DOMAIN);
    assertThat(OF_MR.assess(t2).verdict()).isEqualTo(Verdict.IN_DOMAIN);
    assertThat(ContentAssessor.of(Modality.CT).assess(t2).answers()).isFalse();
  }

  @Test
  void hounsfieldUnitsAreOfCtWhateverTheFileLeavesUnsaid() {
    float[] samples = ramp();
    Arrays.fill(samples, 0, 4, -1000);
    MedicalImage air = image(samples);

    assertThat(OF_MR.assess(air).toString())
        .isEqualTo(
            "out-of-domain: its values are Hounsfield units, as of CT; the model was made for MR");
    assertThat(ContentAssessor.of(Modality.CT).assess(air).answers()).isTrue();
    assertThat(OF_MR.assess(air.withModality(Modality.MR)).answers()).isTrue();
    samples[3] = -499; // three of 400 are fewer than one in a hundred
    assertThat(OF_MR.assess(image(samples)).answers()).isTrue();
  }

  @Test
  void anImageWithoutNumbersIsRefused() {
    float[] samples = ramp();
    Arrays.fill(samples, 0, 201, Float.NaN);

    assertThat(OF_MR.assess(image(samples)).reasons())
        .containsExactly("201 of 400 samples are no numbers");
  }

  @Test
  void theWorseOfTwoVerdictsStands() {
    Assessment doubt = new Assessment(Verdict.DOUBTFUL, List.of("unusual contrast"));

    assertThat(OF_MR.and(image -> doubt).assess(image(ramp()))).isEqualTo(doubt);
    assertThat(OF_MR.and(image -> doubt).assess(image(new float[400])).reasons()).hasSize(1);
    assertThat(doubt.and(Assessment.inDomain())).isEqualTo(doubt);
  }
}

package io.github.brainimaging.core.fusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.brainimaging.core.image.MedicalImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("data")
class FusionEvaluationTest {

  private static final FusionReference REFERENCE = FusionReference.read();

  @Test
  void agreesWithScikitImageAndNumpy() {
    FusionEvaluation evaluation =
        FusionEvaluation.of(REFERENCE.mri(), REFERENCE.ct(), REFERENCE.fused("maximum"));

    assertClose(evaluation.entropy(), "entropy");
    assertClose(evaluation.mriInformation(), "mriInformation");
    assertClose(evaluation.ctInformation(), "ctInformation");
    assertClose(evaluation.edgeTransfer(), "edgeTransfer");
    assertClose(evaluation.mriSimilarity(), "mriSimilarity");
    assertClose(evaluation.ctSimilarity(), "ctSimilarity");
    assertClose(evaluation.spatialFrequency(), "spatialFrequency");
  }

  private static void assertClose(double actual, String name) {
    assertThat(actual).as(name).isCloseTo(REFERENCE.measure(name), within(1e-4));
  }

  @Test
  void givesAnImageFusedWithItselfTheBestOfEachMeasure() {
    MedicalImage image = REFERENCE.mri();

    FusionEvaluation evaluation = FusionEvaluation.of(image, image, image);

    assertThat(evaluation.edgeTransfer()).isGreaterThan(0.97);
    assertThat(evaluation.similarity()).isCloseTo(1, within(1e-9));
    assertThat(evaluation.mutualInformation()).isCloseTo(2 * evaluation.entropy(), within(1e-9));
  }

  @Test
  void givesNaNWhereAMeasureIsUndefined() {
    MedicalImage black = MedicalImage.ofGray(4, 3, new float[12]);

    FusionEvaluation evaluation = FusionEvaluation.of(black, black, black);

    assertThat(evaluation.edgeTransfer()).isNaN();
    assertThat(evaluation.similarity()).isNaN();
    assertThat(evaluation.entropy()).isZero();
    assertThat(evaluation.spatialFrequency()).isZero();
  }

  @Test
  void printsAllMeasures() {
    assertThat(FusionEvaluation.of(REFERENCE.mri(), REFERENCE.ct(), REFERENCE.ct()))
        .asString()
        .matches(
            "entropy .* bit, mutual information .* \\(MRI\\) \\+ .* \\(CT\\) bit, QAB/F .*, SSIM .*"
                + " \\(MRI\\) 1\\.0000 \\(CT\\), spatial frequency .*");
  }

  @Test
  void rejectsAFusedImageOfAnotherSize() {
    assertThatThrownBy(
            () ->
                FusionEvaluation.of(
                    REFERENCE.mri(), REFERENCE.ct(), MedicalImage.ofGray(1, 1, new float[1])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("fused must have the size of mri, 28 x 20, got 1 x 1");
  }

  @Test
  void theGuidedFilterKeepsMoreEdgesOfRealSlicesThanTheMean() throws IOException {
    Path data = Path.of(System.getProperty("brain.data", "../../shared/data"), "ct-mri");
    assumeTrue(Files.isDirectory(data), () -> "no real images: " + data + " is absent");

    assertThat(edgeTransfer(data, ImageFusion.guidedFilter()))
        .isGreaterThan(edgeTransfer(data, ImageFusion.average()) + 0.15);
  }

  private static double edgeTransfer(Path data, ImageFusion fusion) throws IOException {
    return FusionTable.evaluate(data, fusion, 6).stream()
        .mapToDouble(FusionEvaluation::edgeTransfer)
        .average()
        .orElseThrow();
  }
}

package io.github.brainimaging.core.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.MedicalVolume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Three of the moves of {@link KnownMoves}, whose program does all of them. */
@Tag("data")
class TargetRegistrationErrorTest {

  @ParameterizedTest
  @CsvSource({
    "skull-strip/ch2.nii.gz, 2",
    "lgg/TCGA_DU_5872_19950223, 2",
    "lgg/TCGA_DU_5872_19950223, 42"
  })
  void findsARealHeadAgainWithinAMillimeter(String head, int number) throws IOException {
    MedicalVolume still = head(head);
    RigidTransform move = KnownMoves.move(still, number);
    MedicalVolume moved = KnownMoves.moved(still, move.toAffine(), number);

    Registration.Aligned<MedicalVolume> found = Registration.withDefaults().align(still, moved);

    KnownMoves.Errors errors = KnownMoves.errors(still, move.toAffine(), found.transform());
    assertThat(errors.mean()).isLessThan(1);
    assertThat(errors.most()).isLessThan(2);
    assertThat(found.doubts()).isEmpty();
  }

  /** Longer by a tenth, narrower and askew, turned and shifted. */
  @Test
  void findsAnAffineTransformOfARealHead() throws IOException {
    MedicalVolume still = head("skull-strip/ch2.nii.gz");
    RigidTransform turn = new RigidTransform(6, -5, 9, 8, -6, 5, 0, 0, 0);
    Affine truth =
        Affine.of(0.94, 0.03, 0, 0, 0, 1.1, -0.02, 0, 0, 0, 1.05, 0).then(turn.toAffine());
    MedicalVolume moved = KnownMoves.moved(still, truth, 1);

    Registration.Aligned<MedicalVolume> found =
        Registration.withDefaults().withAffine(true).align(still, moved);

    KnownMoves.Errors errors = KnownMoves.errors(still, truth, found.transform());
    assertThat(errors.mean()).isLessThan(0.5);
    assertThat(errors.most()).isLessThan(1);
  }

  private static MedicalVolume head(String name) throws IOException {
    Path file = Path.of(System.getProperty("brain.data", "../../shared/data"), name);
    assumeTrue(Files.exists(file), () -> "no real images: " + file + " is absent");
    return KnownMoves.read(file);
  }
}

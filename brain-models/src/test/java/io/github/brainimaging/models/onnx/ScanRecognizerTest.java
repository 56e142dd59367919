package io.github.brainimaging.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.Modality;
import io.github.brainimaging.core.image.ScanFacts;
import io.github.brainimaging.core.image.ScanFacts.Fact;
import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.core.io.MedicalVolumeReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("data")
class ScanRecognizerTest {

  private static final Path DATA = Path.of(System.getProperty("brain.data", "../../shared/data"));

  private static final ScanRecognizer RECOGNIZER = ScanRecognizer.embedded();

  @AfterAll
  static void close() {
    RECOGNIZER.close();
  }

  private static Path file(String name) {
    Path file = DATA.resolve(name);
    assumeTrue(Files.exists(file), () -> "no such file: " + file);
    return file;
  }

  /** Of a patient who is in no training data. */
  @ParameterizedTest
  @CsvSource({"ms12_s1_T1W, MR_T1", "ms12_s1_T2W, MR_T2", "ms12_s1_FLAIR, MR_FLAIR"})
  void recognizesTheSequenceOfAHead(String name, Modality expected) throws IOException {
    ScanFacts facts =
        RECOGNIZER.recognize(
            MedicalVolumeReader.withDefaults().read(file("volumes/heads/" + name + ".nii.gz")));

    assertThat(facts.modality()).isEqualTo(expected);
    assertThat(facts.facts()).allMatch(fact -> fact.source().equals("image"));
    assertThat(facts.find(ScanFacts.PLANE)).isEmpty();
  }

  /** As docs/scan-labels.csv tells them; most of the figures stand in docs/domain.md. */
  @Test
  void mostSlicesOfAKnownCollectionAreRecognized() throws IOException {
    Path folder = file("brain-tumor-mri");
    int all = 0;
    int right = 0;
    int planes = 0;
    for (String line : Files.readAllLines(Path.of("../docs/scan-labels.csv"))) {
      String[] fields = line.split(",", -1);
      if (fields[0].startsWith("validation/")) {
        ScanFacts facts =
            RECOGNIZER.recognize(MedicalImageReader.withDefaults().read(folder.resolve(fields[0])));
        String kind = fields[1].equals("CT") ? ScanFacts.MODALITY : ScanFacts.SEQUENCE;
        all++;
        right += told(facts, kind).equals(fields[1]) ? 1 : 0;
        planes += told(facts, ScanFacts.PLANE).equals(fields[2]) ? 1 : 0;
      }
    }

    assertThat(all).isEqualTo(119);
    assertThat(right).isGreaterThan(104);
    assertThat(planes).isGreaterThan(100);
  }

  private static String told(ScanFacts facts, String name) {
    return facts.find(name).map(Fact::value).orElse("");
  }

  @Test
  void theScaleOfTheValuesDoesNotMatterAndNothingIsToldTwice() {
    float[] disk = new float[64 * 64];
    float[] scaled = new float[64 * 64];
    for (int i = 0; i < disk.length; i++) {
      double r = Math.hypot(i % 64 - 32, Math.floorDiv(i, 64) - 32);
      disk[i] = r < 10 ? 200 : r < 24 ? 90 : r < 28 ? 160 : 0;
      scaled[i] = disk[i] / 255f;
    }

    ScanFacts facts = RECOGNIZER.recognize(MedicalImage.ofGray(64, 64, disk));
    ScanFacts again = RECOGNIZER.recognize(MedicalImage.ofGray(64, 64, scaled));

    assertThat(facts.facts()).allMatch(fact -> fact.confidence() >= 0.5);
    assertThat(facts.find(ScanFacts.MODALITY)).isPresent();
    assertThat(again.facts().stream().map(Fact::value))
        .containsExactlyElementsOf(facts.facts().stream().map(Fact::value).toList());
  }

  @Test
  void aClosedOneSaysSo() {
    ScanRecognizer closed = ScanRecognizer.embedded();
    closed.close();
    closed.close();

    assertThatThrownBy(() -> closed.recognize(MedicalImage.ofGray(2, 1, new float[] {0, 1})))
        .isInstanceOf(IllegalStateException.class);
  }
}

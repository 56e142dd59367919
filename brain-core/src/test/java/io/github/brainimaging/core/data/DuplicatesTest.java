package io.github.brainimaging.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.brainimaging.core.data.DataSet.LabeledFile;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.io.PngImageWriter;
import io.github.brainimaging.core.transform.spatial.Resize;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuplicatesTest {

  @TempDir Path folder;

  /** Smooth waves, different for each kind. */
  private static MedicalImage waves(int kind) {
    float[] samples = new float[64 * 64];
    for (int y = 0; y < 64; y++) {
      for (int x = 0; x < 64; x++) {
        double wave = Math.sin(x * (0.1 + 0.07 * kind) + kind) + Math.cos(y * 0.13 * (kind + 1));
        samples[y * 64 + x] = Math.round(128 + 60 * wave);
      }
    }
    return MedicalImage.ofGray(64, 64, samples);
  }

  private LabeledFile write(String name, MedicalImage image) throws IOException {
    float[] samples = image.samples();
    for (int i = 0; i < samples.length; i++) {
      samples[i] = Math.round(samples[i]);
    }
    PngImageWriter.write(image.withSamples(samples), folder.resolve(name));
    return new LabeledFile(folder.resolve(name), 0, "");
  }

  private static DataSet set(LabeledFile... images) {
    return new DataSet(List.of("a", "b"), List.of(images));
  }

  @Test
  void findsExactAndNearCopiesAndLeavesOthers() throws IOException {
    LabeledFile original = write("original.png", waves(1));
    LabeledFile other = write("other.png", waves(2));
    LabeledFile exact = write("exact.png", waves(1));
    LabeledFile smaller = write("smaller.png", Resize.to(48, 48).apply(waves(1)));
    LabeledFile alone = write("alone.png", waves(3));

    DataSet training = set(exact, smaller, alone);
    Duplicates found = Duplicates.between(training, set(other, original), Duplicates.NEAR);

    assertThat(found.copies()).hasSize(2);
    assertThat(found.copies().get(0))
        .isEqualTo(new Duplicates.Copy(exact.file(), original.file(), 0, true));
    assertThat(found.copies().get(1).original()).isEqualTo(original.file());
    assertThat(found.copies().get(1).exact()).isFalse();
    assertThat(found.copies().get(1).distance()).isBetween(0, Duplicates.NEAR);
    assertThat(found.toString())
        .contains("2 copies, 1 of them exact", exact.file() + " is " + original.file());
    assertThat(training.without(found.files()).images()).containsExactly(alone);
  }

  @Test
  void theHashIsThatOfItsDefinition() {
    MedicalImage ramp =
        MedicalImage.ofGray(17, 16, range(17 * 16)); // grows to the right, so every bit is set
    assertThat(ImageFingerprint.of(ramp).difference().cardinality()).isEqualTo(256);
    MedicalImage flat = MedicalImage.ofGray(17, 16, new float[17 * 16]);
    assertThat(ImageFingerprint.of(flat).difference().cardinality()).isZero();
    assertThat(ImageFingerprint.of(flat).distance(ImageFingerprint.of(ramp))).isEqualTo(256);
  }

  private static float[] range(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = i;
    }
    return values;
  }

  @Test
  void nothingIsACopyOfNothing() throws IOException {
    assertThat(Duplicates.between(set(write("x.png", waves(1))), set(), 8).copies()).isEmpty();
    assertThat(Stream.of(-1, 257))
        .allSatisfy(
            distance ->
                assertThatThrownBy(() -> Duplicates.between(set(), set(), distance))
                    .isInstanceOf(IllegalArgumentException.class));
  }
}

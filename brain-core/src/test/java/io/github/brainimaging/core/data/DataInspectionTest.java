package io.github.brainimaging.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.brainimaging.core.data.DataSet.LabeledFile;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.io.PngImageWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataInspectionTest {

  @TempDir Path folder;

  private final SplittableRandom random = new SplittableRandom(3);

  private static DataSet set(List<LabeledFile> images) {
    return new DataSet(List.of("glioma", "notumor"), images);
  }

  /** Noise of its own around a level. */
  private LabeledFile write(String name, int label, int level) throws IOException {
    float[] samples = new float[24 * 20];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = level + random.nextInt(40);
    }
    PngImageWriter.write(MedicalImage.ofGray(24, 20, samples), folder.resolve(name));
    return new LabeledFile(folder.resolve(name), label, "");
  }

  private List<LabeledFile> images(String part, int count, int darker, int brighter)
      throws IOException {
    List<LabeledFile> images = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      images.add(write(part + i + ".png", i % 2, i % 2 == 0 ? darker : brighter));
    }
    return images;
  }

  private LabeledFile copy(LabeledFile of, String name, int label) throws IOException {
    return new LabeledFile(Files.copy(of.file(), folder.resolve(name)), label, of.group());
  }

  @Test
  void grayValuesThatTellTheClassAreAShortcut() throws IOException {
    DataInspection found = DataInspection.of(set(images("a", 40, 20, 90)));

    assertThat(found.shortcut()).isEqualTo(new DataInspection.Shortcut(1, 0.5, 8));
    assertThat(found.toString()).contains("right in 1.000 of 8 images", "without looking at");
  }

  @Test
  void grayValuesThatAreAlikeAreNone() throws IOException {
    DataInspection found = DataInspection.of(set(images("a", 60, 50, 50)));

    assertThat(found.shortcut().accuracy()).isBetween(0.15, 0.85);
    assertThat(new DataInspection.Shortcut(0.55, 0.5, 100))
        .hasToString(
            "ten gray-value statistics alone are right in 0.550 of 100 images (the most frequent class:"
                + " 0.500): they tell little");
  }

  @Test
  void countsClassesCopiesAndContradictions() throws IOException {
    List<LabeledFile> images = images("a", 10, 20, 90);
    images.add(copy(images.get(0), "same.png", 0));
    images.add(copy(images.get(0), "contradiction.png", 1));

    DataInspection found = DataInspection.of(set(images));

    DataInspection.ClassFigures glioma = found.classes().get(0);
    assertThat(glioma.label()).isEqualTo("glioma");
    assertThat(glioma.images()).isEqualTo(6);
    assertThat(glioma.width()).isEqualTo(new DataInspection.Spread(24, 24, 24));
    assertThat(glioma.height().median()).isEqualTo(20);
    assertThat(glioma.mean().median()).isCloseTo(39.5, within(2.0));
    assertThat(found.copies().files())
        .containsExactly(folder.resolve("same.png"), folder.resolve("contradiction.png"));
    assertThat(found.copies().copies()).allMatch(Duplicates.Copy::exact);
    assertThat(found.contradicting()).isEqualTo(1);
    assertThat(found.test()).isEmpty();
  }

  @Test
  void tellsWhatATestHasInCommonAndAsksTheRest() throws IOException {
    List<LabeledFile> learned = images("a", 20, 20, 90);
    List<LabeledFile> asked = images("b", 6, 20, 90);
    asked.add(copy(learned.get(1), "known.png", 1));
    asked.add(copy(learned.get(3), "known2.png", 1));

    // The test names its classes in another order.
    List<LabeledFile> turned =
        asked.stream().map(f -> new LabeledFile(f.file(), 1 - f.label(), "patient")).toList();
    DataSet test = new DataSet(List.of("notumor", "glioma"), turned);
    List<LabeledFile> grouped =
        learned.stream().map(f -> new LabeledFile(f.file(), f.label(), "patient")).toList();
    DataInspection found = DataInspection.of(set(grouped), test);

    DataInspection.TestFigures figures = found.test().orElseThrow();
    assertThat(figures.images()).isEqualTo(8);
    assertThat(figures.copiedShare()).isEqualTo(0.25);
    assertThat(figures.sharedGroups()).containsExactly("patient");
    assertThat(found.classes().get(0).groups()).isEqualTo(1);
    assertThat(found.shortcut()).isEqualTo(new DataInspection.Shortcut(1, 0.5, 6));
    assertThat(found.toString()).contains("2 of 8 images (25.0 %)", "1 groups are in both");
  }

  @Test
  void aFileThatCannotBeReadIsToldAndCountsNowhere() throws IOException {
    List<LabeledFile> images = images("a", 10, 20, 90);
    Path broken = Files.write(folder.resolve("broken.png"), new byte[] {1, 2, 3});
    images.add(new LabeledFile(broken, 0, ""));

    DataInspection found = DataInspection.of(set(images));

    assertThat(found.unreadable()).containsOnlyKeys(broken);
    assertThat(found.classes().get(0).images()).isEqualTo(5);
    assertThat(found.toString()).contains("cannot be read: " + broken);
  }

  @Test
  void refusesATestOfOtherClasses() throws IOException {
    DataSet data = set(images("a", 4, 20, 90));
    DataSet other = new DataSet(List.of("glioma", "pituitary"), data.images());

    assertThatThrownBy(() -> DataInspection.of(data, other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("test must have classes of [glioma, notumor]");
  }

  /** NumPy's mean, std, percentile; SciPy's skew and kurtosis (Pearson's) of the same values. */
  @Test
  void statisticsAreNumPys() {
    float[] samples = {0, 1, 2, 3, 50, 60, 70, 200, 201, 255};

    List<Double> found = ImageFacts.statistics(samples);

    double[] expected = {
      84.2,
      92.4897832195535,
      0.7341112929192902,
      1.9214111959620477,
      0.45,
      2.25,
      55.0,
      167.5,
      230.69999999999993,
      0.4
    };
    for (int i = 0; i < expected.length; i++) {
      assertThat(found.get(i)).as(ImageFacts.GRAY.get(i)).isCloseTo(expected[i], within(1e-9));
    }
    assertThat(ImageFacts.statistics(new float[] {7, 7, 7})).startsWith(7.0, 0.0, 0.0, 0.0);
  }
}

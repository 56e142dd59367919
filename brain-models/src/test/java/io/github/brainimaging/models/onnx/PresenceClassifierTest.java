package io.github.brainimaging.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.brainimaging.core.explanation.Explainer;
import io.github.brainimaging.core.explanation.Explanation;
import io.github.brainimaging.core.explanation.MapScore;
import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.inference.Classifier;
import io.github.brainimaging.core.inference.SecondOpinion;
import io.github.brainimaging.core.io.MedicalImageReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("data")
class PresenceClassifierTest {

  private static final Path DATA = Path.of(System.getProperty("brain.data", "../../shared/data"));

  private static final PresenceClassifier PRESENCE = PresenceClassifier.embedded();

  @AfterAll
  static void close() {
    PRESENCE.close();
  }

  /** Every nth file of a folder. */
  private static List<Path> files(String folder, String name, int n) throws IOException {
    Path root = DATA.resolve(folder);
    assumeTrue(Files.exists(root), () -> "no such folder: " + root);
    List<Path> taken = new ArrayList<>();
    try (Stream<Path> all = Files.walk(root)) {
      List<Path> found =
          all.filter(file -> file.getFileName().toString().matches(name)).sorted().toList();
      for (int i = 0; i < found.size(); i += n) {
        taken.add(found.get(i));
      }
    }
    return taken;
  }

  private static double shareWithTumor(Classifier classifier, List<Path> files) throws IOException {
    assertThat(files).isNotEmpty();
    int tumors = 0;
    for (Path file : files) {
      tumors += classifier.classify(MedicalImageReader.withDefaults().read(file)).isTumor() ? 1 : 0;
    }
    return tumors / (double) files.size();
  }

  /** Kept apart from what it learned; docs/domain.md has the figures of all. */
  @Test
  void tellsTumorsFromHealthySlices() throws IOException {
    String pictures = ".*\\.jpg";

    for (String kind : List.of("glioma", "meningioma", "pituitary")) {
      assertThat(shareWithTumor(PRESENCE, files("brain-tumor-mri/validation/" + kind, pictures, 6)))
          .as(kind)
          .isGreaterThan(0.85);
    }
    assertThat(shareWithTumor(PRESENCE, files("brain-tumor-mri/validation/notumor", pictures, 4)))
        .isLessThan(0.25);
  }

  /** No weight has seen a glioma on FLAIR, nor any slice of LGG. */
  @Test
  void asSecondOpinionItFindsGliomasOnFlairThatTheClassifierPassesOver() throws IOException {
    List<Path> gliomas = new ArrayList<>();
    for (Path file : files("lgg", "\\d+_mask\\.png", 20)) {
      var mask = MedicalImageReader.withDefaults().read(file);
      double inside = 0;
      for (float value : mask.samples()) {
        inside += value > 0 ? 1 : 0;
      }
      if (inside > 300) {
        gliomas.add(file.resolveSibling(file.getFileName().toString().replace("mask", "flair")));
      }
    }
    try (OnnxClassifier alone = OnnxClassifier.embedded()) {
      double before = shareWithTumor(alone, gliomas);

      assertThat(shareWithTumor(SecondOpinion.of(alone, PRESENCE), gliomas))
          .isGreaterThan(before + 0.1);
    }
  }

  /** Slices kept apart from all training; docs/explanation.md has the figures of all 300. */
  @Test
  void showsWhereATumorIs() throws IOException {
    Path names = Path.of("../docs/t1ce-masks-held-apart.txt");
    Path root = DATA.resolve("t1ce-masks");
    assumeTrue(Files.exists(root), () -> "no such folder: " + root);
    Explainer places = PRESENCE.explainer(List.of("glioma"), List.of("glioma"));
    List<String> all = Files.readAllLines(names);
    int hits = 0;
    int asked = 0;
    for (int i = 0; i < all.size(); i += 10) {
      MedicalImage image = read(root.resolve("images/" + all.get(i) + ".jpg"));
      Mask truth = Mask.above(read(root.resolve("masks/" + all.get(i) + ".png")), 127);
      Explanation map = places.explain(image, "glioma");
      hits += MapScore.of(map, truth).hit(Math.max(image.width(), image.height())) ? 1 : 0;
      asked++;
      assertThat(map.map()).isEqualTo(places.explain(image, "tumor").map());
    }

    assertThat(hits / (double) asked).isGreaterThan(0.8);
  }

  private static MedicalImage read(Path file) throws IOException {
    return MedicalImageReader.withDefaults().read(file);
  }

  @Test
  void whatSpeaksForATumorSpeaksAgainstNone() {
    MedicalImage image = Classifiers.noise(1).get(0);
    Explainer places = PRESENCE.explainer(List.of("meningioma", "cyst"), List.of("meningioma"));

    Explanation tumor = places.explain(image, "meningioma");
    Explanation none = places.explain(image, "notumor");

    assertThat(tumor.rankCorrelation(none)).isCloseTo(-1, within(1e-6));
    assertThat(tumor.method()).isEqualTo("presence");
    assertThat(tumor.label()).isEqualTo("meningioma");
    assertThat(places.explain(image).label()).isEqualTo(PRESENCE.classify(image).label());
    assertThat(places.explain(image, "cyst").map()).isEqualTo(none.map());
    assertThatThrownBy(() -> places.explain(image, "glioma"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("label must be one of", "got glioma");
  }

  @Test
  void refusesToWorkOnceClosed() {
    PresenceClassifier closed = PresenceClassifier.embedded(1);
    closed.close();
    closed.close();

    assertThatThrownBy(() -> closed.classify(Classifiers.noise(1).get(0)))
        .isInstanceOf(IllegalStateException.class);
  }
}

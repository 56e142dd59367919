package io.github.brainimaging.core.slice;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.brainimaging.core.geometry.AnatomicalPlane;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.inference.Assessment;
import io.github.brainimaging.core.inference.Assessment.Verdict;
import io.github.brainimaging.core.inference.Classifier;
import io.github.brainimaging.core.inference.Prediction;
import java.util.List;
import org.junit.jupiter.api.Test;

class SliceClassifierTest {

  private static final Assessment AIR =
      new Assessment(Verdict.OUT_OF_DOMAIN, List.of("nothing but air"));

  /** Refuses slices whose brightest pixel is below 10; the others have a tumor by their value. */
  private static final Classifier CLASSIFIER =
      new Classifier() {
        @Override
        public List<String> labels() {
          return List.of("tumor", "normal");
        }

        @Override
        public Prediction classify(MedicalImage image) {
          float value = image.range()[1];
          Prediction said = Prediction.of(labels(), value / 100, 1 - value / 100);
          return value < 10 ? said.withAssessment(AIR) : said;
        }
      };

  private static Prediction classify(int... brightest) {
    float[] samples = new float[4 * brightest.length];
    for (int z = 0; z < brightest.length; z++) {
      samples[4 * z] = brightest[z];
    }
    MedicalVolume volume = MedicalVolume.of(VolumeGrid.ofSize(2, 2, brightest.length), samples);
    return SliceClassifier.of(
            CLASSIFIER, SliceSampling.all(AnatomicalPlane.AXIAL), SliceRule.mean())
        .classify(volume);
  }

  @Test
  void slicesOutOfTheDomainDoNotCount() {
    Prediction volume = classify(2, 80, 60, 40, 2);

    assertThat(volume.probability("tumor")).isEqualTo(0.6, within());
    assertThat(volume.assessment()).isEqualTo(Assessment.inDomain());
  }

  @Test
  void aVolumeOfWhichMostIsOutOfTheDomainIsSo() {
    Prediction volume = classify(2, 2, 50);

    assertThat(volume.assessment().verdict()).isEqualTo(Verdict.OUT_OF_DOMAIN);
    assertThat(volume.assessment().reasons()).containsExactly("2 of 3 slices: nothing but air");
  }

  private static org.assertj.core.data.Offset<Double> within() {
    return org.assertj.core.data.Offset.offset(1e-6);
  }
}

package io.github.brainimaging.core.slice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.brainimaging.core.domain.BrainVolume;
import io.github.brainimaging.core.geometry.AnatomicalPlane;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.inference.Assessment;
import io.github.brainimaging.core.inference.Assessment.Verdict;
import io.github.brainimaging.core.inference.Classifier;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.inference.SlicePrediction;
import io.github.brainimaging.core.inference.VolumePrediction;
import io.github.brainimaging.core.testing.Interrupted;
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

  private static VolumePrediction classify(int... brightest) {
    return classify(SliceRule.mean(), brightest);
  }

  private static VolumePrediction classify(SliceRule rule, int... brightest) {
    float[] samples = new float[4 * brightest.length];
    for (int z = 0; z < brightest.length; z++) {
      samples[4 * z] = brightest[z];
    }
    MedicalVolume volume = MedicalVolume.of(VolumeGrid.ofSize(2, 2, brightest.length), samples);
    return SliceClassifier.of(CLASSIFIER, SliceSampling.all(AnatomicalPlane.AXIAL), rule)
        .classifySlices(volume);
  }

  @Test
  void anInterruptEndsIt() {
    Interrupted.assertEnds(() -> classify(80, 60), "interrupted at image 0 of 2");
  }

  @Test
  @SuppressWarnings("NullAway")
  void aClassifierThatGivesNothingIsNamed() {
    Classifier silent =
        new Classifier() {
          @Override
          public List<String> labels() {
            return CLASSIFIER.labels();
          }

          @Override
          public Prediction classify(MedicalImage image) {
            return null;
          }

          @Override
          public String toString() {
            return "the silent one";
          }
        };
    MedicalVolume volume = MedicalVolume.of(VolumeGrid.ofSize(2, 2, 2), new float[8]);
    SliceClassifier slices =
        SliceClassifier.of(silent, SliceSampling.all(AnatomicalPlane.AXIAL), SliceRule.mean());

    assertThatThrownBy(() -> slices.classify(volume))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "the silent one must give a prediction for each of 2 slices, gave [null, null]");
  }

  @Test
  void slicesOutOfTheDomainDoNotCount() {
    Prediction volume = classify(2, 80, 60, 40, 2).prediction();

    assertThat(volume.probability("tumor")).isEqualTo(0.6, within());
    assertThat(volume.assessment()).isEqualTo(Assessment.inDomain());
  }

  @Test
  void aVolumeOfWhichMostIsOutOfTheDomainIsSo() {
    Prediction volume = classify(2, 2, 50).prediction();

    assertThat(volume.assessment().verdict()).isEqualTo(Verdict.OUT_OF_DOMAIN);
    assertThat(volume.assessment().reasons()).containsExactly("2 of 3 slices: nothing but air");
  }

  @Test
  void tellsWhatWasSaidOfEachSliceAndWhichDecided() {
    VolumePrediction volume = classify(SliceRule.majority(), 2, 80, 90, 40);

    assertThat(volume.prediction().probability("tumor")).isEqualTo(0.85, within());
    assertThat(volume.slices()).extracting(SlicePrediction::number).containsExactly(0, 1, 2, 3);
    assertThat(volume.slices())
        .extracting(SlicePrediction::weight)
        .containsExactly(0.0, 0.5, 0.5, 0.0);
    assertThat(volume.slices().get(0).prediction().assessment()).isEqualTo(AIR);
    assertThat(volume.slices().get(3).prediction().isTumor()).isFalse();
  }

  @Test
  void whereNoBrainIsFoundTheVolumeIsOutOfTheDomain() {
    MedicalVolume volume =
        MedicalVolume.of(VolumeGrid.ofSize(2, 2, 2), new float[] {0, 50, 0, 0, 0, 90, 0, 0});
    SliceSampling noBrain =
        SliceSampling.ofBrain(head -> VolumeMask.empty(head.grid()), BrainVolume.ofPeople());

    Prediction said = SliceClassifier.of(CLASSIFIER, noBrain, SliceRule.mean()).classify(volume);

    assertThat(said.assessment().reasons()).containsExactly("no brain was found");
    assertThat(said.probability("tumor")).isEqualTo(0.7, within());
  }

  private static org.assertj.core.data.Offset<Double> within() {
    return org.assertj.core.data.Offset.offset(1e-6);
  }
}

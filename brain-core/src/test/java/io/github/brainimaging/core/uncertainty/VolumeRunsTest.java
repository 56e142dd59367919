package io.github.brainimaging.core.uncertainty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.brainimaging.core.explanation.SpotClassifier;
import io.github.brainimaging.core.geometry.AnatomicalPlane;
import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.image.VoxelSpacing;
import io.github.brainimaging.core.inference.Classifier;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.inference.Segmentation;
import io.github.brainimaging.core.inference.Segmenter;
import io.github.brainimaging.core.inference.VolumeClassifier;
import io.github.brainimaging.core.inference.VolumeMaskUncertainty;
import io.github.brainimaging.core.inference.VolumePrediction;
import io.github.brainimaging.core.inference.VolumeSegmentation;
import io.github.brainimaging.core.inference.VolumeSegmenter;
import io.github.brainimaging.core.slice.SliceClassifier;
import io.github.brainimaging.core.slice.SliceRule;
import io.github.brainimaging.core.slice.SliceSampling;
import io.github.brainimaging.core.slice.SliceSegmenter;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class VolumeRunsTest {

  /** Eight voxels of 1 ml in a row. */
  private static final VolumeGrid ROW =
      VolumeGrid.ofSize(8, 1, 1).withSpacing(VoxelSpacing.ofMillimeters(10));

  private static final SpotClassifier LEFT = new SpotClassifier(10, 30);
  private static final TestTimeAugmentation STILL =
      TestTimeAugmentation.withDefaults().withRotationDegrees(0).withShift(0).withGamma(1);

  private static VolumeSegmentation first(int voxels, double confidence) {
    boolean[] inside = new boolean[8];
    Arrays.fill(inside, 0, voxels, true);
    return new VolumeSegmentation(
        VolumeMask.of(ROW, inside), OptionalDouble.of(confidence), List.of("first " + voxels));
  }

  @Test
  void halfOfTheRunsDecideAndTheirSizesAreTold() {
    VolumeSegmentation all =
        VolumeSegmentation.ofRuns(
            List.of(first(4, 0.9), first(2, 0.7), first(6, 0.8), first(4, 0.8)));

    assertThat(all.mask()).isEqualTo(first(4, 0).mask());
    assertThat(all.confidence().getAsDouble()).isCloseTo(0.8, within(1e-12));
    assertThat(all.remarks()).containsExactly("in the first run: first 4");
    VolumeMaskUncertainty doubt = all.uncertainty().orElseThrow();
    assertThat(doubt.runs()).isEqualTo(4);
    assertThat(doubt.shares().samples()).containsExactly(1, 1, 0.75f, 0.75f, 0.25f, 0.25f, 0, 0);
    // Sizes 2, 4, 4, 6; the fifth percentile lies 0.15 of the way from the first to the second.
    assertThat(doubt.low()).isCloseTo(2.3, within(1e-9));
    assertThat(doubt.high()).isCloseTo(5.7, within(1e-9));
    assertThat(doubt.lowMl().getAsDouble()).isCloseTo(2.3, within(1e-9));
    assertThat(doubt.highMl().getAsDouble()).isCloseTo(5.7, within(1e-9));
    assertThat(doubt.agreement()).isCloseTo((1 + 4 / 6.0 + 0.8 + 1) / 4, within(1e-9));
    float[] entropy = doubt.entropy().samples();
    assertThat(entropy[0]).isZero();
    assertThat((double) entropy[2]).isCloseTo(0.5623, within(1e-4));
    assertThat(entropy[4]).isEqualTo(entropy[2]);
  }

  @Test
  void whatIsLeftOutLaterLeavesTheDoubt() {
    VolumeSegmentation all = VolumeSegmentation.ofRuns(List.of(first(4, 0.9), first(2, 0.7)));

    VolumeSegmentation less = all.leaving(VolumeMask.empty(ROW), "too small");

    assertThat(less.uncertainty()).isEqualTo(all.uncertainty());
    assertThat(less.remarks()).containsExactly("in the first run: first 4", "too small");
  }

  @Test
  void emptyRunsAgree() {
    VolumeSegmentation none = new VolumeSegmentation(VolumeMask.empty(ROW), OptionalDouble.empty());

    VolumeSegmentation all = VolumeSegmentation.ofRuns(List.of(none, none));

    assertThat(all.found()).isFalse();
    assertThat(all.confidence()).isEmpty();
    assertThat(all.uncertainty().orElseThrow().agreement()).isEqualTo(1);
    assertThat(all.uncertainty().orElseThrow().high()).isZero();
  }

  @Test
  void runsOnSeveralGridsAreRefused() {
    VolumeSegmentation other =
        new VolumeSegmentation(
            VolumeMask.empty(VolumeGrid.ofSize(8, 1, 1)), OptionalDouble.empty());

    assertThatThrownBy(() -> VolumeSegmentation.ofRuns(List.of(first(1, 1), other)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("runs must lie on one grid");
    assertThatThrownBy(() -> VolumeSegmentation.ofRuns(List.of()))
        .hasMessage("runs must be at least one, got []");
    assertThatThrownBy(() -> Ensemble.ofVolumeSegmenters(List.of(volume -> other)))
        .hasMessage("members must be at least 2, got 1");
  }

  @Test
  void anEnsembleAsksAllItsMembers() {
    VolumeSegmenter both =
        Ensemble.ofVolumeSegmenters(List.of(volume -> first(4, 0.9), volume -> first(2, 0.7)));
    MedicalVolume volume = MedicalVolume.of(ROW, new float[8]);

    assertThat(both.segment(volume).uncertainty().orElseThrow().runs()).isEqualTo(2);

    MedicalVolume head = head();
    VolumeClassifier left = slicewise(LEFT);
    VolumeClassifier right = slicewise(new SpotClassifier(46, 30));
    Prediction mean = Ensemble.ofVolumeClassifiers(List.of(left, right)).classify(head);
    assertThat(mean.probability("spot"))
        .isCloseTo(
            (left.classify(head).probability("spot") + right.classify(head).probability("spot"))
                / 2,
            within(1e-9));
    assertThat(mean.uncertainty().orElseThrow().runs()).isEqualTo(2);
    assertThatThrownBy(() -> Ensemble.ofVolumeClassifiers(List.of(left)))
        .hasMessage("members must be at least 2, got 1");
  }

  /** Two slices with the spot of {@link #LEFT}. */
  private static MedicalVolume head() {
    float[] slice = LEFT.head(64, 60).samples();
    float[] samples = Arrays.copyOf(slice, 2 * slice.length);
    System.arraycopy(slice, 0, samples, slice.length, slice.length);
    return MedicalVolume.of(VolumeGrid.ofSize(64, 60, 2), samples);
  }

  private static VolumeClassifier slicewise(Classifier classifier) {
    return SliceClassifier.of(
        classifier, SliceSampling.all(AnatomicalPlane.AXIAL), SliceRule.mean());
  }

  @Test
  void looksAtVolumesAreThoseAtSlices() {
    VolumeClassifier looks = STILL.around(LEFT, VolumeRunsTest::slicewise);

    VolumePrediction said = looks.classifySlices(head());

    Prediction slice = STILL.around(LEFT).classify(LEFT.head(64, 60));
    assertThat(said.prediction().probability("spot"))
        .isCloseTo(slice.probability("spot"), within(1e-6));
    assertThat(said.prediction().uncertainty().orElseThrow().runs()).isEqualTo(8);
    // The first look, at the slices as they are, tells of them.
    assertThat(said.slices()).hasSize(2);
    assertThat(said.slices().get(0).prediction().probability("spot"))
        .isEqualTo(LEFT.classify(LEFT.head(64, 60)).probability("spot"));
    assertThat(looks.labels()).isEqualTo(LEFT.labels());
  }

  @Test
  void masksOfLooksComeBackToTheirPlaces() {
    Segmenter bright = image -> new Segmentation(Mask.above(image, 150), image.spacing());
    VolumeSegmentation plain = SliceSegmenter.of(bright).segment(head());

    VolumeSegmentation looks = STILL.around(bright, SliceSegmenter::of).segment(head());

    assertThat(looks.mask()).isEqualTo(plain.mask());
    assertThat(looks.uncertainty().orElseThrow().agreement()).isEqualTo(1);
    assertThat(looks.uncertainty().orElseThrow().low()).isEqualTo(plain.mask().count());

    VolumeSegmentation turned =
        TestTimeAugmentation.withDefaults()
            .withGamma(1)
            .withRotationDegrees(40)
            .around(bright, SliceSegmenter::of)
            .segment(head());
    assertThat(turned.uncertainty().orElseThrow().agreement()).isBetween(0.7, 0.9999);
  }
}

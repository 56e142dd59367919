package io.github.brainimaging.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.brainimaging.core.fusion.ImageFusion;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.Modality;
import io.github.brainimaging.core.io.NiftiWriter;
import io.github.brainimaging.core.io.PngImageWriter;
import io.github.brainimaging.core.registration.MovedHead;
import io.github.brainimaging.core.registration.Registration;
import io.github.brainimaging.core.registration.RigidTransform;
import io.github.brainimaging.core.transform.intensity.DisplayWindow;
import io.github.brainimaging.core.work.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CtFusionTest {

  /** 7 pixels to the right and 5 up, not turned. */
  private static final RigidTransform SHIFT = new RigidTransform(0, 0, 0, 7, -5, 0, 0, 0, 0);

  private static final int SIZE = 128;

  private final CtFusion average = CtFusion.withDefaults().withMethod(ImageFusion.average());

  private static MedicalImage slice(RigidTransform moved, boolean ct) {
    MedicalImage drawn = MovedHead.slice(SIZE, SIZE, 1, moved, ct);
    float[] whole = drawn.samples();
    for (int i = 0; i < whole.length; i++) {
      whole[i] = Math.round(whole[i]);
    }
    return drawn.withSamples(whole);
  }

  private static double distance(MedicalImage a, MedicalImage b) {
    double sum = 0;
    float[] first = a.samples();
    float[] second = b.samples();
    for (int i = 0; i < first.length; i++) {
      sum += Math.abs(first[i] - second[i]);
    }
    return sum / first.length;
  }

  @Test
  void layingTheShiftedCtOnTheMriGivesWhatThePairGivesThatLaySo() {
    MedicalImage mri = slice(MovedHead.NONE, false);
    MedicalImage wanted = average.withoutRegistration().fuse(mri, slice(MovedHead.NONE, true));
    MedicalImage moved = slice(SHIFT, true);

    MedicalImage fused = average.fuse(mri, moved);

    double left = distance(fused, wanted);
    assertThat(left).isLessThan(0.01);
    assertThat(distance(average.withoutRegistration().fuse(mri, moved), wanted))
        .isGreaterThan(5 * left);
    assertThat(fused.modality()).isEqualTo(Modality.UNKNOWN);
    assertThat(fused.warnings())
        .singleElement()
        .asString()
        .matches(
            "the CT was laid on the MRI: turned by .*, shifted by (6\\.9|7\\.[01])\\d, -(4\\.9|5\\.[01])\\d, .* pixels");
  }

  @Test
  void hounsfieldUnitsAreCutToTheBrainAndOthersAreNot() {
    MedicalImage mri = MedicalImage.ofGray(2, 2, new float[] {0, 1, 1, 0});
    MedicalImage units = MedicalImage.ofGray(2, 2, new float[] {-1000, 20, 60, 3000});
    CtFusion onlyCt =
        CtFusion.withDefaults().withoutRegistration().withMethod(ImageFusion.average(0));

    assertThat(onlyCt.fuse(mri, units).samples()).containsExactly(0, 0.25f, 0.75f, 1);
    assertThat(onlyCt.withWindow(DisplayWindow.linearExact(1000, 4000)).fuse(mri, units).samples())
        .containsExactly(new float[] {0, 0.255f, 0.265f, 1}, within(1e-6f));
    MedicalImage gray = MedicalImage.ofGray(2, 2, new float[] {0, 50, 100, 200});
    assertThat(onlyCt.fuse(mri, gray).samples()).containsExactly(0, 0.25f, 0.5f, 1);
    assertThat(onlyCt.fuse(mri, gray.withNominalMaximum(250)).samples())
        .containsExactly(new float[] {0, 0.2f, 0.4f, 0.8f}, within(1e-6f));
  }

  @Test
  void volumesAreLaidAndCutLikewise() {
    MedicalVolume mri = MovedHead.mri();
    MedicalVolume ct = MovedHead.movedCt();
    float[] units = ct.samples();
    for (int i = 0; i < units.length; i++) {
      units[i] -= 100;
    }

    MedicalVolume fused = average.fuse(mri, ct.withSamples(units));

    assertThat(fused.grid()).isEqualTo(mri.grid());
    assertThat(fused.warnings()).singleElement().asString().contains("shifted by", " mm");
    MedicalVolume laid = Registration.withDefaults().align(mri, ct.withSamples(units)).aligned();
    CtFusion asTheyLie = average.withoutRegistration();
    assertThat(asTheyLie.fuse(mri, laid)).isEqualTo(fused);
    assertThat(asTheyLie.withWindow(DisplayWindow.linearExact(40, 80)).fuse(mri, laid))
        .isEqualTo(fused);
    assertThat(asTheyLie.withWindow(DisplayWindow.linearExact(40, 2000)).fuse(mri, laid))
        .isNotEqualTo(fused);
  }

  @Test
  void aPipelineTakesPairsOfFiles(@TempDir Path folder) throws IOException {
    Path mri = folder.resolve("mri.png");
    Path ct = folder.resolve("ct.png");
    PngImageWriter.write(slice(MovedHead.NONE, false).withNominalMaximum(255), mri);
    PngImageWriter.write(slice(SHIFT, true).withNominalMaximum(255), ct);
    BrainPipeline pipeline =
        BrainPipeline.builder()
            .classify(FakeModels.BRIGHTNESS)
            .segment(FakeModels.ABOVE_HALF)
            .build();

    List<Outcome<Analysis>> outcomes =
        pipeline
            .analyzeInputs(
                List.of(average.slices(mri, ct), average.slices(mri, folder.resolve("none.png"))),
                Progress.none())
            .toList();

    Analysis analysis = outcomes.get(0).analysis().orElseThrow();
    assertThat(analysis.input()).isEqualTo(mri.toString());
    assertThat(analysis.prediction()).isPresent();
    assertThat(analysis.segmentation().orElseThrow().mask().width()).isEqualTo(SIZE);
    assertThat(analysis.image().warnings()).anyMatch(w -> w.startsWith("the CT was laid"));
    assertThat(outcomes.get(1).error().orElseThrow()).contains("none.png");
  }

  @Test
  void aPipelineOfVolumesTakesPairsOfFiles(@TempDir Path folder) throws IOException {
    Path mri = folder.resolve("mri.nii.gz");
    Path ct = folder.resolve("ct.nii.gz");
    NiftiWriter.withDefaults().write(MovedHead.mri(), mri);
    NiftiWriter.withDefaults().write(MovedHead.movedCt(), ct);

    MedicalVolume fused = average.volumes(mri, ct).read();

    assertThat(fused.grid().matches(MovedHead.mri().grid())).isTrue();
    assertThat(fused.warnings()).anyMatch(w -> w.startsWith("the CT was laid"));
  }

  @Test
  void whatCannotBeFusedIsNamed(@TempDir Path folder) throws IOException {
    Path mri = folder.resolve("mri.png");
    Path flat = folder.resolve("flat.png");
    PngImageWriter.write(slice(MovedHead.NONE, false).withNominalMaximum(255), mri);
    PngImageWriter.write(MedicalImage.ofGray(8, 8, new float[64]).withNominalMaximum(255), flat);

    assertThatThrownBy(() -> average.slices(mri, flat).read())
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(flat + ": cannot be fused with " + mri + ": ");
  }

  @Test
  void printsWhatItDoes() {
    assertThat(CtFusion.withDefaults().withoutRegistration())
        .hasToString(
            "CtFusion[no registration, window=DisplayWindow[LINEAR_EXACT, center=40.0, width=80.0]"
                + " where there are Hounsfield units, guided filter]");
  }
}

package io.github.brainimaging.segmentation;

import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.Spacing;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.image.VoxelSpacing;
import io.github.brainimaging.core.inference.Classifier;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.inference.Segmentation;
import io.github.brainimaging.core.testing.OptionContract;
import io.github.brainimaging.core.work.Progress;
import io.github.brainimaging.segmentation.filter.MedianFilter;
import io.github.brainimaging.segmentation.morphology.VolumeCleanUp;
import io.github.brainimaging.segmentation.skullstrip.SkullStripper;
import io.github.brainimaging.segmentation.skullstrip.SurfaceSkullStripper;
import io.github.brainimaging.segmentation.tumor.FlairSegmenter;
import io.github.brainimaging.segmentation.tumor.MarkovRefinement;
import io.github.brainimaging.segmentation.tumor.TumorSegmenter;
import java.util.List;
import java.util.stream.Stream;

class EveryOptionTest extends OptionContract {

  private static final MedicalImage HEAD = HeadPhantom.of(100, 110, 0.25, Spacing.UNKNOWN).image();
  private static final MedicalImage DARK_LESION =
      HeadPhantom.of(100, 110, 0.25, 40, Spacing.UNKNOWN).image();
  private static final MedicalVolume BALLS = balls();

  @Override
  protected Class<?> typeOfTheModule() {
    return TumorSegmenter.class;
  }

  @Override
  protected List<Option> options() {
    return Stream.of(skullStripping(), tumors(), refinement(), volumes())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Option> skullStripping() {
    SkullStripper slices = SkullStripper.withDefaults();
    SurfaceSkullStripper surface = SurfaceSkullStripper.withDefaults();
    MedicalImage furrow = withFurrow(HEAD);
    // Counts what it is told, so that it shows in toString whether it was.
    CountingProgress progress = new CountingProgress();
    return List.of(
        Option.of(
            "SkullStripper.withTissueFraction",
            slices,
            slices.withTissueFraction(0.95),
            s -> s.extract(HEAD)),
        Option.of(
            "SkullStripper.withOpeningFraction",
            slices,
            slices.withOpeningFraction(0.2),
            s -> s.extract(HEAD)),
        Option.of(
            "SkullStripper.withClosingFraction",
            slices,
            slices.withClosingFraction(0.001),
            s -> s.extract(furrow)),
        Option.of(
            "SurfaceSkullStripper.withFraction",
            surface,
            surface.withFraction(0.95),
            s -> s.extract(BALLS)),
        Option.of(
            "SurfaceSkullStripper.withProgress",
            surface,
            surface.withProgress(progress),
            s -> {
              int before = progress.calls;
              return s.extract(BALLS).isEmpty() ? -1 : progress.calls - before;
            }));
  }

  /** Sure that there is none. */
  private static final class NoTumor implements Classifier {
    @Override
    public List<String> labels() {
      return List.of("notumor", "tumor");
    }

    @Override
    public Prediction classify(MedicalImage image) {
      return Prediction.of(labels(), 1, 0);
    }
  }

  private static List<Option> tumors() {
    TumorSegmenter segmenter = TumorSegmenter.withDefaults();
    FlairSegmenter flair =
        FlairSegmenter.of(
            image -> new Segmentation(Mask.empty(image.width(), image.height()), image.spacing()));
    return List.of(
        Option.of(
            "FlairSegmenter.withMinimum",
            flair,
            flair.withMinimum(1),
            s -> s.segment(HEAD).found()),
        Option.of(
            "FlairSegmenter.withPresence",
            flair.withMinimum(0),
            flair.withMinimum(0).withPresence(new NoTumor()),
            s -> s.segment(HEAD).confidence()),
        Option.of(
            "TumorSegmenter.withMedian",
            segmenter,
            segmenter.withMedian(MedianFilter.ofRadius(3)),
            s -> step(s, "median")),
        Option.of(
            "TumorSegmenter.withSkullStripper",
            segmenter,
            segmenter.withSkullStripper(SkullStripper.withDefaults().withTissueFraction(0.95)),
            s -> step(s, "brain")),
        Option.of(
            "TumorSegmenter.withPolarity",
            segmenter,
            segmenter.withPolarity(TumorSegmenter.Polarity.DARK),
            s -> s.segment(DARK_LESION).mask()),
        Option.of(
            "TumorSegmenter.withRefinement",
            segmenter,
            segmenter.withRefinement(MarkovRefinement.withDefaults()),
            s -> s.explain(HEAD).stream().map(TumorSegmenter.Stage::name).toList()));
  }

  private static MedicalImage step(TumorSegmenter segmenter, String name) {
    return segmenter.explain(HEAD).stream()
        .filter(step -> step.name().equals(name))
        .findFirst()
        .orElseThrow()
        .image();
  }

  private static List<Option> refinement() {
    MarkovRefinement refinement = MarkovRefinement.withDefaults();
    HeadPhantom head = HeadPhantom.of(100, 110, 0.25, Spacing.UNKNOWN);
    // Half of the lesion: the outline has far to go.
    boolean[] left = head.lesion().toArray();
    for (int i = 0; i < left.length; i++) {
      left[i] &= i % 100 < 33;
    }
    Mask start = Mask.wrap(100, 110, left);
    Observation<MarkovRefinement> observe = r -> r.refine(blurred(), start, head.brain());
    return List.of(
        Option.of("MarkovRefinement.withBeta", refinement, refinement.withBeta(20), observe),
        Option.of(
            "MarkovRefinement.withIterations", refinement, refinement.withIterations(1), observe),
        Option.of(
            "MarkovRefinement.withReachPixels",
            refinement,
            refinement.withReachPixels(10),
            observe));
  }

  /** Gray values that overlap, so that the neighbors matter. */
  private static MedicalImage blurred() {
    float[] samples = HEAD.samples();
    for (int i = 0; i < samples.length; i++) {
      samples[i] += (i * 7919 % 101) - 50;
    }
    return HEAD.withSamples(samples);
  }

  private static List<Option> volumes() {
    VolumeCleanUp cleanUp = VolumeCleanUp.withDefaults();
    VolumeMask mask = VolumeMask.above(BALLS, 120);
    return List.of(
        Option.of(
            "VolumeCleanUp.withOpening", cleanUp, cleanUp.withOpening(12), c -> c.apply(mask)),
        Option.of(
            "VolumeCleanUp.withMinimumVolume",
            cleanUp,
            cleanUp.withMinimumVolume(100_000),
            c -> c.apply(mask)),
        Option.of(
            "VolumeCleanUp.withMinimumSlices",
            cleanUp,
            cleanUp.withMinimumSlices(1_000),
            c -> c.apply(mask)));
  }

  private static final class CountingProgress implements Progress {

    private int calls;

    @Override
    public void advanced(String what, long done, long total) {
      calls++;
    }
  }

  /** A dark cleft from the top into the brain. */
  private static MedicalImage withFurrow(MedicalImage head) {
    float[] samples = head.samples();
    for (int y = 0; y < 40; y++) {
      for (int x = 48; x < 52; x++) {
        samples[y * head.width() + x] = 15;
      }
    }
    return head.withSamples(samples);
  }

  /** A bright ball in a gray one, voxels of 4 mm. */
  private static MedicalVolume balls() {
    int side = 40;
    float[] samples = new float[side * side * side];
    for (int i = 0; i < samples.length; i++) {
      double x = i % side - 20;
      double y = i / side % side - 20;
      double z = i / (side * side) - 20;
      double r = Math.sqrt(x * x + y * y + z * z);
      samples[i] = r < 3 ? 150 : (float) Math.max(0, 100 - 100 * Math.max(0, r - 12) / 7);
    }
    return MedicalVolume.of(
        VolumeGrid.ofSize(side, side, side).withSpacing(new VoxelSpacing(4, 4, 4)), samples);
  }
}

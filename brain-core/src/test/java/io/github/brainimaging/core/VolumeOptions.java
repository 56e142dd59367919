package io.github.brainimaging.core;

import io.github.brainimaging.core.augmentation.RandomVolumeAffine;
import io.github.brainimaging.core.bias.BiasCorrection;
import io.github.brainimaging.core.fusion.ImageFusion;
import io.github.brainimaging.core.geometry.AnatomicalPlane;
import io.github.brainimaging.core.geometry.Resample;
import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.Modality;
import io.github.brainimaging.core.image.ScanFacts;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VoxelSpacing;
import io.github.brainimaging.core.inference.Segmentation;
import io.github.brainimaging.core.inference.Segmenter;
import io.github.brainimaging.core.pipeline.CtFusion;
import io.github.brainimaging.core.registration.CommonGrid;
import io.github.brainimaging.core.registration.Registration;
import io.github.brainimaging.core.slice.SliceSegmenter;
import io.github.brainimaging.core.testing.OptionContract.Observation;
import io.github.brainimaging.core.testing.OptionContract.Option;
import io.github.brainimaging.core.transform.intensity.DisplayWindow;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Options of volumes and of what is done to them. */
final class VolumeOptions {

  private VolumeOptions() {}

  /** 9 x 8 x 7 voxels, brighter from corner to corner. */
  private static final MedicalVolume VOLUME = volume(9, 8, 7);

  private static MedicalVolume volume(int width, int height, int depth) {
    VolumeGrid grid = VolumeGrid.ofSize(width, height, depth).withAffine(Affine.scaling(2, 2, 3));
    float[] samples = new float[grid.voxels()];
    for (int i = 0; i < samples.length; i++) {
      int x = i % width;
      int y = i / width % height;
      samples[i] = 100 + 5 * x + 3 * y + i / (width * height) + i * 7919 % 13;
    }
    return MedicalVolume.of(grid, samples);
  }

  static List<Option> all() {
    return Stream.of(volumes(), geometry(), bias(), registration(), fusion())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Option> volumes() {
    float[] others = new float[VOLUME.grid().voxels()];
    VolumeGrid turned = VolumeGrid.ofSize(7, 8, 9);
    VolumeGrid grid = VOLUME.grid();
    return List.of(
        Option.of(
            "MedicalVolume.withFacts",
            VOLUME,
            VOLUME.withFacts(
                new ScanFacts(List.of(new ScanFacts.Fact("plane", "axial", "header", 1)))),
            MedicalVolume::facts),
        Option.of(
            "MedicalVolume.withModality",
            VOLUME,
            VOLUME.withModality(Modality.CT),
            MedicalVolume::modality),
        Option.of(
            "MedicalVolume.withSamples",
            VOLUME,
            VOLUME.withSamples(others),
            MedicalVolume::samples),
        Option.of(
            "MedicalVolume.withVoxels",
            VOLUME,
            VOLUME.withVoxels(turned, VOLUME.samples()),
            MedicalVolume::grid),
        Option.of(
            "MedicalVolume.withWarnings",
            VOLUME,
            VOLUME.withWarnings(List.of("a slice is missing")),
            MedicalVolume::warnings),
        Option.of(
            "VolumeGrid.withAffine",
            grid,
            grid.withAffine(Affine.scaling(-2, 2, 3)),
            VolumeGrid::requireAffine),
        Option.of(
            "VolumeGrid.withSpacing",
            turned,
            turned.withSpacing(VoxelSpacing.ofMillimeters(3)),
            VolumeGrid::spacing));
  }

  private static List<Option> geometry() {
    Observation<Resample> resampled = resample -> resample.apply(VOLUME);
    VolumeGrid shifted =
        VolumeGrid.ofSize(9, 8, 7)
            .withAffine(Affine.scaling(2, 2, 3).then(Affine.translation(3, 0, 0)));
    Resample resample = Resample.toGrid(shifted);
    Observation<RandomVolumeAffine> changed =
        change -> change.apply(VOLUME, new SplittableRandom(5));
    RandomVolumeAffine affine = RandomVolumeAffine.identity();
    Segmenter brightest =
        slice -> new Segmentation(Mask.above(slice, slice.range()[1] - 20), slice.spacing());
    SliceSegmenter slices = SliceSegmenter.of(brightest);
    return List.of(
        Option.of("Resample.withFill", resample, resample.withFill(7), resampled),
        Option.of(
            "Resample.withInterpolation",
            resample,
            resample.withInterpolation(Resample.Method.NEAREST),
            resampled),
        Option.of("RandomVolumeAffine.withReflection", affine, affine.withReflection(1), changed),
        Option.of("RandomVolumeAffine.withScale", affine, affine.withScale(0.5, 0.7), changed),
        Option.of("RandomVolumeAffine.withShear", affine, affine.withShear(0.5), changed),
        Option.of(
            "RandomVolumeAffine.withTranslation", affine, affine.withTranslation(0.5), changed),
        Option.of(
            "SliceSegmenter.withPlane",
            slices,
            slices.withPlane(AnatomicalPlane.SAGITTAL),
            segmenter -> segmenter.segment(VOLUME).mask()));
  }

  private static List<Option> bias() {
    MedicalImage slice = volume(48, 40, 1).slice(0);
    Observation<BiasCorrection> corrected = correction -> correction.apply(slice);
    BiasCorrection correction = BiasCorrection.n4().withShrinkFactor(1).withIterations(5);
    AtomicInteger told = new AtomicInteger();
    return List.of(
        Option.of(
            "BiasCorrection.withIterations", correction, correction.withIterations(1), corrected),
        Option.of(
            "BiasCorrection.withKnotSpacingMm",
            correction,
            correction.withKnotSpacingMm(20),
            corrected),
        Option.of("BiasCorrection.withLevels", correction, correction.withLevels(1), corrected),
        Option.of(
            "BiasCorrection.withShrinkFactor",
            correction,
            correction.withShrinkFactor(3),
            corrected),
        Option.of(
            "BiasCorrection.withProgress",
            correction,
            correction.withProgress((what, done, total) -> told.incrementAndGet()),
            c -> {
              int before = told.get();
              return c.correct(slice).iterations() - (told.get() - before) > 0;
            }));
  }

  private static List<Option> fusion() {
    MedicalImage mri = blob(30, 34);
    MedicalImage ct = blob(35, 31);
    CtFusion fusion = CtFusion.withDefaults().withoutRegistration();
    Observation<CtFusion> fused = pair -> pair.fuse(mri, ct);
    return List.of(
        Option.of("CtFusion.withMethod", fusion, fusion.withMethod(ImageFusion.maximum()), fused),
        Option.of(
            "CtFusion.withWindow",
            fusion,
            fusion.withWindow(DisplayWindow.linearExact(50, 10)),
            fused),
        Option.of(
            "CtFusion.withRegistration",
            fusion,
            fusion.withRegistration(Registration.withDefaults()),
            fused),
        Option.of("CtFusion.withoutRegistration", CtFusion.withDefaults(), fusion, fused));
  }

  private static List<Option> registration() {
    MedicalImage fixed = blob(30, 34);
    MedicalImage moving = blob(35, 31);
    Registration registration = Registration.withDefaults();
    AtomicInteger told = new AtomicInteger();
    MedicalVolume placeless =
        MedicalVolume.of(
            VolumeGrid.ofSize(8, 8, 8).withSpacing(VoxelSpacing.ofMillimeters(2)), new float[512]);
    return List.of(
        Option.of(
            "CommonGrid.withRegistration",
            CommonGrid.withDefaults(),
            CommonGrid.withDefaults().withRegistration(false),
            grids -> {
              try {
                return grids.place(VOLUME, placeless).done();
              } catch (IllegalArgumentException e) {
                return e.toString();
              }
            }),
        Option.of(
            "Registration.withLevels",
            registration,
            registration.withLevels(1),
            r -> {
              Set<String> searched = new TreeSet<>();
              Registration telling = r.withProgress((what, done, total) -> searched.add(what));
              return telling.align(fixed, moving).converged() ? searched : Set.of();
            }),
        Option.of(
            "Registration.withAffine",
            registration,
            registration.withAffine(true),
            r -> r.align(fixed, moving).transform()),
        Option.of(
            "Registration.withProgress",
            registration,
            registration.withProgress((what, done, total) -> told.incrementAndGet()),
            r -> {
              int before = told.get();
              return r.align(fixed, moving).converged() && told.get() > before;
            }));
  }

  /** 64 x 64 pixels, brightest around a point. */
  private static MedicalImage blob(int centerX, int centerY) {
    float[] samples = new float[64 * 64];
    for (int i = 0; i < samples.length; i++) {
      double r = Math.hypot(i % 64 - centerX, 1.5 * (i / 64 - centerY));
      samples[i] = (float) (200 * Math.exp(-r * r / 300));
    }
    return MedicalImage.ofGray(64, 64, samples);
  }
}

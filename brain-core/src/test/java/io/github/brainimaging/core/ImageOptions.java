package io.github.brainimaging.core;

import io.github.brainimaging.core.augmentation.Augmentation;
import io.github.brainimaging.core.augmentation.RandomAffine;
import io.github.brainimaging.core.augmentation.RandomIntensityMap;
import io.github.brainimaging.core.augmentation.RandomLesion;
import io.github.brainimaging.core.evaluation.Bootstrap;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.Modality;
import io.github.brainimaging.core.image.ScanFacts;
import io.github.brainimaging.core.image.Spacing;
import io.github.brainimaging.core.inference.Assessment;
import io.github.brainimaging.core.inference.ConformalSets;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.testing.OptionContract.Observation;
import io.github.brainimaging.core.testing.OptionContract.Option;
import io.github.brainimaging.core.transform.Transform;
import io.github.brainimaging.core.transform.intensity.DisplayWindow;
import io.github.brainimaging.core.transform.spatial.CropToForeground;
import io.github.brainimaging.core.transform.spatial.Interpolation;
import io.github.brainimaging.core.transform.spatial.Pad;
import io.github.brainimaging.core.transform.spatial.Resize;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Options of slices, of what is done to them, and of figures. */
final class ImageOptions {

  private ImageOptions() {}

  /** 12 x 8 pixels of 50 and more, with a black border of two pixels. */
  private static final MedicalImage IMAGE = image();

  private static MedicalImage image() {
    float[] samples = new float[12 * 8];
    for (int y = 2; y < 6; y++) {
      for (int x = 2; x < 10; x++) {
        samples[12 * y + x] = 50 + x * 7 % 5 + 11 * y;
      }
    }
    return MedicalImage.ofGray(12, 8, samples);
  }

  static List<Option> all() {
    return Stream.of(images(), predictions(), transforms(), augmentations(), figures())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Option> images() {
    float[] others = new float[12 * 8];
    return List.of(
        Option.of(
            "MedicalImage.withFacts",
            IMAGE,
            IMAGE.withFacts(
                new ScanFacts(List.of(new ScanFacts.Fact("plane", "axial", "header", 1)))),
            MedicalImage::facts),
        Option.of(
            "MedicalImage.withModality",
            IMAGE,
            IMAGE.withModality(Modality.CT),
            MedicalImage::modality),
        Option.of(
            "MedicalImage.withNominalMaximum",
            IMAGE,
            IMAGE.withNominalMaximum(255),
            MedicalImage::nominalMaximum),
        Option.of(
            "MedicalImage.withDisplayRange",
            IMAGE,
            IMAGE.withDisplayRange(50, 90),
            MedicalImage::displayRange),
        Option.of(
            "MedicalImage.withWarnings",
            IMAGE,
            IMAGE.withWarnings(List.of("the file has 2 pages; the first was read")),
            MedicalImage::warnings),
        Option.of(
            "MedicalImage.withSpacing",
            IMAGE,
            IMAGE.withSpacing(Spacing.ofMillimeters(2)),
            MedicalImage::spacing),
        Option.of(
            "MedicalImage.withSamples", IMAGE, IMAGE.withSamples(others), MedicalImage::samples),
        Option.of(
            "MedicalImage.withPixels",
            IMAGE,
            IMAGE.withPixels(8, 12, 1, IMAGE.samples()),
            MedicalImage::width));
  }

  private static List<Option> predictions() {
    Prediction prediction = Prediction.ofIndependent(List.of("tumor"), Set.of("tumor"), 0.6);
    ConformalSets sets =
        new ConformalSets(ConformalSets.Method.SPLIT, 0.5, Map.of("tumor", List.of(0.1)));
    Assessment doubt = new Assessment(Assessment.Verdict.DOUBTFUL, List.of("too dark"));
    return List.of(
        Option.of(
            "Prediction.withThreshold",
            prediction,
            prediction.withThreshold(0.7),
            Prediction::isTumor),
        Option.of(
            "Prediction.withAssessment",
            prediction,
            prediction.withAssessment(doubt),
            Prediction::assessment),
        Option.of(
            "Prediction.withSets",
            Prediction.of(List.of("tumor"), 0.6),
            Prediction.of(List.of("tumor"), 0.6).withSets(sets),
            Prediction::set));
  }

  private static List<Option> transforms() {
    Observation<Transform> apply = transform -> transform.apply(IMAGE);
    Resize resize = Resize.to(5, 5);
    Pad pad = Pad.by(1, 2, 3, 4);
    CropToForeground crop = CropToForeground.withDefaults();
    DisplayWindow window = DisplayWindow.linear(60, 100);
    return List.of(
        Option.of("Resize.keepingAspect", resize, resize.keepingAspect(), apply::of),
        Option.of(
            "Resize.withFill",
            resize.keepingAspect(),
            resize.keepingAspect().withFill(7),
            apply::of),
        Option.of(
            "Resize.withInterpolation",
            resize,
            resize.withInterpolation(Interpolation.NEAREST),
            apply::of),
        Option.of("Pad.withFill", pad, pad.withFill(7), apply::of),
        Option.of("CropToForeground.withMarginPixels", crop, crop.withMarginPixels(1), apply::of),
        Option.of("DisplayWindow.inverted", window, window.inverted(), apply::of));
  }

  private static MedicalImage headWithEmptyMask() {
    float[] samples = new float[2 * 32 * 32];
    for (int i = 0; i < 32 * 32; i++) {
      samples[i] = i % 32 > 1 ? 100 + i % 7 : 0;
    }
    return MedicalImage.wrap(32, 32, 2, samples);
  }

  private static List<Option> augmentations() {
    Observation<Augmentation> apply = change -> change.apply(IMAGE, new SplittableRandom(5));
    RandomAffine affine = RandomAffine.identity();
    RandomAffine shifted = affine.withTranslation(0.5);
    RandomIntensityMap map = RandomIntensityMap.free();
    RandomLesion lesion = RandomLesion.withDefaults();
    MedicalImage head = headWithEmptyMask();
    Observation<Augmentation> paint = change -> change.apply(head, new SplittableRandom(5));
    return List.of(
        Option.of("RandomAffine.withFill", shifted, shifted.withFill(7), apply::of),
        Option.of(
            "RandomAffine.withRotationDegrees", affine, affine.withRotationDegrees(40), apply::of),
        Option.of("RandomAffine.withScale", affine, affine.withScale(0.5, 0.7), apply::of),
        Option.of("RandomAffine.withShearDegrees", affine, affine.withShearDegrees(30), apply::of),
        Option.of("RandomAffine.withTranslation", affine, shifted, apply::of),
        Option.of("RandomLesion.withContrast", lesion, lesion.withContrast(3, 3), paint::of),
        Option.of("RandomLesion.withRadius", lesion, lesion.withRadius(0.2, 0.2), paint::of),
        Option.of("RandomIntensityMap.withInversion", map, map.withInversion(1), apply::of),
        Option.of("RandomIntensityMap.withKnots", map, map.withKnots(3), apply::of),
        Option.of("RandomIntensityMap.withStrength", map, map.withStrength(0, 0.1), apply::of));
  }

  private static List<Option> figures() {
    List<Integer> cases = IntStream.range(0, 20).map(i -> i * i).boxed().toList();
    Observation<Bootstrap> interval =
        bootstrap ->
            bootstrap.interval(
                cases, drawn -> drawn.stream().mapToInt(Integer::intValue).average().orElseThrow());
    Bootstrap bootstrap = Bootstrap.withDefaults();
    return List.of(
        Option.of("Bootstrap.withLevel", bootstrap, bootstrap.withLevel(0.5), interval),
        Option.of("Bootstrap.withResamples", bootstrap, bootstrap.withResamples(100), interval),
        Option.of("Bootstrap.withSeed", bootstrap, bootstrap.withSeed(2), interval));
  }
}

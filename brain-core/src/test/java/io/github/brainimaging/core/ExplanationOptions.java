package io.github.brainimaging.core;

import io.github.brainimaging.core.explanation.Explainer;
import io.github.brainimaging.core.explanation.Explanation;
import io.github.brainimaging.core.explanation.Hidden;
import io.github.brainimaging.core.explanation.LearnedMask;
import io.github.brainimaging.core.explanation.Occlusion;
import io.github.brainimaging.core.explanation.Rise;
import io.github.brainimaging.core.explanation.SpotClassifier;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.report.FeatureSheet;
import io.github.brainimaging.core.tensor.Tensor;
import io.github.brainimaging.core.testing.OptionContract.Observation;
import io.github.brainimaging.core.testing.OptionContract.Option;
import io.github.brainimaging.core.work.Progress;
import java.util.List;

/** Options of explainers, and of what shows the maps of a layer. */
final class ExplanationOptions {

  private ExplanationOptions() {}

  private static final SpotClassifier CLASSIFIER = new SpotClassifier(30, 20);
  private static final MedicalImage HEAD = CLASSIFIER.head(64, 60);

  private static final class CountingProgress implements Progress {

    private int calls;

    @Override
    public void advanced(String what, long done, long total) {
      calls++;
    }
  }

  private static <T extends Explainer> Observation<T> map() {
    return explainer -> explainer.explain(HEAD).map();
  }

  static List<Option> all() {
    Occlusion occlusion = Occlusion.of(CLASSIFIER);
    Rise rise = Rise.of(CLASSIFIER).withMasks(40);
    LearnedMask learned = LearnedMask.of(CLASSIFIER).withIterations(6);
    CountingProgress progress = new CountingProgress();
    Observation<Explainer> told =
        explainer -> {
          int before = progress.calls;
          Explanation unused = explainer.explain(HEAD);
          return progress.calls - before;
        };
    return List.of(
        Option.of("Occlusion.withWindow", occlusion, occlusion.withWindow(0.25), map()),
        Option.of("Occlusion.withStride", occlusion, occlusion.withStride(0.5), map()),
        Option.of("Occlusion.withHidden", occlusion, occlusion.withHidden(Hidden.MEAN), map()),
        Option.of(
            "Occlusion.withAnyChange",
            occlusion,
            occlusion.withAnyChange(),
            explainer -> explainer.explain(HEAD, "none").map()),
        Option.<Explainer>of(
            "Occlusion.withProgress", occlusion, occlusion.withProgress(progress), told),
        Option.of("Rise.withMasks", rise, rise.withMasks(50), map()),
        Option.of("Rise.withCells", rise, rise.withCells(5), map()),
        Option.of("Rise.withShown", rise, rise.withShown(0.3), map()),
        Option.of("Rise.withHidden", rise, rise.withHidden(Hidden.BACKGROUND), map()),
        Option.of("Rise.withSeed", rise, rise.withSeed(7), map()),
        Option.<Explainer>of("Rise.withProgress", rise, rise.withProgress(progress), told),
        Option.of("LearnedMask.withIterations", learned, learned.withIterations(9), map()),
        Option.of("LearnedMask.withCells", learned, learned.withCells(5), map()),
        Option.of("LearnedMask.withHidden", learned, learned.withHidden(Hidden.MEAN), map()),
        Option.of("LearnedMask.withSeed", learned, learned.withSeed(7), map()),
        Option.<Explainer>of(
            "LearnedMask.withProgress", learned, learned.withProgress(progress), told),
        Option.of(
            "FeatureSheet.withMostVarying",
            FeatureSheet.withDefaults(),
            FeatureSheet.withDefaults().withMostVarying(1),
            sheet -> sheet.draw("", Tensor.of(new float[8], 2, 2, 2))));
  }
}

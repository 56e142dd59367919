package io.github.brainimaging.core;

import io.github.brainimaging.core.explanation.SpotClassifier;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.inference.SecondOpinion;
import io.github.brainimaging.core.testing.OptionContract.Observation;
import io.github.brainimaging.core.testing.OptionContract.Option;
import io.github.brainimaging.core.uncertainty.TestTimeAugmentation;
import java.util.List;

/** Options of what asks several times. */
final class UncertaintyOptions {

  private UncertaintyOptions() {}

  private static final SpotClassifier CLASSIFIER = new SpotClassifier(30, 20);
  private static final MedicalImage HEAD = CLASSIFIER.head(64, 60);

  static List<Option> all() {
    TestTimeAugmentation usual = TestTimeAugmentation.withDefaults();
    Observation<TestTimeAugmentation> said =
        looks -> looks.around(CLASSIFIER).classify(HEAD).probability();
    String type = "TestTimeAugmentation.";
    SecondOpinion two = SecondOpinion.of(CLASSIFIER, CLASSIFIER);
    Observation<SecondOpinion> common = both -> both.classify(HEAD).probability();
    return List.of(
        Option.of(type + "withRuns", usual, usual.withRuns(5), said),
        Option.of(type + "withMirrored", usual, usual.withMirrored(false), said),
        Option.of(type + "withRotationDegrees", usual, usual.withRotationDegrees(20), said),
        Option.of(type + "withShift", usual, usual.withShift(0.1), said),
        Option.of(type + "withGamma", usual, usual.withGamma(2), said),
        Option.of(type + "withSeed", usual, usual.withSeed(3), said),
        Option.of("SecondOpinion.withWeight", two, two.withWeight(0.5), common),
        Option.of("SecondOpinion.withTemperature", two, two.withTemperature(2), common),
        Option.of("SecondOpinion.withCertainty", two, two.withCertainty(0), common));
  }
}

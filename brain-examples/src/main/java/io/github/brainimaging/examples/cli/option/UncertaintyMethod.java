package io.github.brainimaging.examples.cli.option;

import io.github.brainimaging.core.inference.Classifier;
import io.github.brainimaging.core.uncertainty.TestTimeAugmentation;
import io.github.brainimaging.models.onnx.DropoutClassifier;
import io.github.brainimaging.models.onnx.ModelSource;
import io.github.brainimaging.models.onnx.OnnxClassifier;
import org.jspecify.annotations.Nullable;

/** How to find out how sure a classifier is. */
public enum UncertaintyMethod {
  TTA,
  DROPOUT;

  /** How help texts show the choices. */
  public static final String CHOICES = "tta|dropout";

  /** What the library's own head was trained with. */
  private static final double RATE = 0.2;

  private static final int RUNS = 32;
  private static final long SEED = 1;

  /**
   * A classifier that gives means, and what it holds.
   *
   * @param classifier asks the classifier that it was opened for
   * @param network the network that it runs besides, if any
   */
  public record Opened(Classifier classifier, @Nullable DropoutClassifier network)
      implements AutoCloseable {

    @Override
    public void close() {
      if (network != null) {
        network.close();
      }
    }
  }

  /**
   * Opens the method for a classifier, which stays the caller's; null is the classifier itself.
   *
   * @param network the classifier alone: dropout speaks of it
   * @param classifier with its second opinion
   */
  public static Opened open(
      @Nullable UncertaintyMethod method,
      ModelSource source,
      OnnxClassifier network,
      Classifier classifier) {
    if (method == null) {
      return new Opened(classifier, null);
    }
    return switch (method) {
      case TTA -> new Opened(TestTimeAugmentation.withDefaults().around(classifier), null);
      case DROPOUT -> {
        DropoutClassifier runs = DropoutClassifier.open(source, network, RUNS, RATE, SEED);
        yield new Opened(runs, runs);
      }
    };
  }
}

package io.github.brainimaging.models.onnx;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.github.brainimaging.core.geometry.AnatomicalPlane;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.inference.VolumeClassifier;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.slice.SliceSampling;
import io.github.brainimaging.models.card.ModelCard;
import io.github.brainimaging.models.card.ModelException;
import io.github.brainimaging.models.card.Task;
import io.github.brainimaging.models.onnx.internal.graph.GraphInput;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Classifies a sequence of slices, or a volume, with an ONNX network that sees all slices at once,
 * such as P4's (see {@link io.github.brainimaging.models.network.zoo.SliceSequences}).
 *
 * <p>The network must have one input [N, slices, channels, height, width], or [N, slices, height,
 * width, channels] (as Keras' TimeDistributed), slices first, or [N, channels, slices, height,
 * width] (3-D convolutions); the number of slices open or fixed; and an output [N, number of
 * labels]. The {@link ModelCard} says, as for an {@link OnnxClassifier}, what becomes of each slice
 * before it goes in; its task is {@link Task#SEQUENCE_CLASSIFICATION}.
 *
 * <p>Safe to share between threads. Holds native memory: whoever builds a classifier closes it.
 *
 * @since 0.1.0
 */
public final class SequenceClassifier implements VolumeClassifier, AutoCloseable {

  private final ModelRunner runner;
  private final SliceSampling sampling;

  private SequenceClassifier(ModelRunner runner, SliceSampling sampling) {
    this.runner = runner;
    this.sampling = sampling;
  }

  /**
   * Starts a classifier.
   *
   * @param model where the model comes from; the library brings none along
   * @return a builder
   */
  public static Builder builder(ModelSource model) {
    return new Builder(model);
  }

  /**
   * The card of the model.
   *
   * @return the card that was found when the model was loaded
   */
  public ModelCard card() {
    return runner.model().card();
  }

  /**
   * What the model really runs on.
   *
   * @return the CPU or a GPU, never {@link Device#auto()}
   */
  public Device device() {
    return runner.model().device();
  }

  /**
   * The classes, as its card names them, in the order of the network's outputs.
   *
   * @return at least one label, without duplicates
   */
  @Override
  public List<String> labels() {
    return card().labels();
  }

  /**
   * Classifies a volume by the slices that the builder's sampling takes.
   *
   * @throws IllegalArgumentException if a slice has NaN or infinite samples that reach the network
   * @throws ModelException if the run fails, or the network gives NaN or infinite values
   * @throws IllegalStateException if the classifier is closed
   */
  @Override
  public Prediction classify(MedicalVolume volume) {
    return classify(sampling.slices(volume));
  }

  /**
   * Classifies a sequence of slices.
   *
   * @param slices one or more images as read, in their order; of any number, also another than in
   *     the training, unless the network fixes it
   * @return the prediction
   * @throws IllegalArgumentException if there is none, or another number than the network fixes, or
   *     one has NaN or infinite samples that reach the network
   * @throws ModelException if the run fails, or the network gives NaN or infinite values
   * @throws IllegalStateException if the classifier is closed
   */
  public Prediction classify(List<MedicalImage> slices) {
    Arguments.require(!slices.isEmpty(), "slices must not be empty, got %s", slices);
    return runner.prediction(runner.runSequence(slices, card().input().transform()), 0);
  }

  /**
   * Frees the native memory. Closing twice does nothing; any other use after closing throws an
   * IllegalStateException.
   */
  @Override
  public void close() {
    runner.close();
  }

  /** The model's name, and what it runs on. */
  @Override
  public String toString() {
    return "SequenceClassifier[" + card().name() + ", " + device() + "]";
  }

  /** Collects how a classifier is to be made. Not safe to share between threads. */
  public static final class Builder extends ModelBuilder<Builder> {

    private @Nullable SliceSampling sampling;

    private Builder(ModelSource model) {
      super(Task.SEQUENCE_CLASSIFICATION, model);
    }

    /**
     * Sets which slices of a volume are taken. Default: as many axial ones at equal distances as
     * the network takes; six, as in P4, where that is open.
     *
     * @param newSampling the sampling
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder sampling(SliceSampling newSampling) {
      sampling = Objects.requireNonNull(newSampling, "sampling");
      return this;
    }

    /**
     * Loads the model.
     *
     * @return a new classifier, to be closed by the caller
     * @throws ModelException if the model is missing, damaged or not what its card says, or the
     *     device cannot be used
     */
    public SequenceClassifier build() {
      LoadedModel model = load();
      int fixed = model.input().fixed(GraphInput.Axis.SLICE);
      SliceSampling usual =
          SliceSampling.equallySpaced(AnatomicalPlane.AXIAL, fixed > 0 ? fixed : 6);
      return new SequenceClassifier(
          new ModelRunner(model, 1), Objects.requireNonNullElse(sampling, usual));
    }

    @Override
    Builder self() {
      return this;
    }

    @Override
    public String toString() {
      return "SequenceClassifier.Builder[" + super.toString() + ", sampling=" + sampling + "]";
    }
  }
}

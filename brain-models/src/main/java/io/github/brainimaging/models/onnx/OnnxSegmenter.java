package io.github.brainimaging.models.onnx;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.inference.Segmentation;
import io.github.brainimaging.core.inference.Segmenter;
import io.github.brainimaging.core.internal.Interrupts;
import io.github.brainimaging.core.transform.spatial.Interpolation;
import io.github.brainimaging.core.transform.spatial.Placement;
import io.github.brainimaging.core.transform.spatial.Resize;
import io.github.brainimaging.models.card.ModelCard;
import io.github.brainimaging.models.card.ModelException;
import io.github.brainimaging.models.card.ModelInput;
import io.github.brainimaging.models.card.Task;
import io.github.brainimaging.models.onnx.internal.Chunks;
import io.github.brainimaging.models.onnx.internal.EngineSession;
import io.github.brainimaging.models.onnx.internal.Mirror;
import io.github.brainimaging.models.onnx.internal.ProbabilityMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Segments images with an ONNX network, run by ONNX Runtime through DJL.
 *
 * <pre>{@code
 * try (OnnxSegmenter segmenter = OnnxSegmenter.embedded()) {
 *   Segmentation tumor = segmenter.segment(image);
 * }
 * }</pre>
 *
 * <p>The network must have one input of the kinds that {@link OnnxClassifier} takes and an output
 * with a map for each label, channels first or last; its rows and columns may be fewer than the
 * input's. Everything else is told by its {@link ModelCard}, which must say {@link
 * Task#SEGMENTATION} and is looked for as {@link OnnxClassifier} does. With one output the network
 * is binary (SIGMOID, or LOGITS before one); with several that exclude each other (SOFTMAX, or
 * LOGITS before one) a pixel's probability is the sum of the card's tumor labels, with several that
 * may overlap (SIGMOID, SIGMOID_LOGITS, or LOGITS where all labels mean a tumor) the largest of
 * them. An output of whole numbers gives the number of a label for each pixel.
 *
 * <p>The probabilities are resampled to the grid of the image before the threshold is applied, so
 * that the mask lies on the image as read. Images that are larger than the network's input are
 * shrunk or, by {@link ModelInput.Fit#TILES}, covered with tiles. The confidence of a result is the
 * mean probability within its mask.
 *
 * <p>What {@link OnnxClassifier} says about system properties, repeatability and the native library
 * holds here too. Safe to share between threads. Holds native memory: whoever builds a segmenter
 * closes it.
 *
 * @since 0.1.0
 */
public final class OnnxSegmenter implements Segmenter, AutoCloseable {

  private final ModelRunner runner;
  private final boolean flipAveraging;
  private final TumorMaps maps;

  private OnnxSegmenter(ModelRunner runner, boolean flipAveraging) {
    this.runner = runner;
    this.flipAveraging = flipAveraging;
    this.maps = new TumorMaps(runner.model());
  }

  /** What goes through the network at once: an image or a tile of it, mirrored or not. */
  private record Piece(
      MedicalImage input, Placement placement, boolean mirrored, ProbabilityMap target) {

    MedicalImage fed() {
      return mirrored ? Mirror.of(input) : input;
    }
  }

  /**
   * The segmenter that this library brings along, with all options at their defaults.
   *
   * @return a new segmenter, to be closed by the caller
   * @throws ModelException if it cannot be loaded
   */
  public static OnnxSegmenter embedded() {
    return builder().build();
  }

  /**
   * Starts a segmenter.
   *
   * @return a builder for {@link ModelSource#embeddedSegmenter()} with the defaults named at its
   *     methods
   */
  public static Builder builder() {
    return new Builder();
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
   * Segments an image: prepares it as the card says and runs the network.
   *
   * @param image the image as read, gray or RGB, of any size
   * @return the mask of the tumor on the grid of the image, empty if none was found, with its
   *     confidence
   * @throws IllegalArgumentException if the image has neither 1 nor 3 channels, or NaN or infinite
   *     samples that reach the network
   * @throws ModelException if the run fails, or the network gives no probabilities
   * @throws IllegalStateException if the segmenter is closed
   */
  @Override
  public Segmentation segment(MedicalImage image) {
    return Segmentation.ofProbabilities(probabilities(image), threshold());
  }

  /**
   * Segments several images, in batches of the builder's maximum size.
   *
   * @param images the images as read
   * @return one result per image, in their order, each on the grid of its image
   * @throws java.util.concurrent.CancellationException if the thread is interrupted before a batch
   * @throws IllegalArgumentException if an image has neither 1 nor 3 channels, or NaN or infinite
   *     samples that reach the network
   * @throws ModelException if a run fails, or the network gives no probabilities
   * @throws IllegalStateException if the segmenter is closed
   */
  public List<Segmentation> segmentAll(List<MedicalImage> images) {
    runner.model().session().requireOpen();
    List<Segmentation> results = new ArrayList<>(images.size());
    for (List<MedicalImage> batch : Chunks.of(images, runner.maximumBatchSize())) {
      Interrupts.heed("image %s of %s", results.size(), images.size());
      for (MedicalImage map : probabilities(batch)) {
        results.add(Segmentation.ofProbabilities(map, threshold()));
      }
    }
    return results;
  }

  /**
   * The probability of each pixel to belong to a tumor.
   *
   * @param image the image as read
   * @return one channel of 0 to 1, on the grid of the image
   * @throws IllegalArgumentException if the image has neither 1 nor 3 channels, or NaN or infinite
   *     samples that reach the network
   * @throws ModelException if the run fails, or the network gives no probabilities
   * @throws IllegalStateException if the segmenter is closed
   */
  @Override
  public MedicalImage probabilities(MedicalImage image) {
    return probabilities(List.of(Objects.requireNonNull(image, "image"))).get(0);
  }

  /**
   * What a pixel's probability must exceed.
   *
   * @return the threshold of the card
   */
  @Override
  public double threshold() {
    return card().threshold();
  }

  private List<MedicalImage> probabilities(List<MedicalImage> images) {
    List<ProbabilityMap> targets = new ArrayList<>(images.size());
    List<Piece> pieces = new ArrayList<>();
    for (MedicalImage image : images) {
      ProbabilityMap target = new ProbabilityMap(Objects.requireNonNull(image, "image"));
      targets.add(target);
      addPieces(image, target, pieces);
    }
    Chunks.of(pieces, runner.maximumBatchSize()).forEach(this::run);
    return targets.stream().map(ProbabilityMap::toImage).toList();
  }

  private void addPieces(MedicalImage image, ProbabilityMap target, List<Piece> pieces) {
    ModelInput input = card().input();
    if (input.fit() != ModelInput.Fit.TILES) {
      add(input.transform().apply(image), input.placement(image), target, pieces);
      return;
    }
    MedicalImage normalized = input.intensity().apply(input.withChannels(image));
    float lowest = normalized.range()[0];
    for (Placement tile : input.tiles(image)) {
      float fill = Float.isNaN(lowest) ? 0 : lowest;
      add(tile.toGrid(normalized, input.interpolation(), fill), tile, target, pieces);
    }
  }

  private void add(
      MedicalImage fed, Placement placement, ProbabilityMap target, List<Piece> pieces) {
    pieces.add(new Piece(fed, placement, false, target));
    if (flipAveraging) {
      pieces.add(new Piece(fed, placement, true, target));
    }
  }

  private void run(List<Piece> pieces) {
    EngineSession.Output output =
        runner.run(pieces.stream().map(Piece::fed).toList(), image -> image);
    for (int i = 0; i < pieces.size(); i++) {
      Piece piece = pieces.get(i);
      MedicalImage map = map(output, i);
      Placement placement = piece.placement();
      MedicalImage found =
          Resize.to(placement.gridWidth(), placement.gridHeight())
              .withInterpolation(Interpolation.BILINEAR)
              .apply(piece.mirrored() ? Mirror.of(map) : map);
      piece.target().add(found, placement);
    }
  }

  private MedicalImage map(EngineSession.Output output, int index) {
    try {
      return maps.map(output, index);
    } catch (ModelException e) {
      throw runner.failed(e.getMessage(), e);
    }
  }

  /**
   * Frees the native memory, after the calls that are under way. Closing twice does nothing; any
   * other use after closing throws an IllegalStateException.
   */
  @Override
  public void close() {
    runner.close();
  }

  /** The model's name, and what it runs on. */
  @Override
  public String toString() {
    return "OnnxSegmenter[" + card().name() + ", " + device() + "]";
  }

  /** Collects how a segmenter is to be made. Not safe to share between threads. */
  public static final class Builder extends ImageModelBuilder<Builder> {

    private boolean flipAveraging;

    private Builder() {
      super(Task.SEGMENTATION, ModelSource.embeddedSegmenter());
    }

    /**
     * Sets whether each image is also segmented mirrored left to right and the two probabilities
     * averaged: a little better, at twice the time. Default: no.
     *
     * @param on whether
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder flipAveraging(boolean on) {
      flipAveraging = on;
      return this;
    }

    /**
     * Loads the model.
     *
     * @return a new segmenter, to be closed by the caller
     * @throws ModelException if the model is missing, damaged or not what its card says, or the
     *     device cannot be used
     */
    public OnnxSegmenter build() {
      return load(runner -> new OnnxSegmenter(runner, flipAveraging));
    }

    @Override
    Builder self() {
      return this;
    }

    @Override
    public String toString() {
      return "OnnxSegmenter.Builder[" + super.toString() + ", flipAveraging=" + flipAveraging + "]";
    }
  }
}

package io.github.brainimaging.models.onnx;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.inference.VolumeSegmentation;
import io.github.brainimaging.core.inference.VolumeSegmenter;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.models.card.ModelException;
import io.github.brainimaging.models.card.VolumeCard;
import io.github.brainimaging.models.onnx.internal.volume.CoarseBox;
import io.github.brainimaging.models.onnx.internal.volume.LabelField;
import io.github.brainimaging.models.onnx.internal.volume.PreparedSequences;
import io.github.brainimaging.models.onnx.internal.volume.SlidingWindow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Segments volumes with a three-dimensional ONNX network ([N, C, D, H, W]), such as an exported
 * nnU-Net or MONAI U-Net.
 *
 * <pre>{@code
 * try (OnnxVolumeSegmenter segmenter =
 *     OnnxVolumeSegmenter.builder(ModelSource.ofPath(Path.of("net.onnx"))).build()) {
 *   VolumeSegmentation tumor = segmenter.segment(volume);
 *   Map<String, VolumeMask> parts = segmenter.regions(List.of(t1, t1ce, t2, flair));
 * }
 * }</pre>
 *
 * <p>What is done to a volume and what the outputs mean is told by the {@link VolumeCard}, or by
 * the files that nnU-Net, MONAI or Raidionics keep beside the network. The volume is covered with
 * overlapping patches, whose outputs (before the activation, as nnU-Net and MONAI do) are averaged.
 * Only a patch's depth of outputs is summed at a time; beside the sequences and their prepared
 * copies, two bytes per voxel are kept for classes, two per voxel and label for regions.
 *
 * <p>An interrupt of the thread ends the work between two patches by a {@link
 * java.util.concurrent.CancellationException}; the thread stays interrupted.
 *
 * <p>Safe to share between threads. Holds native memory: whoever builds a segmenter closes it.
 *
 * @since 0.1.0
 */
public final class OnnxVolumeSegmenter implements VolumeSegmenter, AutoCloseable {

  private final VolumeNetwork network;

  /** The one that is asked first. */
  private final @Nullable VolumeNetwork coarse;

  private OnnxVolumeSegmenter(VolumeNetwork network, @Nullable VolumeNetwork coarse) {
    this.network = network;
    this.coarse = coarse;
  }

  /**
   * Starts a segmenter.
   *
   * @param model the network, its {@link VolumeCard} beside it or inside unless the builder is
   *     given one
   * @return a builder
   */
  public static Builder builder(ModelSource model) {
    return new Builder(model);
  }

  /**
   * Starts a segmenter of a folder as nnU-Net, MONAI or Raidionics leave it, with the network
   * exported to ONNX.
   *
   * @param folder has one ONNX file, or has it in a folder such as {@code models} or {@code
   *     fold_0}; its card, or the program's configuration, lies beside it or as {@link
   *     VolumeCard#beside} says
   * @return a builder
   * @throws ModelException if there is no ONNX file, or are several
   */
  public static Builder ofFolder(Path folder) {
    try (Stream<Path> files =
        Files.find(folder, 2, (file, facts) -> file.toString().endsWith(".onnx"))) {
      List<Path> found = files.sorted().toList();
      if (found.size() != 1) {
        throw new ModelException(
            "%s must hold one ONNX file, in it or a folder of it, got %s".formatted(folder, found));
      }
      return builder(ModelSource.ofPath(found.get(0)));
    } catch (IOException | UncheckedIOException e) {
      throw new ModelException(folder + " cannot be read: " + e, e);
    }
  }

  /**
   * Whether a model is for this class, by its graph or its card.
   *
   * @param model where the model comes from
   * @return whether its input has five axes, or the task of the card beside it or inside is {@value
   *     VolumeCard#TASK}
   * @throws ModelException if the model cannot be read
   */
  public static boolean runs(ModelSource model) {
    return model.cardText().filter(VolumeCard::isMeantBy).isPresent()
        || OnnxSummary.isOfVolumes(model.toBytes());
  }

  /**
   * The card of the network.
   *
   * @return the card that was found when it was loaded
   */
  public VolumeCard card() {
    return network.card();
  }

  /**
   * What the network really runs on.
   *
   * @return the CPU or a GPU, never {@link Device#auto()}
   */
  public Device device() {
    return network.device();
  }

  /**
   * Segments a volume with a network of one sequence.
   *
   * @param volume the volume as read, one channel of finite samples
   * @return the union of the card's tumor labels on the volume's grid; it tells no confidence
   * @throws IllegalArgumentException if the network takes several sequences, or the volume does not
   *     have what the card needs: a known spacing or orientation
   * @throws ModelException if the run fails
   * @throws IllegalStateException if the segmenter is closed
   */
  @Override
  public VolumeSegmentation segment(MedicalVolume volume) {
    return segment(List.of(Objects.requireNonNull(volume, "volume")));
  }

  /**
   * Segments the sequences of one examination.
   *
   * @param sequences volumes as read, one channel each, in the order of the card and on one grid
   * @return the union of the card's tumor labels on that grid; it tells no confidence
   * @throws IllegalArgumentException if number or grids are others, or a volume does not have what
   *     the card needs
   * @throws ModelException if the run fails
   * @throws IllegalStateException if the segmenter is closed
   */
  public VolumeSegmentation segment(List<MedicalVolume> sequences) {
    boolean[] union = tumor(run(sequences), card());
    return new VolumeSegmentation(
        VolumeMask.wrap(sequences.get(0).grid(), union), OptionalDouble.empty());
  }

  /**
   * All regions, each on its own.
   *
   * @param sequences volumes as read, one channel each, in the order of the card and on one grid
   * @return label to voxels, on the volumes' grid, in the order of the labels; without the
   *     background of classes
   * @throws IllegalArgumentException if number or grids are others, or a volume does not have what
   *     the card needs
   * @throws ModelException if the run fails
   * @throws IllegalStateException if the segmenter is closed
   */
  public Map<String, VolumeMask> regions(List<MedicalVolume> sequences) {
    short[][] found = run(sequences);
    boolean classes = card().hasClasses();
    Map<String, VolumeMask> regions = new LinkedHashMap<>();
    for (int i = classes ? 1 : 0; i < card().labels().size(); i++) {
      regions.put(
          card().labels().get(i), LabelField.mask(sequences.get(0).grid(), found, i, classes));
    }
    return regions;
  }

  /**
   * How probable each voxel is to belong to the region of {@link #segment(List)}: of classes the
   * sum of the card's tumor labels, of regions, which may lie in each other, the largest; as the
   * network says it, before regions are made one piece.
   *
   * @param sequences volumes as read, one channel each, in the order of the card and on one grid
   * @return one channel of 0 to 1 on that grid; 0 where the network did not look
   * @throws IllegalArgumentException if number or grids are others, or a volume does not have what
   *     the card needs
   * @throws ModelException if the run fails
   * @throws IllegalStateException if the segmenter is closed
   */
  public MedicalVolume probabilities(List<MedicalVolume> sequences) {
    VolumeGrid grid = sequences.get(0).grid();
    return found(sequences, true)
        .map(LabelField::tumorOnInput)
        .orElseGet(() -> MedicalVolume.wrap(grid, 1, new float[grid.voxels()]));
  }

  private short[][] run(List<MedicalVolume> sequences) {
    int maps = card().hasClasses() ? 1 : card().labels().size();
    return found(sequences, false)
        .map(LabelField::onInput)
        .orElseGet(() -> new short[maps][sequences.get(0).grid().voxels()]);
  }

  /** What the network says; empty if there is nothing in which to look. */
  private Optional<LabelField> found(List<MedicalVolume> sequences, boolean probable) {
    network.session().requireOpen();
    Optional<CoarseBox> within = Optional.empty();
    if (coarse != null) {
      PreparedSequences whole = PreparedSequences.of(sequences, coarse.card(), within);
      LabelField rough = fill(coarse, whole.staying(), false);
      double margin = card().within().orElseThrow().margin();
      within = CoarseBox.around(tumor(rough.onGrid(), coarse.card()), whole, margin);
      if (within.isEmpty()) {
        return Optional.empty();
      }
    }
    PreparedSequences prepared = PreparedSequences.of(sequences, card(), within);
    return Optional.of(fill(network, prepared, probable));
  }

  private static LabelField fill(
      VolumeNetwork network, PreparedSequences prepared, boolean probable) {
    LabelField field = new LabelField(network.card(), prepared, probable);
    List<Integer> size =
        List.of(prepared.grid().width(), prepared.grid().height(), prepared.grid().depth());
    try {
      new SlidingWindow(size, network.card()).run(prepared.channels(), network::run, field::add);
    } catch (ModelException e) {
      throw new ModelException(
          "model " + network.name() + " on " + size + ": " + e.getMessage(), e);
    }
    return field;
  }

  private static boolean[] tumor(short[][] found, VolumeCard card) {
    boolean[] union = new boolean[found[0].length];
    for (String label : card.tumorLabels()) {
      int index = card.labels().indexOf(label);
      for (int i = 0; i < union.length; i++) {
        union[i] |= LabelField.has(found, index, card.hasClasses(), i);
      }
    }
    return union;
  }

  /**
   * Frees the native memory, after the runs that are under way. Closing twice does nothing; any
   * other use after closing throws an IllegalStateException.
   */
  @Override
  public void close() {
    network.close();
    if (coarse != null) {
      coarse.close();
    }
  }

  @Override
  public String toString() {
    return "OnnxVolumeSegmenter[" + card().name() + ", " + device() + "]";
  }

  /** Collects how a segmenter is to be made. Not safe to share between threads. */
  public static final class Builder {

    private final ModelSource model;
    private @Nullable VolumeCard card;
    private Device device = Device.auto();
    private @Nullable String mirror;
    private int threads = Runtime.getRuntime().availableProcessors();

    private Builder(ModelSource model) {
      this.model = Objects.requireNonNull(model, "model");
    }

    /**
     * Sets the card. Default: the one beside the model, else the one in its metadata.
     *
     * @param explicit the card
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder card(VolumeCard explicit) {
      card = Objects.requireNonNull(explicit, "card");
      return this;
    }

    /**
     * Sets what to run on. Default: {@link Device#auto()}.
     *
     * @param newDevice the device
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder device(Device newDevice) {
      device = Objects.requireNonNull(newDevice, "device");
      return this;
    }

    /**
     * Sets the axes along which each patch is mirrored too, the outputs being averaged, as nnU-Net
     * does unless told not to. Default: those of the card, none with the files of another program.
     *
     * @param axes {@code x}, {@code y}, {@code z} of the network in this order, or some of them;
     *     each doubles the time
     * @return this builder
     * @throws IllegalArgumentException if it is anything else
     */
    @CanIgnoreReturnValue
    public Builder mirror(String axes) {
      Arguments.require(axes.matches("x?y?z?"), "axes must be some of xyz, got '%s'", axes);
      mirror = axes;
      return this;
    }

    /**
     * Sets how many threads share the work on the CPU. Default: all processors.
     *
     * @param count positive
     * @return this builder
     * @throws IllegalArgumentException if it is not positive
     */
    @CanIgnoreReturnValue
    public Builder threads(int count) {
      threads = Arguments.requirePositive("threads", count);
      return this;
    }

    /**
     * Loads the network.
     *
     * @return a new segmenter, to be closed by the caller
     * @throws ModelException if the network is missing, damaged or not what its card says, or the
     *     device cannot be used
     */
    public OnnxVolumeSegmenter build() {
      VolumeNetwork network = VolumeNetwork.load(model, card, mirror, options());
      try {
        Optional<VolumeCard.Coarse> within = network.card().within();
        return new OnnxVolumeSegmenter(
            network, within.isPresent() ? coarse(within.get(), network.card()) : null);
      } catch (RuntimeException e) {
        network.close();
        throw e;
      }
    }

    private VolumeNetwork coarse(VolumeCard.Coarse first, VolumeCard fine) {
      VolumeNetwork coarse =
          VolumeNetwork.load(model.sibling(first.model()), null, mirror, options());
      VolumeCard rough = coarse.card();
      if (rough.convention() == VolumeCard.Convention.WHOLE
          && rough.within().isEmpty()
          && rough.sequences().equals(fine.sequences())
          && rough.orientation().equals(fine.orientation())
          && rough.axes().equals(fine.axes())) {
        return coarse;
      }
      coarse.close();
      throw new ModelException(
          "the card of model %s must have convention WHOLE, nothing within, and sequences, orientation and axes of %s, got %s"
              .formatted(coarse.name(), fine, rough));
    }

    LoadedModel.Options options() {
      return new LoadedModel.Options(
          device, OptionalLong.empty(), threads, GraphOptimization.ALL, false);
    }

    @Override
    public String toString() {
      return "OnnxVolumeSegmenter.Builder[model=%s, card=%s, mirror=%s, device=%s, threads=%s]"
          .formatted(
              model,
              card == null ? "the model's" : card,
              mirror == null ? "the card's" : mirror,
              device,
              threads);
    }
  }
}

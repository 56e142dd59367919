package io.github.brainimaging.models.onnx;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.inference.VolumeSegmentation;
import io.github.brainimaging.core.inference.VolumeSegmenter;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.registration.CommonGrid;
import io.github.brainimaging.models.card.ModelException;
import io.github.brainimaging.models.card.VolumeCard;
import io.github.brainimaging.models.onnx.internal.volume.LabelField;
import io.github.brainimaging.models.onnx.internal.volume.OneGrid;
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
 * nnU-Net or MONAI U-Net, or slice by slice with a two-dimensional one ([N, C, H, W]) whose
 * channels are a slice and its neighbors.
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

  private final NetworkPair networks;
  private final CommonGrid grids;

  private OnnxVolumeSegmenter(NetworkPair networks, CommonGrid grids) {
    this.networks = networks;
    this.grids = grids;
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
    return networks.fine().card();
  }

  /**
   * What the network really runs on.
   *
   * @return the CPU or a GPU, never {@link Device#auto()}
   */
  public Device device() {
    return networks.fine().device();
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
   * @param sequences volumes as read, one channel each, in the order of the card; those on another
   *     grid than the first are brought there ({@link CommonGrid}), which the remarks tell
   * @return the union of the card's tumor labels on the grid of the first, with all labels; it
   *     tells no confidence
   * @throws IllegalArgumentException if their number is another, or a volume cannot be brought onto
   *     that grid or does not have what the card needs
   * @throws ModelException if the run fails
   * @throws IllegalStateException if the segmenter is closed
   */
  public VolumeSegmentation segment(List<MedicalVolume> sequences) {
    requireSome(sequences);
    return segment(sequences.get(0), sequences);
  }

  /**
   * Segments the sequences of one examination on the grid of a volume of it.
   *
   * @param reference upon whose grid all are brought and the result lies; one channel
   * @param sequences as {@link #segment(List)} takes them; the reference may be one of them
   * @return as {@link #segment(List)} gives it
   * @throws IllegalArgumentException as there
   * @throws ModelException if the run fails
   * @throws IllegalStateException if the segmenter is closed
   */
  public VolumeSegmentation segment(MedicalVolume reference, List<MedicalVolume> sequences) {
    OneGrid placed = OneGrid.of(sequences, reference, card(), grids);
    short[][] found = networks.run(placed.volumes());
    return new VolumeSegmentation(
        VolumeMask.wrap(reference.grid(), NetworkPair.tumor(found, card())),
        OptionalDouble.empty(),
        placed.remarks(),
        Optional.empty(),
        LabelField.labels(reference.grid(), found, card()));
  }

  /**
   * What the network is given, before it is cut into patches: to be compared with what the program
   * gives it that the network comes from.
   *
   * @param sequences as {@link #segment(List)} takes them
   * @return one volume for each sequence, on the voxels of the network, turned and normalized;
   *     empty if the coarse network finds nothing
   * @throws IllegalArgumentException as {@link #segment(List)}
   * @throws ModelException if the run of a coarse network fails
   * @throws IllegalStateException if the segmenter is closed
   */
  public List<MedicalVolume> prepared(List<MedicalVolume> sequences) {
    requireSome(sequences);
    return networks
        .prepare(OneGrid.of(sequences, sequences.get(0), card(), grids).volumes())
        .stream()
        .flatMap(
            prepared ->
                prepared.channels().stream()
                    .map(samples -> MedicalVolume.wrap(prepared.grid(), 1, samples)))
        .toList();
  }

  private static void requireSome(List<MedicalVolume> sequences) {
    Arguments.require(!sequences.isEmpty(), "sequences must be at least one, got %s", sequences);
  }

  /**
   * All regions, each on its own.
   *
   * @param sequences as {@link #segment(List)} takes them
   * @return label to voxels, on the grid of the first, in the order of the labels; without the
   *     background of classes
   * @throws IllegalArgumentException as {@link #segment(List)}
   * @throws ModelException if the run fails
   * @throws IllegalStateException if the segmenter is closed
   */
  public Map<String, VolumeMask> regions(List<MedicalVolume> sequences) {
    requireSome(sequences);
    short[][] found =
        networks.run(OneGrid.of(sequences, sequences.get(0), card(), grids).volumes());
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
   * @param sequences as {@link #segment(List)} takes them
   * @return one channel of 0 to 1 on the grid of the first; 0 where the network did not look
   * @throws IllegalArgumentException as {@link #segment(List)}
   * @throws ModelException if the run fails
   * @throws IllegalStateException if the segmenter is closed
   */
  public MedicalVolume probabilities(List<MedicalVolume> sequences) {
    requireSome(sequences);
    return networks.probabilities(OneGrid.of(sequences, sequences.get(0), card(), grids).volumes());
  }

  /**
   * Frees the native memory, after the runs that are under way. Closing twice does nothing; any
   * other use after closing throws an IllegalStateException.
   */
  @Override
  public void close() {
    networks.close();
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
    private CommonGrid grids = CommonGrid.withDefaults();
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
     * Sets how sequences that lie on different grids are brought onto one. Default: {@link
     * CommonGrid#withDefaults()}.
     *
     * @param newGrids the steps
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder commonGrid(CommonGrid newGrids) {
      grids = Objects.requireNonNull(newGrids, "newGrids");
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
      return new OnnxVolumeSegmenter(NetworkPair.load(model, card, mirror, options()), grids);
    }

    LoadedModel.Options options() {
      return new LoadedModel.Options(
          device, OptionalLong.empty(), threads, GraphOptimization.ALL, false);
    }

    @Override
    public String toString() {
      return "OnnxVolumeSegmenter.Builder[model=%s, card=%s, mirror=%s, grids=%s, device=%s, threads=%s]"
          .formatted(
              model,
              card == null ? "the model's" : card,
              mirror == null ? "the card's" : mirror,
              grids,
              device,
              threads);
    }
  }
}

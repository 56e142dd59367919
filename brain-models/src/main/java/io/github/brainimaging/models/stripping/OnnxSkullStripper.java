package io.github.brainimaging.models.stripping;

import io.github.brainimaging.core.geometry.Resample;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.transform.VolumeTransform;
import io.github.brainimaging.models.card.ModelException;
import io.github.brainimaging.models.card.ModelInput;
import io.github.brainimaging.models.onnx.ModelSource;
import io.github.brainimaging.models.onnx.OnnxSegmenter;
import java.util.Objects;

/**
 * Finds the brain in a volume of a head with a network that looks at slices of all three planes.
 *
 * <pre>{@code
 * try (OnnxSkullStripper stripper = OnnxSkullStripper.embedded()) {
 *   VolumeMask brain = stripper.extract(head);
 * }
 * }</pre>
 *
 * <p>The head is brought to cubes of 2 mm, upright where its geometry is known, then without what
 * lies more than 17 cm below the vertex. The probabilities of axial, coronal and sagittal slices
 * are averaged; what is above a half and in one piece is the brain, without holes, on the grid of
 * the volume. Any sequence of MRI, whatever scale and offset its gray values have. A volume that is
 * stripped already, its background one value throughout, is kept as it is.
 *
 * <p>Of unknown orientation the slices may lie in any way, but less is found; of unknown spacing
 * the volume is taken for a whole head of the usual size. Samples that are not finite are
 * background.
 *
 * <p>As a transform it sets everything outside the brain to the smallest finite sample. Safe to
 * share between threads. Holds native memory: whoever makes a stripper closes it.
 *
 * @since 0.1.0
 */
public final class OnnxSkullStripper implements VolumeTransform, AutoCloseable {

  private static final String EMBEDDED = "embedded-stripper.onnx";
  private static final int SIDE = HeadGrid.SIDE;

  /** Of a stripped volume so much is background, exactly ... */
  private static final double BACKGROUND_SHARE = 0.3;

  /** ... and so much of the rest is brain; of heads with skull it is two thirds at most. */
  private static final double BRAIN_SHARE = 0.85;

  /** What hangs on the brain by less than twice this many cubes is none. */
  private static final int BRIDGE = 2;

  private static final int PLANES = SlicePlane.values().length;

  /** Of so many slices one is looked at; those between get the mean of their neighbors. */
  private static final int STRIDE = 2;

  /** Slices with less than this do not show a head. */
  private static final float SHOWN_LEVEL = 0.04f;

  private static final int SHOWN_PIXELS = 20;

  private final OnnxSegmenter network;

  private OnnxSkullStripper(OnnxSegmenter network) {
    this.network = network;
  }

  /**
   * The stripper that this library brings along.
   *
   * @return a new stripper, to be closed by the caller
   * @throws ModelException if it cannot be loaded
   */
  public static OnnxSkullStripper embedded() {
    return of(
        OnnxSegmenter.builder()
            .model(ModelSource.ofResource(OnnxSkullStripper.class, EMBEDDED))
            .build());
  }

  /**
   * A stripper with a network of your own, trained on slices as {@link RandomHeads} makes them, or
   * with another device or number of threads.
   *
   * @param network takes slices of 128 x 128 with their neighbors as three channels; closed along
   *     with the stripper
   * @return a new stripper, to be closed by the caller
   * @throws IllegalArgumentException if the network takes anything else
   */
  public static OnnxSkullStripper of(OnnxSegmenter network) {
    ModelInput input = Objects.requireNonNull(network, "network").card().input();
    Arguments.require(
        input.width() == SIDE && input.height() == SIDE && input.channels() == 3,
        "network must take %s x %s x 3, got %s x %s x %s",
        SIDE,
        SIDE,
        input.width(),
        input.height(),
        input.channels());
    return new OnnxSkullStripper(network);
  }

  /**
   * Sets everything outside the brain to the smallest finite sample.
   *
   * @param volume one channel
   * @return the stripped volume, on the same grid
   * @throws IllegalArgumentException if the volume has several channels
   * @throws ModelException if the network fails
   * @throws IllegalStateException if the stripper is closed
   */
  @Override
  public MedicalVolume apply(MedicalVolume volume) {
    return extract(volume).keep(volume);
  }

  /**
   * Finds the brain.
   *
   * @param volume one channel
   * @return the brain, on the volume's grid; empty where none was found
   * @throws IllegalArgumentException if the volume has several channels
   * @throws ModelException if the network fails
   * @throws IllegalStateException if the stripper is closed
   */
  public VolumeMask extract(MedicalVolume volume) {
    Arguments.require(
        volume.channels() == 1, "volume must have 1 channel, got %s", volume.channels());
    float[] range = volume.range();
    if (!(range[0] < range[1])) {
      return VolumeMask.empty(volume.grid());
    }
    HeadGrid head = HeadGrid.of(volume);
    float[] probabilities = probabilities(head.values());
    new Cubes(SIDE).keepOneWithoutHoles(probabilities, BRIDGE);
    MedicalVolume placed = HeadGrid.placed(volume);
    float[] onVolume =
        Resample.toGrid(placed.grid())
            .apply(MedicalVolume.wrap(head.grid(), 1, probabilities))
            .samples();
    boolean[] brain = new boolean[onVolume.length];
    for (int i = 0; i < brain.length; i++) {
      brain[i] = onVolume[i] > 0.5f;
    }
    keepStripped(volume.samples(), range[0], brain);
    return VolumeMask.wrap(volume.grid(), brain);
  }

  /** The mean of the three planes; every second slice of each is looked at. */
  private float[] probabilities(float[] values) {
    float[] sum = new float[values.length];
    for (SlicePlane plane : SlicePlane.values()) {
      for (int slice = 0; slice < SIDE; slice += STRIDE) {
        if (plane.count(values, slice, SHOWN_LEVEL) >= SHOWN_PIXELS) {
          float[] map =
              network.probabilities(plane.image(values, slice, SlicePlane.DISTANCE)).samples();
          for (int i = 0; i < map.length; i++) {
            float share = map[i] / PLANES;
            sum[plane.at(slice, i % SIDE, i / SIDE)] += share;
            for (int beside = slice - 1; beside <= slice + 1; beside += 2) {
              if (beside >= 0 && beside < SIDE) {
                sum[plane.at(beside, i % SIDE, i / SIDE)] += share / 2;
              }
            }
          }
        }
      }
    }
    return sum;
  }

  /** Where nearly all that is no background is brain, somebody has stripped it before. */
  private static void keepStripped(float[] samples, float background, boolean[] brain) {
    int content = 0;
    int both = 0;
    for (int i = 0; i < samples.length; i++) {
      if (samples[i] > background) {
        content++;
        both += brain[i] ? 1 : 0;
      }
    }
    boolean isStripped =
        content < (1 - BACKGROUND_SHARE) * samples.length && both > BRAIN_SHARE * content;
    for (int i = 0; i < samples.length && isStripped; i++) {
      brain[i] |= samples[i] > background;
    }
  }

  /** Frees the native memory; closing twice does nothing. */
  @Override
  public void close() {
    network.close();
  }

  @Override
  public String toString() {
    return "OnnxSkullStripper[" + network.card().name() + "]";
  }
}

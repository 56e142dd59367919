package io.github.brainimaging.models.stripping;

import io.github.brainimaging.core.geometry.Reorient;
import io.github.brainimaging.core.geometry.Resample;
import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.Orientation;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.io.PngImageWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;

/**
 * Makes pictures to learn brain extraction from, out of a few heads with known brains: each head
 * turned, stretched, bent and mirrored, with other gray values for its tissues, with lesions,
 * necks, faces taken away, thick slices, bias fields, noise, cut off or stripped already; of each
 * such head some slices of all three planes.
 *
 * <p>The more a network has seen of what no scanner gives, the less it trusts one contrast (Billot
 * et al., "SynthSeg", 2023).
 *
 * <p>Equal heads, numbers and seeds give equal files.
 *
 * @since 0.1.0
 */
public final class RandomHeads {

  /** How many slices of each plane are taken of one random head. */
  private static final int SLICES_PER_PLANE = 12;

  /** Slices that show less are not worth learning from. */
  private static final float SHOWN_LEVEL = 0.08f;

  private static final int SHOWN_PIXELS = 250;

  private static final double NECK = 0.5;
  private static final double ALONE = 0.12;
  private static final double TURNED_OVER = 0.06;

  /** One head, ready to be sampled. */
  @SuppressWarnings("ArrayRecordComponent") // shared within the class, never compared
  private record Source(
      MedicalVolume volume,
      float[] samples,
      float[] mask,
      double[] center,
      boolean mayHaveNeck,
      RandomContrast contrast) {}

  private final List<Source> sources = new ArrayList<>();

  /** Starts with none. */
  public RandomHeads() {}

  /**
   * Adds a head; one that is added twice comes twice as often.
   *
   * @param head one channel, of known geometry
   * @param brain its brain, on the same grid
   * @throws IllegalArgumentException if the geometry is unknown, the brain is empty, or the grids
   *     differ
   */
  public void add(MedicalVolume head, VolumeMask brain) {
    Arguments.require(
        head.grid().matches(brain.grid()),
        "brain must lie on the head's grid %s, got %s",
        head.grid(),
        brain.grid());
    Arguments.require(!brain.isEmpty(), "brain must not be empty, got %s", brain);
    MedicalVolume upright = Reorient.to(Orientation.RAS).apply(head);
    boolean[] inside = Reorient.to(Orientation.RAS).apply(brain).toArray();
    float[] mask = new float[inside.length];
    int slice = upright.width() * upright.height();
    double[] sum = new double[3];
    int count = 0;
    boolean brainBelow = false;
    for (int i = 0; i < mask.length; i++) {
      if (inside[i]) {
        mask[i] = 1;
        int row = i % slice / upright.width();
        int number = i / slice;
        sum[0] += i % upright.width();
        sum[1] += row;
        sum[2] += number;
        count++;
        brainBelow |= i < slice;
      }
    }
    double[] center =
        upright.grid().requireAffine().apply(sum[0] / count, sum[1] / count, sum[2] / count);
    float[] samples = upright.samples();
    sources.add(
        new Source(upright, samples, mask, center, !brainBelow, new RandomContrast(samples)));
  }

  /**
   * Writes slices and masks as PNG of equal names, in sub-folders by head.
   *
   * @param heads how many random heads
   * @param seed of all that is random
   * @param images folder of the slices, whose three channels are neighboring slices
   * @param masks folder of the masks
   * @throws IOException if writing fails
   * @throws IllegalStateException if there is no head
   */
  public void write(int heads, long seed, Path images, Path masks) throws IOException {
    if (sources.isEmpty()) {
      throw new IllegalStateException("no head was added");
    }
    for (int n = 0; n < heads; n++) {
      RandomGenerator random =
          RandomGeneratorFactory.of("L64X128MixRandom").create(seed * 1_000_003 + n);
      Source source = sources.get(n % sources.size());
      write(source, random, String.format(Locale.ROOT, "head%05d", n), images, masks);
    }
  }

  private static void write(
      Source source, RandomGenerator random, String name, Path images, Path masks)
      throws IOException {
    int side = HeadGrid.SIDE;
    float[] values = new float[side * side * side];
    float[] inside = new float[values.length];
    boolean neck = source.mayHaveNeck() && random.nextDouble() < NECK;
    Warp.random(source.volume(), source.center(), random)
        .apply(source.samples(), source.mask(), neck, values, inside);
    source.contrast().apply(values, inside, random);
    new Disturbance(values, inside, random).apply();
    double half = HeadGrid.STEP_MM * (side - 1) / 2;
    VolumeGrid cubes = VolumeGrid.ofSize(side, side, side);
    VolumeGrid upright =
        cubes.withAffine(
            Affine.scaling(HeadGrid.STEP_MM, HeadGrid.STEP_MM, HeadGrid.STEP_MM)
                .then(Affine.translation(-half, -half, -half)));
    MedicalVolume volume = MedicalVolume.wrap(upright, 1, values);
    // Where nobody knows where the top is, the head may stand on it, and has its neck.
    boolean known = random.nextDouble() >= TURNED_OVER;
    HeadGrid head = HeadGrid.of(known ? volume : unknown(volume));
    MedicalVolume brain = MedicalVolume.wrap(upright, 1, inside);
    brain = known ? brain : HeadGrid.placed(unknown(brain));
    float[] truth = Resample.toGrid(head.grid()).apply(brain).samples();
    write(head, truth, random, name, images, masks);
  }

  private static MedicalVolume unknown(MedicalVolume volume) {
    MedicalVolume over = Reorient.to(Orientation.of("ARI")).apply(volume);
    VolumeGrid grid = over.grid();
    return over.wrapVoxels(
        VolumeGrid.ofSize(grid.width(), grid.height(), grid.depth()).withSpacing(grid.spacing()),
        over.samples());
  }

  private static void write(
      HeadGrid head, float[] truth, RandomGenerator random, String name, Path images, Path masks)
      throws IOException {
    for (SlicePlane plane : SlicePlane.values()) {
      int[] shown =
          IntStream.range(0, HeadGrid.SIDE)
              .filter(slice -> plane.count(head.values(), slice, SHOWN_LEVEL) >= SHOWN_PIXELS)
              .toArray();
      for (int n = 0; n < SLICES_PER_PLANE && shown.length > 0; n++) {
        int slice = shown[random.nextInt(shown.length)];
        int distance = random.nextDouble() < ALONE ? 0 : SlicePlane.DISTANCE;
        MedicalImage image = plane.image(head.values(), slice, distance);
        float[] samples = image.samples();
        for (int i = 0; i < samples.length; i++) {
          samples[i] = Math.round(255 * samples[i]);
        }
        boolean[] inside = new boolean[HeadGrid.SIDE * HeadGrid.SIDE];
        for (int i = 0; i < inside.length; i++) {
          inside[i] = truth[plane.at(slice, i % HeadGrid.SIDE, i / HeadGrid.SIDE)] > 0.5f;
        }
        String file =
            name
                + "/"
                + plane.name().toLowerCase(Locale.ROOT)
                + String.format(Locale.ROOT, "_%02d_%03d.png", n, slice);
        PngImageWriter.write(
            image.wrapSamples(samples).withNominalMaximum(255), images.resolve(file));
        PngImageWriter.write(Mask.wrap(HeadGrid.SIDE, HeadGrid.SIDE, inside), masks.resolve(file));
      }
    }
  }
}

package io.github.brainimaging.models.training.internal.batch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.brainimaging.core.augmentation.Augmentation;
import io.github.brainimaging.core.data.ImageMaskPairs;
import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.core.transform.Transform;
import io.github.brainimaging.core.transform.spatial.Interpolation;
import io.github.brainimaging.models.card.ModelInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Images with a mask each. They are read once, brought to the network's size and kept in memory,
 * each mask as one more channel behind its image: so whatever moves the image moves the mask. Masks
 * are shares of a pixel, 0 to 1.
 *
 * <p>Of the images with an empty mask an epoch may see fewer than there are: they stand behind the
 * others, and each of their numbers then stands for one that is drawn at random.
 */
public final class MaskedImages implements Examples<MaskedImages.Masked> {

  private final ModelInput input;
  private final Augmentation geometry;
  private final Augmentation intensity;
  private final List<MedicalImage> stacks;
  private final int full;
  private final int drawn;

  /** Values of a batch, and the masks, image after image. */
  public static final class Masked implements Batch {
    public final float[] masks;
    private final float[] values;
    private final int count;
    private final ModelInput input;

    private Masked(float[] values, float[] masks, int count, ModelInput input) {
      this.values = values;
      this.masks = masks;
      this.count = count;
      this.input = input;
    }

    @Override
    public int size() {
      return count;
    }

    @Override
    public NDList inputs(NDManager scope) {
      int[] shape = input.shape(count);
      return new NDList(scope.create(values, new Shape(shape[0], shape[1], shape[2], shape[3])));
    }

    /** The masks as an array [images, pixels]. */
    public NDArray targets(NDManager scope) {
      return scope.create(masks, new Shape(count, masks.length / count));
    }
  }

  private MaskedImages(
      ModelInput input, Augmentation geometry, Augmentation intensity, List<MedicalImage> stacks) {
    this(input, geometry, intensity, stacks, stacks.size(), 0);
  }

  private MaskedImages(
      ModelInput input,
      Augmentation geometry,
      Augmentation intensity,
      List<MedicalImage> stacks,
      int full,
      int drawn) {
    this.input = input;
    this.geometry = geometry;
    this.intensity = intensity;
    this.stacks = stacks;
    this.full = full;
    this.drawn = drawn;
  }

  /** The same images, of which an epoch sees only this share of those with an empty mask. */
  public MaskedImages withEmptyShare(double share) {
    if (share >= 1) {
      return this;
    }
    Map<Boolean, List<MedicalImage>> byEmpty =
        stacks.stream().collect(Collectors.partitioningBy(this::empty));
    List<MedicalImage> sorted = new ArrayList<>(byEmpty.getOrDefault(false, List.of()));
    int withTumor = sorted.size();
    sorted.addAll(byEmpty.getOrDefault(true, List.of()));
    int some = (int) Math.round(share * (sorted.size() - withTumor));
    // Nothing would be left of images that are all empty.
    int least = withTumor == 0 ? 1 : 0;
    return new MaskedImages(
        input, geometry, intensity, List.copyOf(sorted), withTumor, Math.max(least, some));
  }

  /** Whether no mask shows anything. */
  public boolean allEmpty() {
    return stacks.stream().allMatch(this::empty);
  }

  private boolean empty(MedicalImage stack) {
    for (float share : mask(stack)) {
      if (share > 0.5) {
        return false;
      }
    }
    return true;
  }

  public static MaskedImages read(
      ImageMaskPairs data, ModelInput input, Augmentation geometry, Augmentation intensity)
      throws IOException {
    MedicalImageReader reader = MedicalImageReader.withDefaults();
    try {
      List<MedicalImage> stacks =
          data.pairs().parallelStream()
              .map(
                  pair -> {
                    try {
                      return placed(pair, data.reader().read(pair.mask()), reader, input);
                    } catch (IOException e) {
                      throw new UncheckedIOException(e);
                    }
                  })
              .toList();
      return new MaskedImages(input, geometry, intensity, stacks);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static MedicalImage placed(
      ImageMaskPairs.Pair pair, Mask mask, MedicalImageReader reader, ModelInput input)
      throws IOException {
    MedicalImage image = reader.read(pair.image());
    Arguments.require(
        image.width() == mask.width() && image.height() == mask.height(),
        "mask %s must have the size of its image = %s x %s, got %s x %s",
        pair.mask(),
        image.width(),
        image.height(),
        mask.width(),
        mask.height());
    MedicalImage shares = input.placement(image).toGrid(unit(mask), Interpolation.AREA, 0);
    MedicalImage placed = input.geometry().apply(image);
    return stack(placed, shares.samples());
  }

  private static MedicalImage unit(Mask mask) {
    boolean[] inside = mask.toArray();
    float[] values = new float[inside.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = inside[i] ? 1 : 0;
    }
    return MedicalImage.wrap(mask.width(), mask.height(), 1, values);
  }

  @Override
  public int count() {
    return full + drawn;
  }

  @Override
  public Masked batch(List<Integer> numbers) {
    return batch(numbers, stacks::get);
  }

  @Override
  public Masked augmented(List<Integer> numbers, IntFunction<RandomGenerator> random) {
    return batch(
        numbers,
        n -> {
          RandomGenerator dice = random.apply(n);
          int number = n < full ? n : dice.nextInt(full, stacks.size());
          return changed(stacks.get(number), dice);
        });
  }

  private MedicalImage changed(MedicalImage stack, RandomGenerator random) {
    MedicalImage moved = geometry.apply(stack, random);
    return stack(intensity.apply(image(moved), random), mask(moved));
  }

  private MedicalImage image(MedicalImage stack) {
    float[] values = Arrays.copyOf(stack.samples(), input.size());
    return stack.wrapPixels(input.width(), input.height(), input.channels(), values);
  }

  private float[] mask(MedicalImage stack) {
    float[] samples = stack.samples();
    return Arrays.copyOfRange(samples, input.size(), samples.length);
  }

  private static MedicalImage stack(MedicalImage image, float[] mask) {
    float[] values = image.samples();
    float[] both = Arrays.copyOf(values, values.length + mask.length);
    System.arraycopy(mask, 0, both, values.length, mask.length);
    return image.wrapPixels(image.width(), image.height(), image.channels() + 1, both);
  }

  private Masked batch(List<Integer> numbers, IntFunction<MedicalImage> source) {
    Transform normalization = input.intensity();
    int pixels = input.width() * input.height();
    float[] values = new float[numbers.size() * input.size()];
    float[] masks = new float[numbers.size() * pixels];
    for (int i = 0; i < numbers.size(); i++) {
      MedicalImage stack = source.apply(numbers.get(i));
      input.layout().copy(normalization.apply(image(stack)), values, i * input.size());
      float[] mask = mask(stack);
      for (int p = 0; p < pixels; p++) {
        // What came from outside of the image has the image's lowest value.
        masks[i * pixels + p] = Math.min(1, Math.max(0, mask[p]));
      }
    }
    return new Masked(values, masks, numbers.size(), input);
  }
}

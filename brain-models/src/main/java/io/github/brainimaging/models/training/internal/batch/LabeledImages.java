package io.github.brainimaging.models.training.internal.batch;

import io.github.brainimaging.core.augmentation.Augmentation;
import io.github.brainimaging.core.data.DataSet;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.internal.Heap;
import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.core.transform.Transform;
import io.github.brainimaging.models.card.ModelInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Images with a class each, brought to the network's size. They are kept in memory, or, where they
 * would take more than a quarter of it, read anew each time; augmentation and normalization are
 * done anew for every batch.
 */
public final class LabeledImages implements Examples<LabeledBatch> {

  private final ModelInput input;
  private final Augmentation augmentation;
  private final @Nullable PaintedLesions lesions;
  private final IntFunction<MedicalImage> images;
  private final List<Integer> labels;

  private LabeledImages(
      ModelInput input,
      Augmentation augmentation,
      @Nullable PaintedLesions lesions,
      IntFunction<MedicalImage> images,
      List<Integer> labels) {
    this.input = input;
    this.augmentation = augmentation;
    this.lesions = lesions;
    this.images = images;
    this.labels = labels;
  }

  public static LabeledImages read(DataSet data, ModelInput input, Augmentation augmentation)
      throws IOException {
    Transform geometry = input.geometry();
    List<Path> files = data.images().stream().map(DataSet.LabeledFile::file).toList();
    long bytes = (long) files.size() * input.size() * Float.BYTES;
    IntFunction<MedicalImage> images =
        bytes <= Heap.half() / 2
            ? read(files, geometry)::get
            : number -> read(files.get(number), geometry);
    List<Integer> labels = data.images().stream().map(DataSet.LabeledFile::label).toList();
    return new LabeledImages(input, augmentation, null, images, labels);
  }

  /** The same, with lesions painted into healthy images before they are augmented. */
  public LabeledImages withLesions(@Nullable PaintedLesions painted) {
    return new LabeledImages(input, augmentation, painted, images, labels);
  }

  private static List<MedicalImage> read(List<Path> files, Transform geometry) throws IOException {
    try {
      return files.parallelStream().map(file -> read(file, geometry)).toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static MedicalImage read(Path file, Transform geometry) {
    try {
      return geometry.apply(MedicalImageReader.withDefaults().read(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public int count() {
    return labels.size();
  }

  @Override
  public LabeledBatch batch(List<Integer> numbers) {
    return batch(numbers, this::example);
  }

  @Override
  public LabeledBatch augmented(List<Integer> numbers, IntFunction<RandomGenerator> random) {
    return batch(
        numbers,
        n -> {
          RandomGenerator generator = random.apply(n);
          Example shown = lesions == null ? example(n) : lesions.apply(example(n), generator);
          return new Example(augmentation.apply(shown.image(), generator), shown.label());
        });
  }

  private Example example(int number) {
    return new Example(images.apply(number), labels.get(number));
  }

  private LabeledBatch batch(List<Integer> numbers, IntFunction<Example> source) {
    List<Integer> shape = List.of(input.channels(), input.height(), input.width());
    Transform intensity = input.intensity();
    float[] values = new float[numbers.size() * input.size()];
    int[] batchLabels = new int[numbers.size()];
    for (int i = 0; i < batchLabels.length; i++) {
      Example example = source.apply(numbers.get(i));
      input.layout().copy(intensity.apply(example.image()), values, i * input.size());
      batchLabels[i] = example.label();
    }
    return new LabeledBatch(values, batchLabels, shape);
  }

  /** An image and the number of its class. */
  record Example(MedicalImage image, int label) {}
}

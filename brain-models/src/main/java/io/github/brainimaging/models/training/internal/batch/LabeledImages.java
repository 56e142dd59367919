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

/**
 * Images with a class each, brought to the network's size. They are kept in memory, or, where they
 * would take more than a quarter of it, read anew each time; augmentation and normalization are
 * done anew for every batch.
 */
public final class LabeledImages implements Examples<LabeledBatch> {

  private final ModelInput input;
  private final Augmentation augmentation;
  private final IntFunction<MedicalImage> images;
  private final List<Integer> labels;

  private LabeledImages(
      ModelInput input,
      Augmentation augmentation,
      IntFunction<MedicalImage> images,
      List<Integer> labels) {
    this.input = input;
    this.augmentation = augmentation;
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
    return new LabeledImages(input, augmentation, images, labels);
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
    return batch(numbers, images);
  }

  @Override
  public LabeledBatch augmented(List<Integer> numbers, IntFunction<RandomGenerator> random) {
    return batch(numbers, n -> augmentation.apply(images.apply(n), random.apply(n)));
  }

  private LabeledBatch batch(List<Integer> numbers, IntFunction<MedicalImage> source) {
    List<Integer> shape = List.of(input.channels(), input.height(), input.width());
    Transform intensity = input.intensity();
    float[] values = new float[numbers.size() * input.size()];
    int[] batchLabels = new int[numbers.size()];
    for (int i = 0; i < batchLabels.length; i++) {
      MedicalImage image = intensity.apply(source.apply(numbers.get(i)));
      input.layout().copy(image, values, i * input.size());
      batchLabels[i] = labels.get(numbers.get(i));
    }
    return new LabeledBatch(values, batchLabels, shape);
  }
}

package io.github.brainimaging.models.training;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.brainimaging.core.augmentation.Augmentation;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.core.transform.Transform;
import io.github.brainimaging.models.onnx.ModelInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;

/**
 * Images with a class each. They are read once, brought to the network's size and kept in memory;
 * augmentation and normalization are done anew for every batch.
 */
final class LabeledImages implements Examples<LabeledImages.Labeled> {

  private final ModelInput input;
  private final Augmentation augmentation;
  private final List<MedicalImage> images;
  private final List<Integer> labels;

  /** Values of a batch in the input's layout, and the label of each image. */
  static final class Labeled implements Batch {
    final float[] values;
    final int[] labels;
    private final ModelInput input;

    private Labeled(float[] values, int[] labels, ModelInput input) {
      this.values = values;
      this.labels = labels;
      this.input = input;
    }

    @Override
    public int size() {
      return labels.length;
    }

    @Override
    public NDList inputs(NDManager scope) {
      int[] shape = input.shape(size());
      return new NDList(scope.create(values, new Shape(shape[0], shape[1], shape[2], shape[3])));
    }
  }

  private LabeledImages(
      ModelInput input,
      Augmentation augmentation,
      List<MedicalImage> images,
      List<Integer> labels) {
    this.input = input;
    this.augmentation = augmentation;
    this.images = images;
    this.labels = labels;
  }

  static LabeledImages read(ImageFolder data, ModelInput input, Augmentation augmentation)
      throws IOException {
    return new LabeledImages(
        input,
        augmentation,
        read(data, input.geometry()),
        data.images().stream().map(ImageFolder.LabeledFile::label).toList());
  }

  private static List<MedicalImage> read(ImageFolder data, Transform geometry) throws IOException {
    MedicalImageReader reader = MedicalImageReader.withDefaults();
    try {
      return data.images().parallelStream()
          .map(
              image -> {
                try {
                  return geometry.apply(reader.read(image.file()));
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              })
          .toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  @Override
  public int count() {
    return images.size();
  }

  @Override
  public Labeled batch(List<Integer> numbers) {
    return batch(numbers, images::get);
  }

  @Override
  public Labeled augmented(List<Integer> numbers, IntFunction<RandomGenerator> random) {
    return batch(numbers, n -> augmentation.apply(images.get(n), random.apply(n)));
  }

  private Labeled batch(List<Integer> numbers, IntFunction<MedicalImage> source) {
    Transform intensity = input.intensity();
    float[] values = new float[numbers.size() * input.size()];
    int[] batchLabels = new int[numbers.size()];
    for (int i = 0; i < batchLabels.length; i++) {
      MedicalImage image = intensity.apply(source.apply(numbers.get(i)));
      input.layout().copy(image, values, i * input.size());
      batchLabels[i] = labels.get(numbers.get(i));
    }
    return new Labeled(values, batchLabels, input);
  }
}

package io.github.brainimaging.models.training.internal.batch;

import io.github.brainimaging.core.data.DataSet;
import io.github.brainimaging.core.internal.Heap;
import io.github.brainimaging.core.work.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;

/**
 * Features of images with a class each. They are kept in memory, or, where they would take more
 * than a quarter of it, read anew each time. Augmented examples are drawn from the copies that were
 * made of each image, the plain one among them.
 */
public final class LabeledFeatures implements Examples<LabeledBatch> {

  /** Gives the features of an image; copy 0 is the plain one. */
  @FunctionalInterface
  private interface Source {
    float[] get(int number, int copy);
  }

  private final List<Integer> labels;
  private final List<Integer> shape;
  private final int copies;
  private final Source source;

  private LabeledFeatures(List<Integer> labels, List<Integer> shape, int copies, Source source) {
    this.labels = labels;
    this.shape = shape;
    this.copies = copies;
    this.source = source;
  }

  /**
   * Computes all features that are not in the cache.
   *
   * @param before number of images that are done already
   * @param total number of images in all
   */
  public static LabeledFeatures of(
      DataSet data, FeatureCache cache, int copies, Progress progress, int before, int total)
      throws IOException {
    List<Path> files = data.images().stream().map(DataSet.LabeledFile::file).toList();
    long bytes = (long) files.size() * (copies + 1) * cache.size() * Float.BYTES;
    boolean fits = bytes <= Heap.half() / 2;
    float[][][] kept = new float[files.size()][fits ? copies + 1 : 0][];
    for (int i = 0; i < files.size(); i++) {
      for (int copy = 0; copy <= copies; copy++) {
        float[] features = cache.get(files.get(i), copy);
        if (fits) {
          kept[i][copy] = features;
        }
      }
      progress.report("features of " + files.get(i).getFileName(), before + i + 1, total);
    }
    Source source =
        fits ? (number, copy) -> kept[number][copy] : (n, copy) -> read(cache, files.get(n), copy);
    List<Integer> labels = data.images().stream().map(DataSet.LabeledFile::label).toList();
    return new LabeledFeatures(labels, cache.shape(), copies, source);
  }

  /**
   * The same with the values of a table behind the features.
   *
   * @param rows the values of each image, all equally many
   */
  public LabeledFeatures withTable(List<float[]> rows) {
    int size = shape.get(0);
    int values = rows.get(0).length;
    Source joined =
        (number, copy) -> {
          float[] both = Arrays.copyOf(source.get(number, copy), size + values);
          System.arraycopy(rows.get(number), 0, both, size, values);
          return both;
        };
    return new LabeledFeatures(labels, List.of(size + values), copies, joined);
  }

  private static float[] read(FeatureCache cache, Path file, int copy) {
    try {
      return cache.get(file, copy);
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
    return batch(numbers, n -> 0);
  }

  @Override
  public LabeledBatch augmented(List<Integer> numbers, IntFunction<RandomGenerator> random) {
    return batch(numbers, n -> random.apply(n).nextInt(copies + 1));
  }

  private LabeledBatch batch(List<Integer> numbers, IntFunction<Integer> copy) {
    int size = shape.stream().reduce(1, Math::multiplyExact);
    float[] values = new float[numbers.size() * size];
    int[] batchLabels = new int[numbers.size()];
    for (int i = 0; i < batchLabels.length; i++) {
      int number = numbers.get(i);
      System.arraycopy(source.get(number, copy.apply(number)), 0, values, i * size, size);
      batchLabels[i] = labels.get(number);
    }
    return new LabeledBatch(values, batchLabels, shape);
  }
}

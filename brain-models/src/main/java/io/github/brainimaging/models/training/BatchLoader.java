package io.github.brainimaging.models.training;

import io.github.brainimaging.core.augmentation.Augmentation;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.core.transform.Transform;
import io.github.brainimaging.models.onnx.ModelInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Makes batches in a background thread. The images are read once, brought to the network's size and
 * kept in memory; augmentation and normalization are done anew for every batch. What is drawn for
 * an image depends on seed, epoch and image alone, so that it does not matter which thread does it,
 * or whether the training was resumed.
 */
final class BatchLoader implements AutoCloseable {

  private static final int PREFETCHED = 4;

  private final ModelInput input;
  private final List<MedicalImage> images;
  private final List<Integer> labels;
  private final int batchSize;
  private final ExecutorService worker;

  /** Values of a batch in the input's layout, and the label of each image. */
  static final class Batch {
    final float[] values;
    final int[] labels;

    private Batch(float[] values, int[] labels) {
      this.values = values;
      this.labels = labels;
    }

    int size() {
      return labels.length;
    }
  }

  /** Something that takes one batch after the other. */
  @FunctionalInterface
  interface Consumer {
    void accept(Batch batch) throws IOException;
  }

  BatchLoader(ImageFolder data, ModelInput input, int batchSize) throws IOException {
    this.input = input;
    this.batchSize = batchSize;
    this.images = read(data, input.geometry());
    this.labels = data.images().stream().map(ImageFolder.LabeledFile::label).toList();
    this.worker =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, "batch-loader");
              thread.setDaemon(true);
              return thread;
            });
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

  int batches() {
    return (images.size() + batchSize - 1) / batchSize;
  }

  /** All images in a random order, augmented. */
  void trainingEpoch(int epoch, TrainingOptions options, Consumer consumer) throws IOException {
    List<Integer> order = new ArrayList<>(IntStream.range(0, images.size()).boxed().toList());
    Collections.shuffle(order, new Random(options.seed() * 1_000_003 + epoch));
    Augmentation augmentation = options.augmentation();
    feed(
        order,
        index -> {
          long seed = (options.seed() * 1_000_003 + epoch) * 1_000_003 + index;
          return augmentation.apply(images.get(index), new SplittableRandom(seed));
        },
        consumer);
  }

  /** All images in their order, as inference sees them. */
  void inOrder(Consumer consumer) throws IOException {
    feed(IntStream.range(0, images.size()).boxed().toList(), images::get, consumer);
  }

  private void feed(List<Integer> order, IntFunction<MedicalImage> source, Consumer consumer)
      throws IOException {
    Deque<Future<Batch>> ready = new ArrayDeque<>();
    for (int start = 0; start < order.size(); start += batchSize) {
      List<Integer> indices = order.subList(start, Math.min(order.size(), start + batchSize));
      ready.add(worker.submit(() -> batch(indices, source)));
      if (ready.size() > PREFETCHED) {
        consumer.accept(await(ready.remove()));
      }
    }
    while (!ready.isEmpty()) {
      consumer.accept(await(ready.remove()));
    }
  }

  private Batch batch(List<Integer> indices, IntFunction<MedicalImage> source) {
    Transform intensity = input.intensity();
    float[] values = new float[indices.size() * input.size()];
    int[] batchLabels = new int[indices.size()];
    for (int i = 0; i < batchLabels.length; i++) {
      MedicalImage image = intensity.apply(source.apply(indices.get(i)));
      input.layout().copy(image, values, i * input.size());
      batchLabels[i] = labels.get(indices.get(i));
    }
    return new Batch(values, batchLabels);
  }

  private static Batch await(Future<Batch> future) throws IOException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new IOException("cannot make a batch: " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for a batch", e);
    }
  }

  @Override
  public void close() {
    worker.shutdownNow();
  }
}

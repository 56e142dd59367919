package io.github.brainimaging.models.training.internal.batch;

import io.github.brainimaging.core.augmentation.Augmentation;
import io.github.brainimaging.core.data.SequenceSet;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.models.card.ModelInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Sequences of slices with a class each. Every slice is read once, brought to the network's size
 * and kept in memory. The slices of a sequence are augmented as the channels of one image, so that
 * all move alike. Shorter sequences of a batch are filled up with 0 at their end.
 */
public final class LabeledSequences implements Examples<LabeledBatch> {

  private final ModelInput input;
  private final Augmentation augmentation;
  private final Map<Path, MedicalImage> images;
  private final List<SequenceSet.Sequence> sequences;

  private LabeledSequences(
      ModelInput input,
      Augmentation augmentation,
      Map<Path, MedicalImage> images,
      List<SequenceSet.Sequence> sequences) {
    this.input = input;
    this.augmentation = augmentation;
    this.images = images;
    this.sequences = sequences;
  }

  public static LabeledSequences read(SequenceSet data, ModelInput input, Augmentation augmentation)
      throws IOException {
    MedicalImageReader reader = MedicalImageReader.withDefaults();
    List<Path> files =
        data.sequences().stream().flatMap(s -> s.slices().stream()).distinct().toList();
    try {
      Map<Path, MedicalImage> images =
          files.parallelStream()
              .collect(
                  Collectors.toMap(
                      Function.identity(),
                      file -> {
                        try {
                          return input.geometry().apply(reader.read(file));
                        } catch (IOException e) {
                          throw new UncheckedIOException(e);
                        }
                      }));
      return new LabeledSequences(input, augmentation, images, data.sequences());
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  @Override
  public int count() {
    return sequences.size();
  }

  @Override
  public LabeledBatch batch(List<Integer> numbers) {
    return batch(numbers, this::slices);
  }

  @Override
  public LabeledBatch augmented(List<Integer> numbers, IntFunction<RandomGenerator> random) {
    return batch(numbers, n -> augmented(slices(n), random.apply(n)));
  }

  private List<MedicalImage> slices(int number) {
    List<MedicalImage> slices = new ArrayList<>();
    for (Path file : sequences.get(number).slices()) {
      MedicalImage image = images.get(file);
      if (image == null) {
        throw new IllegalStateException("not read: " + file);
      }
      slices.add(image);
    }
    return slices;
  }

  private List<MedicalImage> augmented(List<MedicalImage> slices, RandomGenerator random) {
    float[] all = new float[slices.size() * input.size()];
    for (int i = 0; i < slices.size(); i++) {
      System.arraycopy(slices.get(i).samples(), 0, all, i * input.size(), input.size());
    }
    MedicalImage first = slices.get(0);
    int channels = slices.size() * input.channels();
    MedicalImage stack = first.wrapPixels(input.width(), input.height(), channels, all);
    float[] changed = augmentation.apply(stack, random).samples();
    List<MedicalImage> result = new ArrayList<>();
    for (int i = 0; i < slices.size(); i++) {
      int from = i * input.size();
      result.add(first.wrapSamples(Arrays.copyOfRange(changed, from, from + input.size())));
    }
    return result;
  }

  private LabeledBatch batch(List<Integer> numbers, IntFunction<List<MedicalImage>> source) {
    int longest = 0;
    for (int number : numbers) {
      longest = Math.max(longest, sequences.get(number).slices().size());
    }
    int example = longest * input.size();
    float[] values = new float[numbers.size() * example];
    int[] labels = new int[numbers.size()];
    for (int i = 0; i < labels.length; i++) {
      int to = i * example;
      for (MedicalImage slice : source.apply(numbers.get(i))) {
        input.layout().copy(input.intensity().apply(slice), values, to);
        to += input.size();
      }
      labels[i] = sequences.get(numbers.get(i)).label();
    }
    return new LabeledBatch(
        values, labels, List.of(longest, input.channels(), input.height(), input.width()));
  }
}

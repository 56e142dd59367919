package io.github.brainimaging.core.data;

import io.github.brainimaging.core.internal.Arguments;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * Sequences of slices with one class each, for the networks of P4. They are made from a {@link
 * DataSet} of slices whose groups are the patients: split that first, so that no patient is in two
 * parts.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param labels the classes; a sequence's label is an index into them
 * @param sequences the sequences, which may differ in length
 * @since 0.1.0
 */
public record SequenceSet(List<String> labels, List<Sequence> sequences) {

  /**
   * Slices in their order, and the class of the whole.
   *
   * @param slices the image files, one or more
   * @param label index of the class
   * @param group the patient; empty if unknown
   */
  public record Sequence(List<Path> slices, int label, String group) {

    /**
     * Copies the list.
     *
     * @param slices the image files
     * @param label index of the class
     * @param group the patient
     */
    public Sequence {
      slices = List.copyOf(slices);
      Arguments.require(!slices.isEmpty(), "slices must not be empty, got %s", slices);
    }
  }

  /**
   * Copies the lists.
   *
   * @param labels the classes
   * @param sequences the sequences
   */
  public SequenceSet {
    labels = List.copyOf(labels);
    sequences = List.copyOf(sequences);
  }

  /**
   * Cuts each group into slabs of neighboring slices. A slab's class is the highest index among its
   * slices: in a set of {@code notumor, tumor} a slab is a tumor if any of its slices is.
   *
   * @param slices slices in the order of each group; see {@link DataSet#ofMasks}
   * @param length slices per slab, positive; the last slab of a group may be shorter, and one that
   *     would only repeat slices of the slab before is left out
   * @param step slices from the start of a slab to that of the next, positive; equal to the length,
   *     slabs do not overlap
   * @return the slabs, group after group
   */
  public static SequenceSet slabs(DataSet slices, int length, int step) {
    Arguments.require(length > 0, "length must be positive, got %s", length);
    Arguments.require(step > 0, "step must be positive, got %s", step);
    List<Sequence> slabs = new ArrayList<>();
    for (List<DataSet.LabeledFile> group : groups(slices)) {
      int end = 0;
      for (int from = 0; end < group.size(); from += step) {
        end = Math.min(from + length, group.size());
        if (from < end) {
          slabs.add(sequence(group.subList(from, end)));
        }
      }
    }
    return new SequenceSet(slices.labels(), slabs);
  }

  /**
   * One sequence per group: slices at equal distances over all it has, as P4 takes six of a
   * subject. A group with fewer slices gives all of them.
   *
   * @param slices slices in the order of each group
   * @param count slices per sequence, positive; P4: 6
   * @return the sequences; the class is the highest index among the slices taken
   */
  public static SequenceSet spread(DataSet slices, int count) {
    Arguments.require(count > 0, "count must be positive, got %s", count);
    List<Sequence> spread = new ArrayList<>();
    for (List<DataSet.LabeledFile> group : groups(slices)) {
      int taken = Math.min(count, group.size());
      List<DataSet.LabeledFile> chosen = new ArrayList<>();
      for (int i = 0; i < taken; i++) {
        chosen.add(group.get((2 * i + 1) * group.size() / (2 * taken)));
      }
      spread.add(sequence(chosen));
    }
    return new SequenceSet(slices.labels(), spread);
  }

  private static List<List<DataSet.LabeledFile>> groups(DataSet slices) {
    Map<String, List<DataSet.LabeledFile>> groups = new LinkedHashMap<>();
    for (DataSet.LabeledFile slice : slices.images()) {
      Arguments.require(
          !slice.group().isEmpty(), "slices must each have a group, got none for %s", slice.file());
      groups.computeIfAbsent(slice.group(), name -> new ArrayList<>()).add(slice);
    }
    return List.copyOf(groups.values());
  }

  private static Sequence sequence(List<DataSet.LabeledFile> slices) {
    int label = slices.stream().mapToInt(DataSet.LabeledFile::label).max().orElseThrow();
    List<Path> files = slices.stream().map(DataSet.LabeledFile::file).toList();
    return new Sequence(files, label, slices.get(0).group());
  }

  /**
   * Weights with which all classes count alike, as {@link DataSet#balancedWeights}.
   *
   * @return one weight per label
   * @throws IllegalArgumentException if a class has no sequence
   */
  public List<Double> balancedWeights() {
    List<Double> weights = new ArrayList<>();
    for (int label = 0; label < labels.size(); label++) {
      int wanted = label;
      long count = sequences.stream().filter(s -> s.label() == wanted).count();
      Arguments.require(count > 0, "%s must have a sequence, got none", labels.get(label));
      weights.add((double) sequences.size() / (labels.size() * count));
    }
    return Collections.unmodifiableList(weights);
  }

  /**
   * Number of sequences and a checksum of their classes, groups and file names.
   *
   * @return what a training keeps to see whether it goes on with the same data
   */
  public String fingerprint() {
    CRC32 checksum = new CRC32();
    for (Sequence sequence : sequences) {
      StringBuilder line = new StringBuilder(sequence.label() + "/" + sequence.group());
      sequence.slices().forEach(file -> line.append('/').append(file.getFileName()));
      checksum.update(line.append('\n').toString().getBytes(StandardCharsets.UTF_8));
    }
    return String.format(Locale.ROOT, "%d sequences (%08x)", sequences.size(), checksum.getValue());
  }
}

package io.github.brainimaging.core.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Cuts a data set into parts of given shares that have the same share of every class. */
final class Partition {

  private final DataSet data;
  private final List<Double> shares;
  private final List<List<DataSet.LabeledFile>> parts = new ArrayList<>();

  private Partition(DataSet data, List<Double> shares) {
    this.data = data;
    this.shares = shares;
    shares.forEach(share -> parts.add(new ArrayList<>()));
  }

  static List<DataSet> of(DataSet data, List<Double> shares, long seed) {
    Partition partition = new Partition(data, shares);
    if (data.images().stream().allMatch(image -> image.group().isEmpty())) {
      partition.cutClasses(seed);
    } else {
      partition.dealGroups(seed);
    }
    return partition.parts.stream().map(part -> new DataSet(data.labels(), part)).toList();
  }

  private void cutClasses(long seed) {
    for (int label = 0; label < data.labels().size(); label++) {
      int wanted = label;
      List<DataSet.LabeledFile> ofClass =
          new ArrayList<>(data.images().stream().filter(i -> i.label() == wanted).toList());
      Collections.shuffle(ofClass, new Random(seed + label));
      double share = 0;
      int from = 0;
      for (int part = 0; part < parts.size(); part++) {
        share += shares.get(part);
        boolean last = part == parts.size() - 1;
        int to = last ? ofClass.size() : (int) Math.round(share * ofClass.size());
        parts.get(part).addAll(ofClass.subList(from, to));
        from = to;
      }
    }
  }

  /**
   * The largest group first, each to the part that it brings nearest to the wanted share of every
   * class, as scikit-learn's StratifiedGroupKFold does.
   */
  private void dealGroups(long seed) {
    Map<String, List<DataSet.LabeledFile>> groups = new LinkedHashMap<>();
    for (DataSet.LabeledFile image : data.images()) {
      String key = image.group().isEmpty() ? "file " + image.file() : "group " + image.group();
      groups.computeIfAbsent(key, k -> new ArrayList<>()).add(image);
    }
    List<List<DataSet.LabeledFile>> order = new ArrayList<>(groups.values());
    Collections.shuffle(order, new Random(seed));
    order.sort(Comparator.comparingInt((List<DataSet.LabeledFile> g) -> g.size()).reversed());
    double[][] filled = new double[parts.size()][data.labels().size()];
    for (List<DataSet.LabeledFile> group : order) {
      double[] share = classShares(group);
      int best = 0;
      for (int part = 1; part < parts.size(); part++) {
        best = growth(share, filled, part) < growth(share, filled, best) ? part : best;
      }
      parts.get(best).addAll(group);
      for (int label = 0; label < share.length; label++) {
        filled[best][label] += share[label];
      }
    }
  }

  /** The share of each class that a group holds. */
  private double[] classShares(List<DataSet.LabeledFile> group) {
    List<Integer> counts = data.counts();
    double[] share = new double[counts.size()];
    group.forEach(image -> share[image.label()] += 1.0 / counts.get(image.label()));
    return share;
  }

  /** By how much the squared distance to the wanted shares grows. */
  private double growth(double[] share, double[][] filled, int part) {
    double growth = 0;
    for (int label = 0; label < share.length; label++) {
      double missing = shares.get(part) - filled[part][label];
      growth += share[label] * (share[label] - 2 * missing);
    }
    return growth;
  }
}

package io.github.brainimaging.core.data;

import io.github.brainimaging.core.data.DataSet.LabeledFile;
import io.github.brainimaging.core.image.Percentiles;
import io.github.brainimaging.core.internal.Arguments;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * What should be known of a data set before a network learns from it: how many images a class has,
 * their sizes and gray values, which images are copies, and a control of shortcuts: how well ten
 * statistics of the gray values tell the class without looking at the brain.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param classes the figures of each class, in the order of the labels
 * @param copies images that are copies, exact or near ({@link Duplicates#NEAR}), of an earlier one
 * @param contradicting how many of these copies have another class than their original
 * @param test what a test set shares with it; empty if none was given
 * @param shortcut how far gray values alone lead
 * @param unreadable files that cannot be read, and why; they are in no figure
 * @since 0.1.0
 */
public record DataInspection(
    List<ClassFigures> classes,
    Duplicates copies,
    int contradicting,
    Optional<TestFigures> test,
    Shortcut shortcut,
    Map<Path, String> unreadable) {

  /**
   * A class.
   *
   * @param label its name
   * @param images how many there are
   * @param groups how many groups, such as patients; images that stand alone count as one each
   * @param width columns
   * @param height rows
   * @param mean mean gray value of an image
   * @param deviation standard deviation of the gray values of an image
   */
  public record ClassFigures(
      String label,
      int images,
      int groups,
      Spread width,
      Spread height,
      Spread mean,
      Spread deviation) {}

  /**
   * How a figure is spread over the images of a class; NaN without images.
   *
   * @param minimum the least
   * @param median the one in the middle
   * @param maximum the largest
   */
  public record Spread(double minimum, double median, double maximum) {

    private static Spread of(List<ImageFacts> images, ToDoubleFunction<ImageFacts> figure) {
      double[] values = images.stream().mapToDouble(figure).sorted().toArray();
      return new Spread(
          Percentiles.inSorted(values, 0),
          Percentiles.inSorted(values, 50),
          Percentiles.inSorted(values, 100));
    }

    private String text() {
      return minimum == maximum
          ? String.format(Locale.ROOT, "%.0f", median)
          : String.format(Locale.ROOT, "%.0f (%.0f-%.0f)", median, minimum, maximum);
    }
  }

  /**
   * A test set beside the data set.
   *
   * @param images how many it has
   * @param copies those that are copies, exact or near, of an image to learn from
   * @param sharedGroups groups, such as patients, that are in both
   */
  public record TestFigures(int images, Duplicates copies, List<String> sharedGroups) {

    /**
     * The share of the test that says nothing, since its answers can have been learned by heart.
     *
     * @return 0 to 1
     */
    public double copiedShare() {
      return (double) copies.copies().size() / images;
    }
  }

  /**
   * The control: the five nearest neighbors by ten statistics of the gray values (mean, deviation,
   * skewness, kurtosis, percentiles 5, 25, 50, 75, 95, share of dark pixels), each brought to zero
   * mean and unit variance.
   *
   * @param accuracy share of the images asked that were told right; NaN if there was none
   * @param chance share of the images asked that belong to the most frequent class
   * @param asked how many images were asked: the test set, else a fifth of each class held out;
   *     copies of images to learn from are left out
   */
  public record Shortcut(double accuracy, double chance, int asked) {

    /** A sentence. */
    @Override
    public String toString() {
      if (asked == 0) {
        return "too few images to see how far gray values alone lead";
      }
      double way = (accuracy - chance) / (1 - chance);
      String verdict =
          way >= 0.5
              ? "much can be told without looking at the brain: a network may learn that"
              : way >= 0.2
                  ? "something can be told without looking at the brain"
                  : "they tell little";
      return String.format(
          Locale.ROOT,
          "ten gray-value statistics alone are right in %.3f of %d images (the most frequent class:"
              + " %.3f): %s",
          accuracy,
          asked,
          chance,
          chance == 1 ? "one class only" : verdict);
    }
  }

  /**
   * Copies the lists.
   *
   * @param classes the figures of each class
   * @param copies images that are copies of an earlier one
   * @param contradicting how many of them have another class than their original
   * @param test what a test set shares with it
   * @param shortcut how far gray values alone lead
   * @param unreadable files that cannot be read, and why
   */
  public DataInspection {
    classes = List.copyOf(classes);
    unreadable = Map.copyOf(unreadable);
  }

  /**
   * Inspects a data set. Reads all files, on all cores.
   *
   * @param data the images
   * @return what was found; the control holds out a fifth, groups whole
   */
  public static DataInspection of(DataSet data) {
    ReadImages<ImageFacts> read = ImageFacts.read(data);
    Duplicates copies = copies(read);
    DataSet.Split split =
        data.without(read.unreadable().keySet()).without(copies.files()).holdOut(0.2, 0);
    Set<LabeledFile> held = Set.copyOf(split.validation().images());
    Map<Boolean, List<ImageFacts>> parts =
        without(read.kept(), copies).stream()
            .collect(Collectors.partitioningBy(each -> held.contains(each.image())));
    return new DataInspection(
        classes(data, read.kept()),
        copies,
        contradicting(copies, read.kept()),
        Optional.empty(),
        control(parts.getOrDefault(false, List.of()), parts.getOrDefault(true, List.of())),
        reasons(read));
  }

  /**
   * Inspects a data set beside the test set that is to judge what is learned from it.
   *
   * @param data the images to learn from
   * @param test the test, with classes of the same names
   * @return what was found; the control asks the test
   * @throws IllegalArgumentException if the test has a class that the data set has not
   */
  public static DataInspection of(DataSet data, DataSet test) {
    Arguments.require(
        data.labels().containsAll(test.labels()),
        "test must have classes of %s, got %s",
        data.labels(),
        test.labels());
    ReadImages<ImageFacts> read = ImageFacts.read(data);
    ReadImages<ImageFacts> asked = ImageFacts.read(labeledAs(data.labels(), test));
    Duplicates copies = copies(read);
    Duplicates shared = Duplicates.between(candidates(asked), candidates(read), Duplicates.NEAR);
    Set<String> known =
        read.kept().stream().map(each -> each.image().group()).collect(Collectors.toSet());
    List<String> groups =
        asked.kept().stream()
            .map(each -> each.image().group())
            .filter(group -> !group.isEmpty())
            .filter(known::contains)
            .distinct()
            .toList();
    Map<Path, String> unreadable = reasons(read);
    unreadable.putAll(reasons(asked));
    return new DataInspection(
        classes(data, read.kept()),
        copies,
        contradicting(copies, read.kept()),
        Optional.of(new TestFigures(asked.kept().size(), shared, groups)),
        control(read.kept(), without(asked.kept(), shared)),
        unreadable);
  }

  private static List<Duplicates.Candidate> candidates(ReadImages<ImageFacts> read) {
    return read.kept().stream().map(ImageFacts::candidate).toList();
  }

  private static Duplicates copies(ReadImages<ImageFacts> read) {
    return Duplicates.within(candidates(read));
  }

  private static Map<Path, String> reasons(ReadImages<ImageFacts> read) {
    Map<Path, String> reasons = new HashMap<>();
    read.unreadable().forEach((file, e) -> reasons.put(file, String.valueOf(e.getMessage())));
    return reasons;
  }

  private static DataSet labeledAs(List<String> labels, DataSet test) {
    return new DataSet(
        labels,
        test.images().stream()
            .map(
                image ->
                    new LabeledFile(
                        image.file(),
                        labels.indexOf(test.labels().get(image.label())),
                        image.group()))
            .toList());
  }

  private static List<ImageFacts> without(List<ImageFacts> facts, Duplicates copies) {
    Set<Path> left = new HashSet<>(copies.files());
    return facts.stream().filter(each -> !left.contains(each.image().file())).toList();
  }

  private static List<ClassFigures> classes(DataSet data, List<ImageFacts> facts) {
    List<ClassFigures> classes = new ArrayList<>();
    for (int label = 0; label < data.labels().size(); label++) {
      int wanted = label;
      List<ImageFacts> own = facts.stream().filter(f -> f.image().label() == wanted).toList();
      long alone = own.stream().filter(f -> f.image().group().isEmpty()).count();
      long groups =
          own.stream().map(f -> f.image().group()).filter(g -> !g.isEmpty()).distinct().count();
      classes.add(
          new ClassFigures(
              data.labels().get(label),
              own.size(),
              (int) (alone + groups),
              Spread.of(own, ImageFacts::width),
              Spread.of(own, ImageFacts::height),
              Spread.of(own, f -> f.gray().get(0)),
              Spread.of(own, f -> f.gray().get(1))));
    }
    return classes;
  }

  private static int contradicting(Duplicates copies, List<ImageFacts> facts) {
    Map<Path, Integer> labels = new HashMap<>();
    facts.forEach(each -> labels.put(each.image().file(), each.image().label()));
    return (int)
        copies.copies().stream()
            .filter(copy -> !Objects.equals(labels.get(copy.file()), labels.get(copy.original())))
            .count();
  }

  private static Shortcut control(List<ImageFacts> known, List<ImageFacts> asked) {
    if (known.isEmpty() || asked.isEmpty()) {
      return new Shortcut(Double.NaN, Double.NaN, 0);
    }
    NearestNeighbors neighbors = NearestNeighbors.of(known);
    long right =
        asked.parallelStream()
            .filter(each -> neighbors.label(each.gray()) == each.image().label())
            .count();
    Map<Integer, Integer> counts = new HashMap<>();
    asked.forEach(each -> counts.merge(each.image().label(), 1, Integer::sum));
    int most = counts.values().stream().max(Integer::compare).orElse(0);
    return new Shortcut((double) right / asked.size(), (double) most / asked.size(), asked.size());
  }

  /** A table of the classes, and a sentence for everything else. */
  @Override
  public String toString() {
    StringJoiner lines = new StringJoiner(System.lineSeparator());
    String form = "%-14s %7s %7s  %-16s %-16s %-16s %s";
    lines.add(
        String.format(form, "class", "images", "groups", "width", "height", "mean", "deviation"));
    for (ClassFigures each : classes) {
      lines.add(
          String.format(
              form,
              each.label(),
              each.images(),
              each.groups(),
              each.width().text(),
              each.height().text(),
              each.mean().text(),
              each.deviation().text()));
    }
    long exact = copies.copies().stream().filter(Duplicates.Copy::exact).count();
    lines.add(
        String.format(
            "copies: %d, %d of them exact, %d with another class than the original",
            copies.copies().size(), exact, contradicting));
    test.ifPresent(
        each -> {
          lines.add(
              String.format(
                  Locale.ROOT,
                  "test: %d of %d images (%.1f %%) are copies of images to learn from",
                  each.copies().copies().size(),
                  each.images(),
                  100 * each.copiedShare()));
          if (!each.sharedGroups().isEmpty()) {
            lines.add("test: " + each.sharedGroups().size() + " groups are in both");
          }
        });
    lines.add("control: " + shortcut);
    new TreeMap<>(unreadable)
        .forEach((file, reason) -> lines.add("cannot be read: " + file + ": " + reason));
    return lines.toString();
  }
}

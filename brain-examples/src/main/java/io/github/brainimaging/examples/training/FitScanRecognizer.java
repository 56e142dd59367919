package io.github.brainimaging.examples.training;

import io.github.brainimaging.core.image.ScanFacts;
import io.github.brainimaging.core.work.AtomicFiles;
import io.github.brainimaging.models.onnx.FeatureExtractor;
import io.github.brainimaging.models.onnx.ModelSource;
import io.github.brainimaging.models.onnx.ScanRecognizer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Fits the weights of {@link ScanRecognizer} to the slices that may train what is shipped, or
 * measures the embedded ones on the others. Run in the root of the repository:
 *
 * <pre>
 * FitScanRecognizer fit DATA brain-models/src/main/resources/io/github/brainimaging/models/onnx/scan-recognizer.csv
 * FitScanRecognizer measure DATA
 * </pre>
 */
public final class FitScanRecognizer {

  /** A group counts by the number of its slices to this power. */
  private static final double GROUP_POWER = 0.4;

  private static final List<String> FACTS =
      List.of(ScanFacts.SEQUENCE, ScanFacts.PLANE, ScanFacts.SKULL);

  /** Chosen by eye among 0.008 and 0.08, on which little depends. */
  private static final double PENALTY = 0.08;

  private FitScanRecognizer() {}

  /** A slice's features, and what is known of it. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Known(String group, float[] features, Map<String, String> truth) {}

  /** How often a fact was told, and rightly. */
  private static final class Count {
    private int all;
    private int told;
    private int right;
  }

  /**
   * Fits or measures.
   *
   * @param args {@code fit DATA FILE} or {@code measure DATA}
   * @throws IOException if data cannot be read or the file cannot be written
   */
  public static void main(String[] args) throws IOException {
    Path data = Path.of(args[1]);
    if (args[0].equals("fit")) {
      fit(data, Path.of(args[2]));
    } else {
      measure(data, System.out);
    }
  }

  private static void fit(Path data, Path out) throws IOException {
    List<Known> known = new ArrayList<>();
    try (FeatureExtractor extractor =
        FeatureExtractor.ofLayer(ModelSource.embedded(), ScanRecognizer.LAYER)) {
      new ScanSlices(
              data,
              slice ->
                  known.add(
                      new Known(
                          slice.group(),
                          extractor.extract(slice.image()).toArray(),
                          slice.truth())))
          .training();
    }
    StringBuilder text = new StringBuilder();
    for (String fact : FACTS) {
      List<Known> told = known.stream().filter(k -> k.truth().containsKey(fact)).toList();
      List<String> values =
          List.copyOf(
              told.stream()
                  .map(k -> k.truth().get(fact))
                  .collect(Collectors.toCollection(TreeSet::new)));
      List<SoftmaxRegression.Grouped> grouped =
          told.stream()
              .map(
                  k ->
                      new SoftmaxRegression.Grouped(
                          k.group(), k.features(), values.indexOf(k.truth().get(fact))))
              .toList();
      double[][] fitted =
          SoftmaxRegression.fit(
              SoftmaxRegression.balanced(grouped, values.size(), GROUP_POWER),
              values.size(),
              PENALTY);
      for (int i = 0; i < fitted.length; i++) {
        text.append(fact).append(',').append(values.get(i));
        for (double weight : fitted[i]) {
          text.append(String.format(Locale.ROOT, ",%.4g", weight));
        }
        text.append('\n');
      }
    }
    AtomicFiles.write(
        out, stream -> stream.write(text.toString().getBytes(StandardCharsets.US_ASCII)));
  }

  private static void measure(Path data, PrintStream out) throws IOException {
    Map<String, Map<String, Count>> counts = new TreeMap<>();
    try (ScanRecognizer recognizer = ScanRecognizer.embedded()) {
      new ScanSlices(
              data,
              slice -> {
                ScanFacts seen = recognizer.recognize(slice.image());
                slice
                    .truth()
                    .forEach((fact, value) -> count(counts, slice.group(), fact, value, seen));
              })
          .measuring();
    }
    out.println("| slices | number | sequence: told, of these right | plane | skull |");
    out.println("|---|---|---|---|---|");
    counts.forEach((group, facts) -> out.println(row(group, facts)));
  }

  private static String row(String group, Map<String, Count> facts) {
    StringBuilder row = new StringBuilder("| " + group + " | ");
    row.append(facts.getOrDefault(ScanFacts.SEQUENCE, new Count()).all).append(" |");
    for (String fact : FACTS) {
      Count c = facts.getOrDefault(fact, new Count());
      row.append(
          c.all == 0
              ? " |"
              : String.format(
                  Locale.ROOT,
                  " %.2f, %.2f |",
                  (double) c.told / c.all,
                  c.told == 0 ? 0 : (double) c.right / c.told));
    }
    return row.toString();
  }

  private static void count(
      Map<String, Map<String, Count>> counts,
      String group,
      String fact,
      String value,
      ScanFacts seen) {
    boolean ct = value.equals("CT");
    Count count =
        counts
            .computeIfAbsent(group, key -> new HashMap<>())
            .computeIfAbsent(fact, key -> new Count());
    var told = seen.find(ct ? ScanFacts.MODALITY : fact);
    count.all++;
    count.told += told.isPresent() ? 1 : 0;
    count.right += told.filter(t -> t.value().equals(value)).isPresent() ? 1 : 0;
  }
}

package io.github.brainimaging.examples.foreign;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VoxelType;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.core.io.MedicalVolumeReader;
import io.github.brainimaging.core.io.NiftiWriter;
import io.github.brainimaging.examples.cli.Commands;
import io.github.brainimaging.models.card.ModelException;
import io.github.brainimaging.models.onnx.ModelSource;
import io.github.brainimaging.models.onnx.OnnxClassifier;
import io.github.brainimaging.models.onnx.OnnxSegmenter;
import io.github.brainimaging.models.onnx.SequenceClassifier;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Runs networks of other programs with the card beside them, and with one that {@code card --write}
 * makes (from Java and from the command line), and holds the answers against those of their own
 * program: {@code ForeignTable FOLDER DATA}, FOLDER made by {@code foreign_models.py} and {@code
 * truths.py}, DATA with the pictures.
 */
final class ForeignTable {

  /** What became of a network. */
  enum Verdict {
    /** Within 1e-4 of its own program. */
    RIGHT,
    /** Not its answers, but a warning said so. */
    WARNED,
    WRONG,
    /** With a sentence. */
    REFUSED,
    /** With words of the engine. */
    ENGINE
  }

  /** A verdict, and how far from right, or which words. */
  record Result(Verdict verdict, String words) {}

  private static final double TOLERANCE = 1e-4;

  private static final Pattern ENGINE =
      Pattern.compile(
          "Error code|ORT_|onnxruntime|Non-zero status|/onnx|\\.cc:|\\bai\\.djl|Exception:"
              + "|failed:Load|NullPointer|ClassCast|OutOfBounds");

  /** Something that gives its distance from the right answer. */
  private interface Trial {
    double apart() throws IOException;
  }

  /** A command did not succeed. */
  private static final class Refusal extends IOException {
    private static final long serialVersionUID = 1L;

    Refusal(String words) {
      super(words);
    }
  }

  private final ForeignNetwork network;
  private final Path data;
  private final Path work;

  private ForeignTable(ForeignNetwork network, Path data, Path work) {
    this.network = network;
    this.data = data;
    this.work = work;
  }

  /** Tries a network in all ways: way to result. */
  static Map<String, Result> results(ForeignNetwork network, Path data, Path work)
      throws IOException {
    ForeignTable table = new ForeignTable(network, data, work);
    Map<String, Result> results = new LinkedHashMap<>();
    if (Files.exists(network.folder().resolve("model.json"))) {
      Path given = network.folder().resolve("model.onnx");
      results.put("card given", judged(() -> table.inJava(given)));
    }
    Path copy = work.resolve("model.onnx");
    table.copy();
    results.put(
        "card written",
        judged(
            () -> {
              table.writeCard(copy);
              return table.inJava(copy);
            }));
    if (Files.exists(work.resolve("model.json"))) {
      results.put("command line", judged(() -> table.asCommand(copy)));
    }
    return results;
  }

  private void copy() throws IOException {
    try (Stream<Path> files = Files.list(network.folder())) {
      for (Path file : files.filter(f -> f.toString().contains("model.onnx")).toList()) {
        Files.copy(file, work.resolve(String.valueOf(file.getFileName())));
      }
    }
  }

  private static Result judged(Trial trial) {
    PrintStream before = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try {
      double apart = trial.apart();
      String warned =
          log.toString(StandardCharsets.UTF_8)
              .lines()
              .filter(line -> line.contains("WARN"))
              .findFirst()
              .orElse("");
      boolean right = apart <= TOLERANCE;
      Verdict verdict = right ? Verdict.RIGHT : warned.isEmpty() ? Verdict.WRONG : Verdict.WARNED;
      return new Result(verdict, String.format(Locale.ROOT, "%.1e %s", apart, right ? "" : warned));
    } catch (ModelException | IllegalArgumentException | Refusal e) {
      String words = String.valueOf(e.getMessage()).strip();
      return new Result(ENGINE.matcher(words).find() ? Verdict.ENGINE : Verdict.REFUSED, words);
    } catch (IOException | RuntimeException e) {
      return new Result(Verdict.ENGINE, e.toString());
    } finally {
      System.setErr(before);
    }
  }

  private double inJava(Path model) throws IOException {
    List<MedicalImage> pictures = network.pictures(data);
    ModelSource source = ModelSource.ofPath(model);
    if (network.isMask()) {
      try (OnnxSegmenter segmenter = OnnxSegmenter.builder().model(source).build()) {
        return network.apart(segmenter.probabilities(pictures.get(0)).samples());
      }
    }
    if (network.isSequence()) {
      try (SequenceClassifier classifier = SequenceClassifier.builder(source).build()) {
        return network.apart(classifier.classify(pictures).probabilities());
      }
    }
    try (OnnxClassifier classifier = OnnxClassifier.builder().model(source).build()) {
      double apart = network.apart(classifier.classify(pictures.get(0)).probabilities());
      for (Prediction each : classifier.classifyAll(List.of(pictures.get(0), pictures.get(0)))) {
        apart = Math.max(apart, network.apart(each.probabilities()));
      }
      return apart;
    }
  }

  /** As a user does: again with what was asked for, until nothing more is. */
  private void writeCard(Path model) throws IOException {
    List<Object> arguments = new ArrayList<>(List.of("card", model, "--write"));
    arguments.addAll(network.told());
    while (true) {
      try {
        String unused = run(arguments);
        return;
      } catch (Refusal question) {
        List<String> answers = new ArrayList<>(network.asked(question.getMessage()));
        answers.removeAll(arguments);
        if (!arguments.addAll(answers)) {
          throw question;
        }
      }
    }
  }

  private static String run(List<Object> arguments) throws IOException {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = Commands.run(out, err, arguments.toArray());
    if (code != 0) {
      throw new Refusal(err.toString().isBlank() ? out.toString() : err.toString());
    }
    return out.toString();
  }

  private double asCommand(Path model) throws IOException {
    Path out = work.resolve("out");
    Path picture = data.resolve(network.strings("pictures").get(0));
    if (network.isSequence()) {
      return asVolume(model, out);
    }
    if (network.isMask()) {
      String unused =
          run(List.of("segment", picture, "--no-screen", "--segmenter", model, "--out", out));
      MedicalImage mask =
          MedicalImageReader.withDefaults()
              .read(out.resolve(first(out, "report.json").get("mask").getAsString()));
      return (double) network.differing(mask) / mask.samples().length;
    }
    String unused = run(List.of("analyze", picture, "--model", model, "--out", out));
    return network.apart(numbers(first(out, "report.json")));
  }

  /** The slices as a volume, held against the same from Java, whose slices are tried elsewhere. */
  private double asVolume(Path model, Path out) throws IOException {
    List<MedicalImage> slices = network.pictures(data);
    MedicalImage one = slices.get(0);
    int size = one.width() * one.height();
    float[] voxels = new float[slices.size() * size];
    for (int z = 0; z < slices.size(); z++) {
      float[] gray = slices.get(z).samples();
      System.arraycopy(gray, 0, voxels, z * size, size);
    }
    VolumeGrid grid = VolumeGrid.ofSize(one.width(), one.height(), slices.size());
    Path file = work.resolve("head.nii");
    NiftiWriter.withDefaults()
        .withType(VoxelType.FLOAT32)
        .write(MedicalVolume.of(grid, voxels), file);
    MedicalVolume volume = MedicalVolumeReader.withDefaults().read(file);
    String unused = run(List.of("analyze", file, "--sequence-model", model, "--out", out));
    Map<String, Double> found = numbers(first(out, "volumes.json"));
    double apart = 0;
    try (SequenceClassifier classifier =
        SequenceClassifier.builder(ModelSource.ofPath(model)).build()) {
      Map<String, Double> expected = classifier.classify(volume).probabilities();
      for (Map.Entry<String, Double> label : expected.entrySet()) {
        double answer = found.getOrDefault(label.getKey(), Double.NaN);
        apart = Math.max(apart, Math.abs(label.getValue() - answer));
      }
    }
    return apart;
  }

  private static JsonObject first(Path out, String file) throws IOException {
    return Commands.json(out.resolve(file)).getAsJsonArray("results").get(0).getAsJsonObject();
  }

  private static Map<String, Double> numbers(JsonObject result) {
    JsonElement by = result.get("probabilities");
    if (by == null) {
      by = result.getAsJsonObject("prediction").get("probabilities");
    }
    Map<String, Double> numbers = new LinkedHashMap<>();
    by.getAsJsonObject()
        .entrySet()
        .forEach(e -> numbers.put(e.getKey(), e.getValue().getAsDouble()));
    return numbers;
  }

  public static void main(String[] arguments) throws IOException {
    Map<String, Map<Verdict, Integer>> totals = new LinkedHashMap<>();
    for (ForeignNetwork network : ForeignNetwork.read(Path.of(arguments[0]))) {
      if (arguments.length > 2 && !network.name().matches(arguments[2])) {
        continue;
      }
      Path work = Files.createTempDirectory("foreign");
      Map<String, Result> results = results(network, Path.of(arguments[1]), work);
      results.forEach(
          (way, result) -> {
            System.out.printf(
                "%-26s %-13s %-8s %s%n",
                network.name(),
                way,
                result.verdict(),
                result.words().replace(work.toString(), "").replaceAll("\\s+", " "));
            totals
                .computeIfAbsent(way, key -> new EnumMap<>(Verdict.class))
                .merge(result.verdict(), 1, Integer::sum);
          });
      delete(work);
    }
    totals.forEach((way, counts) -> System.out.println(way + " " + counts));
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}

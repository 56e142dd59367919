package io.github.brainimaging.examples.benchmark;

import io.github.brainimaging.core.data.ClinicalTable;
import io.github.brainimaging.core.data.DataSet;
import io.github.brainimaging.core.data.ImageMaskPairs;
import io.github.brainimaging.core.evaluation.Bootstrap;
import io.github.brainimaging.core.evaluation.ConfidenceInterval;
import io.github.brainimaging.core.evaluation.classification.RocCurve;
import io.github.brainimaging.core.evaluation.significance.DeLongTest;
import io.github.brainimaging.core.evaluation.significance.ModelComparison;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.inference.Classifier;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.core.tensor.Tensor;
import io.github.brainimaging.core.work.Progress;
import io.github.brainimaging.models.card.Activation;
import io.github.brainimaging.models.card.ClinicalColumns;
import io.github.brainimaging.models.card.ModelCard;
import io.github.brainimaging.models.card.ModelInput;
import io.github.brainimaging.models.network.Network;
import io.github.brainimaging.models.network.Tap;
import io.github.brainimaging.models.network.Weights;
import io.github.brainimaging.models.network.format.OnnxBackbone;
import io.github.brainimaging.models.network.format.OnnxExport;
import io.github.brainimaging.models.network.format.WeightFiles;
import io.github.brainimaging.models.network.layer.BatchNorm;
import io.github.brainimaging.models.network.layer.Conv2d;
import io.github.brainimaging.models.network.layer.Dense;
import io.github.brainimaging.models.network.layer.Dropout;
import io.github.brainimaging.models.network.layer.GlobalAveragePool;
import io.github.brainimaging.models.network.layer.Softmax;
import io.github.brainimaging.models.network.zoo.Architecture;
import io.github.brainimaging.models.network.zoo.Architectures;
import io.github.brainimaging.models.network.zoo.Head;
import io.github.brainimaging.models.onnx.FeatureExtractor;
import io.github.brainimaging.models.onnx.ModelSource;
import io.github.brainimaging.models.onnx.OnnxClassifier;
import io.github.brainimaging.models.training.HeadTrainer;
import io.github.brainimaging.models.training.Recipe;
import io.github.brainimaging.models.training.TrainingOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a table adds to images: the histologic grade of the glioma (1 or 2, as {@code data.csv} of
 * the LGG collection codes it) from FLAIR slices, from age and sex, and from both, in five times
 * five folds of patients. All that could be chosen was fixed before the first result: the columns,
 * the five slices with the largest true mask of each patient, the backbone, head and options, and
 * that the last epoch counts, so that no held-out patient chooses anything.
 */
public final class GradeWithTable {

  private static final int SLICES = 5;
  private static final int REPEATS = 5;
  private static final int FOLDS = 5;
  private static final int SIZE = 224;
  private static final String GRADE = "neoplasm_histologic_grade";
  private static final List<String> LABELS = List.of("1", "2");
  private static final List<String> NUMBERS = List.of("age_at_initial_pathologic");
  private static final List<String> CATEGORIES = List.of("gender");

  /** What is looked at. */
  private enum Source {
    IMAGE,
    TABLE,
    BOTH
  }

  /**
   * A frozen network.
   *
   * @param input how images are fed to it
   * @param features how many it gives
   */
  private record Frozen(OnnxBackbone backbone, ModelInput input, int features) {}

  /**
   * What was learned of a source.
   *
   * @param scores patient to probability of grade 2
   */
  private record Scored(Source source, Map<String, Double> scores) {

    double[] values() {
      return scores.values().stream().mapToDouble(Double::doubleValue).toArray();
    }
  }

  private final ClinicalTable table;
  private final DataSet data;
  private final Path out;
  private final Map<Path, MedicalImage> images = new LinkedHashMap<>();

  private GradeWithTable(ClinicalTable table, DataSet data, Path out) {
    this.table = table;
    this.data = data;
    this.out = out;
  }

  /**
   * Prints areas under the ROC curve and their differences.
   *
   * @param arguments folder of the LGG collection with its data.csv; EfficientNet-Lite0 with
   *     ImageNet weights as .onnx; a folder for features and checkpoints, at first empty
   * @throws IOException if a file cannot be read or written
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length < 3) {
      System.err.println("usage: GradeWithTable LGG lite0.onnx OUT");
      return;
    }
    Path folder = Path.of(arguments[0]);
    ClinicalTable table = ClinicalTable.ofCsv(folder.resolve("data.csv"));
    GradeWithTable measured = new GradeWithTable(table, data(folder, table), Path.of(arguments[2]));
    Frozen image = image(Path.of(arguments[1]));
    Scored ofImage = measured.scores(Source.IMAGE, image);
    Scored ofTable = measured.scores(Source.TABLE, blind());
    Scored ofBoth = measured.scores(Source.BOTH, image);
    measured.print(List.of(ofImage, ofTable, ofBoth));
    measured.compare(
        List.of(List.of(ofBoth, ofImage), List.of(ofBoth, ofTable), List.of(ofTable, ofImage)));
  }

  /** The slices with the largest masks, of patients whose grade is known. */
  private static DataSet data(Path folder, ClinicalTable table) throws IOException {
    ImageMaskPairs pairs = ImageMaskPairs.read(folder, folder);
    Map<ImageMaskPairs.Pair, Integer> areas = new LinkedHashMap<>();
    for (ImageMaskPairs.Pair pair : pairs.pairs()) {
      areas.put(pair, pairs.reader().read(pair.mask()).count());
    }
    Map<String, List<ImageMaskPairs.Pair>> patients =
        pairs.pairs().stream()
            .filter(pair -> areas.getOrDefault(pair, 0) > 0)
            .sorted(Comparator.comparing(pair -> -areas.getOrDefault(pair, 0)))
            .collect(
                Collectors.groupingBy(
                    // The folder is the patient and the date of the scan.
                    pair -> pair.group().replaceFirst("_\\d+$", ""),
                    TreeMap::new,
                    Collectors.toList()));
    List<DataSet.LabeledFile> files = new ArrayList<>();
    patients.forEach(
        (patient, own) -> {
          int grade = LABELS.indexOf(table.row(patient).getOrDefault(GRADE, ""));
          if (grade >= 0) {
            own.stream()
                .limit(SLICES)
                .forEach(pair -> files.add(new DataSet.LabeledFile(pair.image(), grade, patient)));
          }
        });
    return new DataSet(LABELS, files);
  }

  private static Frozen image(Path weights) throws IOException {
    Architecture architecture = Architectures.named("efficientnet-lite0");
    Network whole = architecture.backbone(3, SIZE);
    Network before =
        whole.upTo("blocks.10.add").output("lite0").then("pooled", new GlobalAveragePool()).build();
    Map<String, Tensor> used = new LinkedHashMap<>(WeightFiles.readOnnx(weights, whole).tensors());
    used.keySet().retainAll(before.weights().keySet());
    return frozen(
        before,
        Weights.of(used),
        Recipe.of(architecture, Head.POOLED).inputOfImageNet(architecture, SIZE));
  }

  /** Sees nothing: gives 0, so that a head behind it has the table only. */
  private static Frozen blind() {
    Network network =
        Network.input("blind", 1, 8, 8)
            .then("conv", Conv2d.same(1, 1))
            .then("pooled", new GlobalAveragePool())
            .build();
    Map<String, Tensor> zeros = new LinkedHashMap<>();
    Weights.random(network, 1)
        .tensors()
        .forEach((name, t) -> zeros.put(name, Tensor.wrap(new float[t.size()], t.shape())));
    return frozen(network, Weights.of(zeros), ModelInput.ofSize(8, 1));
  }

  private static Frozen frozen(Network network, Weights weights, ModelInput input) {
    byte[] bytes = OnnxExport.toBytes(network, weights, Map.of());
    int features = network.outputShape().get(0);
    return new Frozen(OnnxBackbone.cutAt(bytes, "pooled"), input, features);
  }

  /** The mean over slices and repeats of what was said of each patient while held out. */
  private Scored scores(Source source, Frozen frozen) throws IOException {
    Map<String, Double> sums = new TreeMap<>();
    double within = 0;
    try (FeatureExtractor extractor =
        FeatureExtractor.open(
            ModelSource.ofBytes(frozen.backbone.toBytes(), "frozen"), frozen.input)) {
      for (int repeat = 1; repeat <= REPEATS; repeat++) {
        Map<String, Double> own = new TreeMap<>();
        int fold = 0;
        for (DataSet.Split split : data.folds(FOLDS, repeat)) {
          fold++;
          Path folder = out.resolve(source + "-" + repeat + "-" + fold);
          Map<String, Double> held = heldOut(source, frozen, extractor, split, folder, repeat);
          within += area(held) / (REPEATS * FOLDS);
          own.putAll(held);
        }
        own.forEach((patient, score) -> sums.merge(patient, score / REPEATS, Double::sum));
        System.out.printf(Locale.ROOT, "%s repeat %d: AUC %.3f%n", source, repeat, area(own));
      }
    }
    // Each fold by itself: that classifiers of several folds are mixed lowers the others.
    System.out.printf(Locale.ROOT, "%s: mean AUC within the folds %.3f%n", source, within);
    return new Scored(source, sums);
  }

  private Map<String, Double> heldOut(
      Source source,
      Frozen frozen,
      FeatureExtractor extractor,
      DataSet.Split split,
      Path folder,
      int repeat)
      throws IOException {
    boolean tabled = source != Source.IMAGE;
    ClinicalColumns columns =
        tabled
            ? ClinicalColumns.fit(table.rows(split.training()), NUMBERS, CATEGORIES)
            : ClinicalColumns.none();
    Tap input = Network.input("head", List.of(frozen.features + columns.size()));
    Network head =
        input
            .then("norm", new BatchNorm(1e-3f, 0.9f))
            .then(new Dropout(0.5f))
            .then("dense", new Dense(LABELS.size()))
            .then("probabilities", new Softmax())
            .build();
    TrainingOptions options = TrainingOptions.builder().epochs(40).seed(repeat).build();
    HeadTrainer plain = HeadTrainer.of(extractor, head, options, out.resolve("features"));
    HeadTrainer trainer = tabled ? plain.withTable(table, columns) : plain;
    Weights weights =
        trainer
            .train(split.training(), split.validation(), folder, Progress.none(), epoch -> {})
            .lastWeights();
    ModelCard card =
        ModelCard.builder("grade", frozen.input, Activation.SOFTMAX, LABELS)
            .clinical(columns)
            .build();
    OnnxBackbone whole = tabled ? frozen.backbone.andTable(columns.size()) : frozen.backbone;
    byte[] model = whole.join(head, weights, Map.of(ModelCard.METADATA_KEY, card.toJson()));
    Map<String, Double> scores = new TreeMap<>();
    try (OnnxClassifier classifier =
        OnnxClassifier.builder().model(ModelSource.ofBytes(model, "grade")).build()) {
      for (Map.Entry<String, List<MedicalImage>> patient : slices(split.validation()).entrySet()) {
        Classifier asked = tabled ? classifier.forPatient(table.row(patient.getKey())) : classifier;
        List<Prediction> said = asked.classifyAll(patient.getValue());
        scores.put(
            patient.getKey(),
            said.stream().mapToDouble(p -> p.probability("2")).average().orElseThrow());
      }
    }
    return scores;
  }

  private Map<String, List<MedicalImage>> slices(DataSet part) throws IOException {
    Map<String, List<MedicalImage>> slices = new TreeMap<>();
    for (DataSet.LabeledFile file : part.images()) {
      MedicalImage image = images.get(file.file());
      if (image == null) {
        image = MedicalImageReader.withDefaults().read(file.file());
        images.put(file.file(), image);
      }
      slices.computeIfAbsent(file.group(), patient -> new ArrayList<>()).add(image);
    }
    return slices;
  }

  private boolean isHigh(String patient) {
    return table.row(patient).getOrDefault(GRADE, "").equals("2");
  }

  private double area(Map<String, Double> scores) {
    return RocCurve.area(
        high(List.copyOf(scores.keySet())),
        scores.values().stream().mapToDouble(Double::doubleValue).toArray());
  }

  private boolean[] high(List<String> patients) {
    boolean[] high = new boolean[patients.size()];
    IntStream.range(0, high.length).forEach(i -> high[i] = isHigh(patients.get(i)));
    return high;
  }

  private void print(List<Scored> all) {
    List<String> patients = List.copyOf(all.get(0).scores.keySet());
    long highs = patients.stream().filter(this::isHigh).count();
    System.out.printf(
        Locale.ROOT,
        "%d patients, %d of grade 2, %d slices%n",
        patients.size(),
        highs,
        data.images().size());
    for (Scored one : all) {
      ConfidenceInterval interval =
          Bootstrap.withDefaults()
              .stratified(
                  List.copyOf(one.scores.entrySet()),
                  entry -> isHigh(entry.getKey()),
                  drawn ->
                      RocCurve.area(
                          high(drawn.stream().map(Map.Entry::getKey).toList()),
                          drawn.stream().mapToDouble(Map.Entry::getValue).toArray()));
      System.out.println(one.source + ": AUC " + interval);
    }
  }

  private void compare(List<List<Scored>> pairs) {
    List<DeLongTest> tests =
        pairs.stream()
            .map(
                pair ->
                    DeLongTest.of(
                        high(List.copyOf(pair.get(0).scores.keySet())),
                        pair.get(0).values(),
                        pair.get(1).values()))
            .toList();
    double[] holm = ModelComparison.holm(tests.stream().mapToDouble(DeLongTest::pValue).toArray());
    for (int i = 0; i < holm.length; i++) {
      System.out.printf(
          Locale.ROOT,
          "%s less %s: %s, DeLong p = %.4f, of three tests (Holm) %.4f%n",
          pairs.get(i).get(0).source,
          pairs.get(i).get(1).source,
          tests.get(i).difference(0.95),
          tests.get(i).pValue(),
          holm[i]);
    }
  }
}

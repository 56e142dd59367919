package io.github.brainimaging.models.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.brainimaging.core.data.ClinicalTable;
import io.github.brainimaging.core.data.DataSet;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.inference.Assessment;
import io.github.brainimaging.core.inference.Classifier;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.core.work.Progress;
import io.github.brainimaging.models.card.Activation;
import io.github.brainimaging.models.card.ClinicalColumns;
import io.github.brainimaging.models.card.ModelCard;
import io.github.brainimaging.models.card.ModelException;
import io.github.brainimaging.models.card.ModelInput;
import io.github.brainimaging.models.network.Network;
import io.github.brainimaging.models.network.Weights;
import io.github.brainimaging.models.network.format.OnnxBackbone;
import io.github.brainimaging.models.network.format.OnnxExport;
import io.github.brainimaging.models.network.layer.Conv2d;
import io.github.brainimaging.models.network.layer.GlobalAveragePool;
import io.github.brainimaging.models.network.layer.Relu;
import io.github.brainimaging.models.network.zoo.Head;
import io.github.brainimaging.models.onnx.Calibrator;
import io.github.brainimaging.models.onnx.FeatureExtractor;
import io.github.brainimaging.models.onnx.ModelSource;
import io.github.brainimaging.models.onnx.OnnxClassifier;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images that tell nothing of the class, and a table that does. */
class ClinicalFusionTest {

  private static final List<String> LABELS = List.of("low", "high");
  private static final int FEATURES = 12;
  private static final TrainingOptions OPTIONS =
      TrainingOptions.builder().epochs(12).batchSize(8).learningRate(0.05).averaging(0).build();

  @TempDir Path folder;
  private DataSet.Split split = new DataSet.Split(none(), none());
  private ClinicalTable table = new ClinicalTable(Map.of());
  private ClinicalColumns columns = ClinicalColumns.none();

  private static DataSet none() {
    return new DataSet(List.of(), List.of());
  }

  /** The class is age above 50, whatever the stripes; every tenth patient's sex is missing. */
  @BeforeEach
  void draw() throws IOException {
    Stripes.draw(folder.resolve("data"), 40);
    List<DataSet.LabeledFile> images = new ArrayList<>();
    Map<String, Map<String, String>> rows = new LinkedHashMap<>();
    List<DataSet.LabeledFile> files = DataSet.ofFolder(folder.resolve("data")).images();
    for (int i = 0; i < files.size(); i++) {
      int high = i * 7 % 5 % 2;
      images.add(new DataSet.LabeledFile(files.get(i).file(), high, "patient " + i));
      String sex = i % 10 == 0 ? "" : i % 3 == 0 ? "f" : "m";
      rows.put("patient " + i, row(30 + 40 * high + i % 9, sex));
    }
    table = new ClinicalTable(rows);
    split = new DataSet(LABELS, images).holdOut(0.4, 1);
    columns = ClinicalColumns.fit(table.rows(split.training()), List.of("age"), List.of("sex"));
  }

  private static Map<String, String> row(int age, String sex) {
    return Map.of("age", Integer.toString(age), "sex", sex);
  }

  private static byte[] network() {
    Network network =
        Network.input("backbone", 1, Stripes.SIZE, Stripes.SIZE)
            .then("conv", Conv2d.same(FEATURES, 3))
            .then(Relu.plain())
            .then("pooled", new GlobalAveragePool())
            .build();
    return OnnxExport.toBytes(network, Weights.random(network, 1), Map.of());
  }

  private static FeatureExtractor extractor() {
    return FeatureExtractor.open(
        ModelSource.ofBytes(network(), "backbone"), ModelInput.ofSize(Stripes.SIZE, 1));
  }

  private Network head() {
    return Head.LINEAR.describe(List.of(FEATURES + columns.size()), 2);
  }

  private TrainingResult train(HeadTrainer trainer, String out) throws IOException {
    return trainer.train(
        split.training(), split.validation(), folder.resolve(out), Progress.none(), epoch -> {});
  }

  private TrainingResult fused(FeatureExtractor extractor, String out) throws IOException {
    HeadTrainer trainer = HeadTrainer.of(extractor, head(), OPTIONS, folder.resolve("features"));
    return train(trainer.withTable(table, columns), out);
  }

  private ModelCard card() {
    return ModelCard.builder(
            "fused", ModelInput.ofSize(Stripes.SIZE, 1), Activation.SOFTMAX, LABELS)
        .clinical(columns)
        .build();
  }

  private OnnxClassifier open(Weights weights, ModelCard card) {
    byte[] model =
        OnnxBackbone.cutAt(network(), "pooled")
            .andTable(columns.size())
            .join(head(), weights, Map.of(ModelCard.METADATA_KEY, card.toJson()));
    return OnnxClassifier.builder().model(ModelSource.ofBytes(model, "fused")).build();
  }

  private List<MedicalImage> images() throws IOException {
    List<MedicalImage> images = new ArrayList<>();
    for (DataSet.LabeledFile file : split.validation().images()) {
      images.add(MedicalImageReader.withDefaults().read(file.file()));
    }
    return images;
  }

  @Test
  void learnsFromTheTableWhatImagesDoNotTell() throws IOException {
    try (FeatureExtractor extractor = extractor()) {
      Network plain = Head.LINEAR.describe(List.of(FEATURES), 2);
      TrainingResult image =
          train(HeadTrainer.of(extractor, plain, OPTIONS, folder.resolve("features")), "image");
      TrainingResult both = fused(extractor, "both");

      assertThat(image.history().get(image.bestEpoch() - 1).validationAccuracy()).isLessThan(0.8);
      assertThat(both.history().get(both.bestEpoch() - 1).validationAccuracy()).isEqualTo(1);
      try (OnnxClassifier classifier = open(both.weights(), card())) {
        MedicalImage one = images().get(0);
        assertThat(classifier.forPatient(row(33, "f")).classify(one).label()).isEqualTo("low");
        assertThat(classifier.forPatient(row(75, "f")).classify(one).label()).isEqualTo("high");
      }
    }
  }

  @Test
  void theExportedGraphComputesWhatTheHeadDoesOfFeaturesAndTable() throws IOException {
    Weights weights = Weights.random(head(), 3);
    float[] matrix = weights.get("head.weight").toArray();
    float[] bias = weights.get("head.bias").toArray();
    int size = FEATURES + columns.size();
    try (FeatureExtractor extractor = extractor();
        OnnxClassifier classifier = open(weights, card())) {
      List<MedicalImage> images = images();
      assertThat(images.size()).isGreaterThan(16); // more than a batch
      Classifier patient = classifier.forPatient(row(61, "m"));
      float[] values = columns.encode(row(61, "m"));
      List<Prediction> batch = patient.classifyAll(images);
      for (int i = 0; i < images.size(); i++) {
        float[] features = extractor.extract(images.get(i)).toArray();
        double[] scores = new double[2];
        for (int k = 0; k < 2; k++) {
          scores[k] = bias[k];
          for (int j = 0; j < size; j++) {
            double value = j < FEATURES ? features[j] : values[j - FEATURES];
            scores[k] += matrix[k * size + j] * value;
          }
        }
        double high = 1 / (1 + Math.exp(scores[0] - scores[1]));

        assertThat(batch.get(i).probability("high")).isCloseTo(high, within(1e-5));
        assertThat(patient.classify(images.get(i)).probability("high"))
            .isCloseTo(high, within(1e-5));
      }
    }
  }

  @Test
  void whatIsMissingIsInTheAssessment() throws IOException {
    MedicalImage image = images().get(0);
    try (OnnxClassifier classifier = open(Weights.random(head(), 3), card())) {
      Assessment sex = classifier.forPatient(row(40, "")).classify(image).assessment();
      assertThat(sex).hasToString("in-domain: sex is missing");
      Classifier nothing = classifier.forPatient(Map.of("age", "", "sex", ""));
      assertThat(nothing.classify(image).assessment())
          .hasToString("doubtful: age is missing, and never was in the training; sex is missing");
      assertThat(nothing.classifyAll(List.of(image)).get(0).assessment().reasons()).hasSize(2);
      assertThat(classifier.forPatient(row(40, "f")).classify(image).assessment())
          .isEqualTo(Assessment.inDomain());
    }
  }

  @Test
  void withoutARowItRefusesAndSoDoesAModelWithoutATable() throws IOException {
    MedicalImage image = images().get(0);
    Classifier ended;
    try (OnnxClassifier classifier = open(Weights.random(head(), 3), card())) {
      assertThatThrownBy(() -> classifier.classify(image))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("takes a row with the columns [age, sex] beside the image");
      assertThatThrownBy(() -> classifier.classifyAll(List.of(image)))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("forPatient");
      assertThatThrownBy(() -> classifier.forPatient(row(40, "d")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("column 'sex' must hold one of [f, m], got 'd'");
      ended = classifier.forPatient(row(40, "f"));
    }
    assertThatThrownBy(() -> ended.classify(image)).isInstanceOf(IllegalStateException.class);
    try (OnnxClassifier plain = OnnxClassifier.embedded()) {
      assertThatThrownBy(() -> plain.forPatient(row(40, "f")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("takes images only");
    }
  }

  @Test
  void cardAndGraphMustFit() {
    Weights weights = Weights.random(head(), 3);
    ModelCard without = card().toBuilder().clinical(ClinicalColumns.none()).build();
    assertThatThrownBy(() -> open(weights, without))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("describe the columns of 'table' by \"clinical\" in the card");
    ClinicalColumns fewer =
        ClinicalColumns.fit(table.rows(split.training()), List.of("age"), List.of());
    assertThatThrownBy(() -> open(weights, card().toBuilder().clinical(fewer).build()))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("'table' FLOAT [?, 4], expected FLOAT [N, 1]");
    ModelSource images = ModelSource.ofBytes(network(), "images");
    assertThatThrownBy(() -> OnnxClassifier.builder().model(images).card(card()).build())
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("the network has no input 'table'");
    assertThatThrownBy(() -> Calibrator.of(network(), card(), "conv"))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("found the clinical columns [age, sex]");
    OnnxBackbone fused = OnnxBackbone.cutAt(network(), "pooled").andTable(4);
    assertThatThrownBy(() -> fused.andTable(4))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("without a value called table");
  }

  @Test
  void theTrainerSaysWhatDoesNotFit() throws IOException {
    try (FeatureExtractor extractor = extractor()) {
      HeadTrainer trainer = HeadTrainer.of(extractor, head(), OPTIONS, folder.resolve("f"));
      assertThatThrownBy(() -> train(trainer, "a"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "head must take features of shape [12] unless there is a table,"
                  + " got one that takes [16]");
      ClinicalColumns fewer =
          ClinicalColumns.fit(table.rows(split.training()), List.of("age"), List.of());
      assertThatThrownBy(() -> trainer.withTable(table, fewer))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "columns must be of 4 values, what the head takes behind the features, got 1");
      ClinicalTable empty = new ClinicalTable(Map.of());
      assertThatThrownBy(() -> train(trainer.withTable(empty, columns), "b"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(".png: table must have a row for 'patient ");
    }
  }

  @Test
  void aTrainingDoesNotGoOnWithOtherValues() throws IOException {
    try (FeatureExtractor extractor = extractor()) {
      var unused = fused(extractor, "out");
      Map<String, Map<String, String>> rows = new LinkedHashMap<>(table.rows());
      rows.put("patient 5", row(99, "m"));
      table = new ClinicalTable(rows);

      assertThatThrownBy(() -> fused(extractor, "out"))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("another training");
    }
  }
}

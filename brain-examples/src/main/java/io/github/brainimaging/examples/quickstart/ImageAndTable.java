package io.github.brainimaging.examples.quickstart;

import io.github.brainimaging.core.data.ClinicalTable;
import io.github.brainimaging.core.data.DataSet;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.core.work.Progress;
import io.github.brainimaging.models.card.Activation;
import io.github.brainimaging.models.card.ClinicalColumns;
import io.github.brainimaging.models.card.ModelCard;
import io.github.brainimaging.models.card.ModelInput;
import io.github.brainimaging.models.network.Network;
import io.github.brainimaging.models.network.format.OnnxBackbone;
import io.github.brainimaging.models.network.zoo.Head;
import io.github.brainimaging.models.onnx.FeatureExtractor;
import io.github.brainimaging.models.onnx.ModelSource;
import io.github.brainimaging.models.onnx.OnnxClassifier;
import io.github.brainimaging.models.training.HeadTrainer;
import io.github.brainimaging.models.training.ModelWriter;
import io.github.brainimaging.models.training.TrainingOptions;
import io.github.brainimaging.models.training.TrainingResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Learns a class from images and age and sex of their patients, on the features of the embedded
 * classifier, and asks the model of an image with a row of the table. {@code train --table} and
 * {@code analyze --table} of the command line do the same.
 */
public final class ImageAndTable {

  private static final double HELD_OUT = 0.25;
  private static final long SEED = 1;

  private ImageAndTable() {}

  /**
   * Writes {@code model.onnx} with its card, and prints what it says of the first image held out:
   * with all that the table knows, and without the age.
   *
   * @param arguments a list of images with the columns path, label and group (the patient); a table
   *     whose first column is the patient, with columns age and sex; the folder to write to
   * @throws IOException if a file cannot be read or the model cannot be written
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length < 3) {
      System.err.println("usage: ImageAndTable IMAGES.csv TABLE.csv OUT");
      return;
    }
    DataSet.Split data = DataSet.ofCsv(Path.of(arguments[0])).holdOut(HELD_OUT, SEED);
    ClinicalTable table = ClinicalTable.ofCsv(Path.of(arguments[1]));
    Path out = Path.of(arguments[2]);
    List<String> labels = data.training().labels();
    // Means and levels of the patients that are learned from, not of those held out.
    ClinicalColumns columns =
        ClinicalColumns.fit(table.rows(data.training()), List.of("age"), List.of("sex"));

    ModelInput input;
    try (OnnxClassifier embedded = OnnxClassifier.embedded()) {
      input = embedded.card().input();
    }
    OnnxBackbone backbone = OnnxBackbone.of(ModelSource.embedded().toBytes());
    try (FeatureExtractor features =
        FeatureExtractor.open(ModelSource.ofBytes(backbone.toBytes(), "backbone"), input)) {
      int both = features.shape().get(0) + columns.size();
      Network head = Head.POOLED.describe(List.of(both), labels.size());
      TrainingResult result =
          HeadTrainer.of(features, head, TrainingOptions.withDefaults(), out.resolve("features"))
              .withTable(table, columns)
              .train(data.training(), data.validation(), out, Progress.none(), epoch -> {});
      ModelCard card =
          ModelCard.builder("image-and-table", input, Activation.SOFTMAX, labels)
              .clinical(columns)
              .build();
      byte[] model =
          backbone
              .andTable(columns.size())
              .join(head, result.weights(), Map.of(ModelCard.METADATA_KEY, card.toJson()));
      ModelWriter.write(model, card, out.resolve("model.onnx"));
    }

    DataSet.LabeledFile first = data.validation().images().get(0);
    MedicalImage image = MedicalImageReader.withDefaults().read(first.file());
    try (OnnxClassifier classifier =
        OnnxClassifier.builder().model(ModelSource.ofPath(out.resolve("model.onnx"))).build()) {
      Map<String, String> row = new LinkedHashMap<>(table.row(first));
      Prediction known = classifier.forPatient(row).classify(image);
      row.put("age", "");
      Prediction without = classifier.forPatient(row).classify(image);
      System.out.println("truth " + labels.get(first.label()));
      System.out.println(known.label() + " " + known.assessment());
      System.out.println(without.label() + " " + without.assessment());
    }
  }
}

package io.github.brainimaging.examples.quickstart;

import io.github.brainimaging.core.data.DataSet;
import io.github.brainimaging.core.image.Modality;
import io.github.brainimaging.core.inference.ConformalSets;
import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.models.card.ModelCard;
import io.github.brainimaging.models.onnx.Calibrator;
import io.github.brainimaging.models.onnx.ModelSource;
import io.github.brainimaging.models.onnx.OnnxClassifier;
import io.github.brainimaging.models.training.ModelWriter;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Teaches an ONNX network of one's own, with a model card, how sure it may be and what it must
 * refuse. {@code calibrate} of the command line does the same.
 */
public final class CalibrateOwnModel {

  private CalibrateOwnModel() {}

  /**
   * Writes the calibrated model and prints what was fitted.
   *
   * @param arguments the .onnx file (its card beside it as .json, or inside), a folder with the
   *     images that it was trained on, one with images that it was not (each with one folder per
   *     label), and the .onnx file to write
   * @throws IOException if an image cannot be read or the model cannot be written
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length < 4) {
      System.err.println("usage: CalibrateOwnModel MODEL.onnx LEARNED HELD_OUT OUT.onnx");
      return;
    }
    ModelSource model = ModelSource.ofPath(Path.of(arguments[0]));
    DataSet learned = DataSet.ofFolder(Path.of(arguments[1]));
    DataSet heldOut = DataSet.ofFolder(Path.of(arguments[2]));
    MedicalImageReader reader = MedicalImageReader.withDefaults();
    ModelCard card;
    try (OnnxClassifier classifier = OnnxClassifier.builder().model(model).build()) {
      card = classifier.card();
    }
    try (Calibrator calibrator = Calibrator.of(model.toBytes(), card)) {
      calibrator.chooseSets(ConformalSets.Method.BY_CLASS, 0.9);
      for (DataSet.LabeledFile each : learned.images()) {
        calibrator.learned(reader.read(each.file()));
      }
      for (DataSet.LabeledFile each : heldOut.images()) {
        calibrator.heldOut(reader.read(each.file()), heldOut.labels().get(each.label()));
      }

      Calibrator.Calibrated result = calibrator.fit(0.985, 0.8, Modality.MR);

      ModelWriter.write(result.model(), result.card(), Path.of(arguments[3]));
      System.out.println("temperature " + result.card().temperature());
      System.out.println(result.card().sets());
    }
  }
}

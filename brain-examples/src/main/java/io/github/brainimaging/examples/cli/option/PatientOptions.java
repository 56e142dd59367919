package io.github.brainimaging.examples.cli.option;

import io.github.brainimaging.core.data.ClinicalTable;
import io.github.brainimaging.core.data.DataSet;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.inference.Classifier;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.models.card.ClinicalColumns;
import io.github.brainimaging.models.onnx.OnnxClassifier;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What is known of the patients beside their images, for a model that takes both. */
public final class PatientOptions {

  @Option(
      names = "--table",
      paramLabel = "FILE.csv",
      description =
          "What is known of the patients, for a model whose card has clinical columns: a line each,"
              + " found by its first column. Empty fields are missing values, which are told; not"
              + " for volumes.")
  private @Nullable Path table;

  @Option(
      names = "--groups",
      paramLabel = "REGEX",
      description =
          "With --table: finds the patient in the path of an image, what the first parentheses"
              + " hold, for example 'lgg/([^/]+)/' (default: the name of the file without its"
              + " ending).")
  private @Nullable Pattern groups;

  private ClinicalTable rows = new ClinicalTable(Map.of());

  /** Gives the classifier of the patient of an image. */
  @FunctionalInterface
  public interface Patients {
    Classifier of(DataSet.LabeledFile image);
  }

  public boolean given() {
    return table != null;
  }

  /**
   * Reads the table. Refuses one for a model without, none for a model with one, and one without a
   * column that the model takes.
   */
  public void require(CommandSpec spec, OnnxClassifier classifier) throws IOException {
    boolean wanted = !classifier.card().clinical().isEmpty();
    if (groups != null && !given()) {
      throw new ParameterException(spec.commandLine(), "--groups goes with --table only");
    }
    if (groups != null && groups.matcher("").groupCount() == 0) {
      throw new ParameterException(
          spec.commandLine(), "--groups must have parentheses around the patient, got " + groups);
    }
    if (wanted != given()) {
      throw new ParameterException(
          spec.commandLine(),
          wanted
              ? "--table is missing: the model takes the columns of a table beside the image, "
                  + classifier.card().clinical().columns().stream()
                      .map(ClinicalColumns.Column::name)
                      .toList()
              : "--table needs a model whose card has clinical columns, got "
                  + classifier.card().name());
    }
    if (table != null) {
      rows = ClinicalTable.ofCsv(table);
      TableOptions.requireColumns(
          spec,
          rows,
          classifier.card().clinical().columns().stream()
              .map(ClinicalColumns.Column::name)
              .toList());
    }
  }

  /**
   * To be asked after {@link #require}. A file whose patient has no row, or none that fits, fails
   * when it is asked.
   */
  public Patients of(OnnxClassifier classifier) {
    return rows.rows().isEmpty()
        ? image -> classifier
        : image -> new OfPatient(classifier, rows, image, groups);
  }

  private record OfPatient(
      OnnxClassifier classifier,
      ClinicalTable rows,
      DataSet.LabeledFile file,
      @Nullable Pattern groups)
      implements Classifier {

    @Override
    public List<String> labels() {
      return classifier.labels();
    }

    @Override
    public Prediction classify(MedicalImage image) {
      DataSet one =
          new DataSet(labels(), List.of(new DataSet.LabeledFile(file.file(), 0, file.group())));
      DataSet.LabeledFile found = (groups == null ? one : one.groupedBy(groups)).images().get(0);
      return classifier.forPatient(rows.row(found)).classify(image);
    }

    @Override
    public String toString() {
      return classifier + " with " + rows;
    }
  }
}

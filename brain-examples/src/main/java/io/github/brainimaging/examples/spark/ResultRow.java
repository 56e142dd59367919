package io.github.brainimaging.examples.spark;

import io.github.brainimaging.core.inference.Assessment;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.pipeline.Analysis;
import io.github.brainimaging.core.pipeline.VolumeAnalysis;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/** A row of the results. What is not told is null. */
final class ResultRow {

  /** The columns; docs/spark.md says what they mean. */
  static final StructType SCHEMA =
      StructType.fromDDL(
          """
          input STRING, part STRING, kind STRING, status STRING, error STRING,
          label STRING, probability DOUBLE, probabilities MAP<STRING, DOUBLE>,
          possible ARRAY<STRING>, tumor BOOLEAN, tumor_probability DOUBLE,
          verdict STRING, doubts ARRAY<STRING>, remarks ARRAY<STRING>, warnings ARRAY<STRING>,
          tumor_pixels BIGINT, tumor_mm2 DOUBLE, tumor_ml DOUBLE, mask_confidence DOUBLE, mask STRING,
          classifier STRING, segmenter STRING, device STRING, options STRING,
          milliseconds MAP<STRING, DOUBLE>, executor STRING, model_loads INT
          """);

  private final Map<String, Object> values = new HashMap<>();

  /** A row of what is told of every input. */
  ResultRow(String input) {
    put("input", input);
  }

  /** Sets a column; null leaves it. */
  void put(String column, @Nullable Object value) {
    if (value != null) {
      values.put(column, value);
    }
  }

  private void put(String column, OptionalDouble value) {
    value.ifPresent(known -> put(column, (Object) known));
  }

  private void put(String column, Collection<String> words) {
    put(column, (Object) words.toArray(new String[0]));
  }

  /** What was found in an image. */
  void image(Analysis found) {
    put("kind", "image");
    put("warnings", found.image().warnings());
    said(found.assessment(), found.prediction(), found.remarks(), found.milliseconds());
    found
        .segmentation()
        .ifPresent(
            region -> {
              put("tumor_pixels", (long) region.areaPixels());
              put("tumor_mm2", region.areaMm2());
              put("mask_confidence", region.confidence());
            });
  }

  /** What was found in a volume. */
  void volume(VolumeAnalysis found) {
    put("kind", "volume");
    put("warnings", found.volume().warnings());
    said(found.assessment(), found.prediction(), found.remarks(), found.milliseconds());
    found
        .segmentation()
        .ifPresent(
            region -> {
              put("tumor_pixels", (long) region.mask().count());
              put("tumor_ml", region.mask().volumeMl());
              put("mask_confidence", region.confidence());
            });
  }

  private void said(
      Assessment assessment,
      Optional<Prediction> prediction,
      List<String> remarks,
      Map<String, Double> milliseconds) {
    put("status", prediction.isPresent() ? "analyzed" : "refused");
    put("verdict", assessment.verdict().id());
    put("doubts", assessment.reasons());
    put("remarks", remarks);
    put("milliseconds", CollectionConverters.asScala(milliseconds));
    prediction.ifPresent(
        class_ -> {
          put("label", class_.label());
          put("probability", class_.probability());
          put("probabilities", CollectionConverters.asScala(class_.probabilities()));
          put("tumor", class_.isTumor());
          put("tumor_probability", class_.tumorProbability());
          class_.set().ifPresent(labels -> put("possible", labels));
        });
  }

  /** Why there is no result. */
  void failure(String words) {
    put("status", "failed");
    put("error", words);
  }

  Row row() {
    String[] columns = SCHEMA.fieldNames();
    @Nullable Object[] row = new @Nullable Object[columns.length];
    for (int i = 0; i < row.length; i++) {
      row[i] = values.get(columns[i]);
    }
    return RowFactory.create(row);
  }
}

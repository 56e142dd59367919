package io.github.brainimaging.models.training;

import io.github.brainimaging.core.data.ClinicalTable;
import io.github.brainimaging.core.data.DataSet;
import io.github.brainimaging.core.internal.Sha256;
import io.github.brainimaging.models.card.ClinicalColumns;
import java.util.ArrayList;
import java.util.List;

/**
 * What a head learns from behind the features of images.
 *
 * @param table has a row for each image
 * @param columns which of its columns, and as what
 */
record FusedTable(ClinicalTable table, ClinicalColumns columns) {

  /** The values of each image; one that has none is named. */
  List<float[]> values(DataSet data) {
    List<float[]> values = new ArrayList<>();
    for (DataSet.LabeledFile image : data.images()) {
      try {
        values.add(columns.encode(table.row(image)));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(image.file() + ": " + e.getMessage(), e);
      }
    }
    return values;
  }

  /** What a training keeps to see whether it goes on with the same values. */
  String identity(List<float[]> learned, List<float[]> held) {
    Sha256 digest = new Sha256();
    learned.forEach(digest::add);
    held.forEach(digest::add);
    return columns + " " + digest.digits();
  }
}

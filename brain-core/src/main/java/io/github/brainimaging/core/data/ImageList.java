package io.github.brainimaging.core.data;

import static io.github.brainimaging.core.data.DelimitedText.require;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** Reads a data set that is a list of files. */
final class ImageList {

  /** What P5's list calls its columns (Fig. 1). */
  private static final String P5_PATH = "Class Path";

  private static final String P5_LABEL = "Class";

  private ImageList() {}

  private static int column(DelimitedText text, String name, String other) throws IOException {
    boolean isOther = !text.header().contains(name) && text.header().contains(other);
    return text.column(isOther ? other : name);
  }

  static DataSet read(Path list) throws IOException {
    DelimitedText text = DelimitedText.read(list);
    int path = column(text, "path", P5_PATH);
    int label = column(text, "label", P5_LABEL);
    int group = text.header().indexOf("group");
    for (DelimitedText.Row row : text.rows()) {
      String name = row.fields().get(path);
      require(isFile(list, name), row.place(), "no file " + name);
      require(!row.fields().get(label).isBlank(), row.place(), "the label is empty");
    }
    List<List<String>> rows = text.rows().stream().map(DelimitedText.Row::fields).toList();
    List<String> labels = rows.stream().map(row -> row.get(label)).distinct().sorted().toList();
    require(labels.size() >= 2, list.toString(), "expected at least two labels, found " + labels);
    List<DataSet.LabeledFile> images =
        rows.stream()
            .map(
                row ->
                    new DataSet.LabeledFile(
                        list.resolveSibling(row.get(path)),
                        labels.indexOf(row.get(label)),
                        group < 0 ? "" : row.get(group)))
            .toList();
    return new DataSet(labels, images);
  }

  private static boolean isFile(Path list, String name) {
    try {
      return Files.isRegularFile(list.resolveSibling(name));
    } catch (InvalidPathException e) {
      return false; // No file has such a name.
    }
  }
}

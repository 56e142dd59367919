package io.github.brainimaging.core.data;

import io.github.brainimaging.core.io.MedicalImageReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a data set that is a folder with a folder per class. */
final class ClassFolders {

  private static final Logger logger = LoggerFactory.getLogger(ClassFolders.class);

  private ClassFolders() {}

  static DataSet read(Path root) throws IOException {
    List<String> labels = new ArrayList<>();
    List<DataSet.LabeledFile> images = new ArrayList<>();
    for (Path folder : visibleEntries(root)) {
      if (Files.isDirectory(folder)) {
        List<Path> files = imagesIn(folder);
        if (!files.isEmpty()) {
          int label = labels.size();
          labels.add(folder.getFileName().toString());
          files.forEach(file -> images.add(new DataSet.LabeledFile(file, label, "")));
        }
      }
    }
    if (labels.size() < 2) {
      throw new NoSuchFileException(
          root.toString(),
          null,
          "expected a folder per class with images in it, at least two, found "
              + (labels.isEmpty() ? "none" : labels));
    }
    return new DataSet(labels, images);
  }

  private static List<Path> imagesIn(Path folder) throws IOException {
    List<Path> images = new ArrayList<>();
    for (Path file : visibleEntries(folder)) {
      if (MedicalImageReader.recognizes(file)) {
        images.add(file);
      } else if (Files.isRegularFile(file)) {
        logger.warn("{} is no image and is left out", file);
      }
    }
    return images;
  }

  private static List<Path> visibleEntries(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(p -> !p.getFileName().toString().startsWith(".")).sorted().toList();
    }
  }
}

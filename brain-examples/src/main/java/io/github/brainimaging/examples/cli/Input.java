package io.github.brainimaging.examples.cli;

import io.github.brainimaging.core.io.MedicalImageReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * An image file that the user asked for.
 *
 * @param name as given, or relative to the folder that was given, with "/" between folders
 * @param file where it is
 */
record Input(String name, Path file) {

  /**
   * Files as they are; of folders, every file in them and their sub-folders that is an image by its
   * content, hidden ones left out, in alphabetical order.
   *
   * @throws NoSuchFileException if a path does not exist, or a folder holds no image
   */
  static List<Input> list(List<Path> paths) throws IOException {
    List<Input> inputs = new ArrayList<>();
    for (Path path : paths) {
      if (Files.isDirectory(path)) {
        List<Input> found = inFolder(path);
        if (found.isEmpty()) {
          throw new NoSuchFileException(path.toString(), null, "no image in this folder");
        }
        inputs.addAll(found);
      } else if (Files.exists(path)) {
        inputs.add(new Input(path.toString(), path));
      } else {
        throw new NoSuchFileException(path.toString(), null, "no such file or folder");
      }
    }
    return inputs;
  }

  private static List<Input> inFolder(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(folder)) {
      files = walk.filter(Files::isRegularFile).sorted().toList();
    }
    List<Input> found = new ArrayList<>();
    for (Path file : files) {
      String name = folder.relativize(file).toString().replace('\\', '/');
      boolean hidden = name.startsWith(".") || name.contains("/.");
      if (!hidden && MedicalImageReader.recognizes(file)) {
        found.add(new Input(name, file));
      }
    }
    return found;
  }
}

package io.github.brainimaging.examples.cli.score;

import io.github.brainimaging.core.data.DataSet;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * An image that was to be measured.
 *
 * @param name its path below the folder of the data, with "/" between folders
 * @param truth its class
 * @param error why it could not be measured; empty if it was
 */
public record EvaluationCase(String name, String truth, String error) {

  public static List<EvaluationCase> of(DataSet images, Path data, Map<Path, String> failures) {
    return images.images().stream()
        .map(
            image -> {
              Path file = image.file();
              Path name = file.startsWith(data) ? data.relativize(file) : file;
              return new EvaluationCase(
                  name.toString().replace('\\', '/'),
                  images.labels().get(image.label()),
                  failures.getOrDefault(file, ""));
            })
        .toList();
  }
}

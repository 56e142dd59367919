package io.github.brainimaging.core.io;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Objects;

/** The images that make_images.py has made. */
final class ReferenceImages {

  private ReferenceImages() {}

  static Path folder() {
    URL script = Objects.requireNonNull(ReferenceImages.class.getResource("make_images.py"));
    try {
      return Objects.requireNonNull(Path.of(script.toURI()).getParent());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static Path file(String name) {
    return folder().resolve(name);
  }

  static boolean isImage(Path file) {
    return file.toString().matches(".*\\.(png|jpg|tif|bmp)");
  }
}

package io.github.brainimaging.models.onnx;

import io.github.brainimaging.models.card.ModelException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Weights that the library brings along as text. */
final class WeightLines {

  private WeightLines() {}

  /** The lines of a resource beside this class. */
  static List<String> of(String name) {
    try (InputStream in = WeightLines.class.getResourceAsStream(name)) {
      byte[] text = Objects.requireNonNull(in, name).readAllBytes();
      return new String(text, StandardCharsets.US_ASCII).lines().toList();
    } catch (IOException e) {
      throw new ModelException("the weights " + name + " cannot be read", e);
    }
  }
}

package io.github.brainimaging.segmentation;

import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Arrays computed by other programs: {@code references.txt}, made by {@code references.py}. */
public final class References {

  private static final Map<String, MedicalImage> IMAGES = read();

  private References() {}

  public static MedicalImage image(String name) {
    return Objects.requireNonNull(IMAGES.get(name), name);
  }

  public static Mask mask(String name) {
    return Mask.above(image(name), 0);
  }

  private static Map<String, MedicalImage> read() {
    Map<String, MedicalImage> images = new HashMap<>();
    try (InputStream stream = References.class.getResourceAsStream("references.txt")) {
      String text =
          new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.US_ASCII);
      for (String line : text.lines().toList()) {
        if (!line.startsWith("#")) {
          String[] words = line.split(" ", -1);
          float[] samples = new float[words.length - 3];
          for (int i = 0; i < samples.length; i++) {
            samples[i] = Float.parseFloat(words[i + 3]);
          }
          images.put(
              words[0],
              MedicalImage.ofGray(Integer.parseInt(words[1]), Integer.parseInt(words[2]), samples));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return images;
  }
}

package io.github.brainimaging.core.transform;

import io.github.brainimaging.core.image.MedicalImage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.StringTokenizer;

/** The images of reference.txt, made by the Python program beside it. */
public final class ReferenceImages {

  private static final Map<String, MedicalImage> IMAGES = read();

  private ReferenceImages() {}

  /** An image by its name in reference.py. */
  public static MedicalImage get(String name) {
    return Objects.requireNonNull(IMAGES.get(name), name);
  }

  private static Map<String, MedicalImage> read() {
    Map<String, MedicalImage> images = new HashMap<>();
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    ReferenceImages.class.getResourceAsStream("reference.txt"), "reference.txt"),
                StandardCharsets.US_ASCII))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.startsWith("#")) {
          continue;
        }
        StringTokenizer head = new StringTokenizer(line);
        String name = head.nextToken();
        int width = Integer.parseInt(head.nextToken());
        int height = Integer.parseInt(head.nextToken());
        int channels = Integer.parseInt(head.nextToken());
        float[] samples = new float[width * height * channels];
        int i = 0;
        for (int row = 0; row < height * channels; row++) {
          StringTokenizer values = new StringTokenizer(in.readLine());
          while (values.hasMoreTokens()) {
            samples[i++] = Float.parseFloat(values.nextToken());
          }
        }
        images.put(name, MedicalImage.wrap(width, height, channels, samples));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return images;
  }
}

package io.github.brainimaging.models.training;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.io.PngImageWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** Two classes that are easy to tell: horizontal and vertical stripes with noise. */
final class Stripes {

  static final int SIZE = 16;

  private Stripes() {}

  static void draw(Path folder, int perClass) throws IOException {
    Random random = new Random(1);
    for (String label : List.of("columns", "rows")) {
      Path target = Files.createDirectories(folder.resolve(label));
      for (int i = 0; i < perClass; i++) {
        float[] samples = new float[SIZE * SIZE];
        for (int p = 0; p < samples.length; p++) {
          int stripe = (label.equals("rows") ? p / SIZE : p % SIZE) / 2 % 2;
          samples[p] = 60 + 100 * stripe + random.nextInt(60);
        }
        PngImageWriter.write(MedicalImage.ofGray(SIZE, SIZE, samples), target.resolve(i + ".png"));
      }
    }
  }
}

package io.github.brainimaging.core.geometry;

import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The volume of reference.py, and what other programs make of it. */
final class ReferenceVolume {

  private ReferenceVolume() {}

  static MedicalVolume input() {
    VolumeGrid grid =
        VolumeGrid.ofSize(6, 5, 4)
            .withAffine(Affine.of(-0.5, -1.9, 0.1, 20, 2, -0.4, -0.7, -31, 0.3, 0.1, -2.9, 7));
    float[] samples = new float[grid.voxels()];
    int i = 0;
    for (int z = 0; z < 4; z++) {
      for (int y = 0; y < 5; y++) {
        for (int x = 0; x < 6; x++) {
          samples[i++] = (7 * x + 13 * y + 29 * z + x * y * z) % 23;
        }
      }
    }
    return MedicalVolume.of(grid, samples);
  }

  static MedicalVolume expected(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(ReferenceVolume.class.getResourceAsStream("reference.txt"))) {
      List<String> words =
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> line.startsWith(name + " "))
              .map(line -> List.of(line.split(" ", -1)))
              .findFirst()
              .orElseThrow();
      double[] numbers = words.stream().skip(1).mapToDouble(Double::parseDouble).toArray();
      double[] rows = new double[12];
      System.arraycopy(numbers, 3, rows, 0, 12);
      VolumeGrid grid =
          VolumeGrid.ofSize((int) numbers[0], (int) numbers[1], (int) numbers[2])
              .withAffine(Affine.of(rows));
      float[] samples = new float[grid.voxels()];
      for (int i = 0; i < samples.length; i++) {
        samples[i] = (float) numbers[15 + i];
      }
      return MedicalVolume.of(grid, samples);
    }
  }
}

package io.github.brainimaging.examples.benchmark;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.segmentation.tumor.TumorSegmenter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The Java side of {@code src/main/python/opencv_steps.py}: for every line of standard input it
 * segments an image that many times with the published chain and prints the shortest time in ms.
 */
public final class SegmentationTurns {

  private SegmentationTurns() {}

  /**
   * Reads numbers until the input ends.
   *
   * @param arguments the image's file
   * @throws IOException if the image or the input cannot be read
   */
  public static void main(String[] arguments) throws IOException {
    MedicalImage image = MedicalImageReader.withDefaults().read(Path.of(arguments[0]));
    TumorSegmenter segmenter = TumorSegmenter.published();
    BufferedReader turns =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    for (String line = turns.readLine(); line != null; line = turns.readLine()) {
      long best = Long.MAX_VALUE;
      int area = 0;
      for (int i = Integer.parseInt(line); i > 0; i--) {
        long start = System.nanoTime();
        area = segmenter.segment(image).areaPixels();
        best = Math.min(best, System.nanoTime() - start);
      }
      System.out.println(best / 1e6 + " " + area);
    }
  }
}

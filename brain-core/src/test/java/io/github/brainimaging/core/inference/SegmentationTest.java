package io.github.brainimaging.core.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.Spacing;
import org.junit.jupiter.api.Test;

/** Reference values: {@code skimage.measure.perimeter(mask, neighborhood=4)}, scikit-image 0.19. */
class SegmentationTest {

  private static final Mask BLOBS =
      mask(
          "#.......####....",
          "##.......###....",
          "###............#",
          "###.............",
          ".###............",
          "####........##..",
          "####.......#####",
          ".##...#....#####",
          ".....##.....####",
          "...#####...#####",
          "#.#####...######",
          "########.#######");

  private static Mask mask(String... rows) {
    boolean[] inside = new boolean[rows.length * rows[0].length()];
    for (int i = 0; i < inside.length; i++) {
      inside[i] = rows[i / rows[0].length()].charAt(i % rows[0].length()) == '#';
    }
    return Mask.wrap(rows[0].length(), rows.length, inside);
  }

  private static double perimeter(Mask mask) {
    return new Segmentation(mask, Spacing.UNKNOWN).perimeterPixels();
  }

  @Test
  void perimeterAgreesWithScikitImage() {
    assertThat(perimeter(BLOBS)).isCloseTo(65.66295090390226, offset(1e-9));
    assertThat(perimeter(mask("#####", "#####", "#####", "#####"))).isEqualTo(14);
    assertThat(perimeter(mask("...", ".#.", "..."))).isZero();
    assertThat(perimeter(Mask.empty(3, 2))).isZero();
  }

  @Test
  void perimeterOfADiskIsNearItsCircumference() {
    boolean[] disk = new boolean[41 * 41];
    for (int i = 0; i < disk.length; i++) {
      int dx = i % 41 - 20;
      int dy = i / 41 - 20;
      disk[i] = dx * dx + dy * dy <= 15 * 15;
    }

    assertThat(perimeter(Mask.wrap(41, 41, disk))).isCloseTo(98.91168824543142, offset(1e-9));
  }

  @Test
  void perimeterInMillimetersNeedsSquarePixels() {
    assertThat(new Segmentation(BLOBS, Spacing.ofMillimeters(2)).perimeterMm().orElseThrow())
        .isCloseTo(2 * 65.66295090390226, offset(1e-9));
    assertThat(new Segmentation(BLOBS, new Spacing(1, 2)).perimeterMm()).isEmpty();
    assertThat(new Segmentation(BLOBS, Spacing.UNKNOWN).perimeterMm()).isEmpty();
  }
}

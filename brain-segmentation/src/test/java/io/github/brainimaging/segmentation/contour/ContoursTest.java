package io.github.brainimaging.segmentation.contour;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.inference.Contour;
import io.github.brainimaging.core.inference.Segmentation.Point;
import io.github.brainimaging.core.inference.internal.ContourTracer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ContoursTest {

  @Test
  void outlinesOnePixelByItsFourCornersClockwise() {
    assertThat(Contours.of(mask("...", ".#.", "...")))
        .containsExactly(
            new Contour(
                List.of(
                    new Point(1.5, 0.5),
                    new Point(1.5, 1.5),
                    new Point(0.5, 1.5),
                    new Point(0.5, 0.5)),
                List.of()));
  }

  @Test
  void goesToTheTipOfALineAndBack() {
    Contour line = Contours.of(mask("###")).get(0);

    assertThat(line.outline()).hasSize(4);
    assertThat(line.areaPixels()).isEqualTo(3);
  }

  @Test
  void keepsPixelsThatTouchAtACornerApartAndTheirHolesTogether() {
    assertThat(Contours.of(mask("#.", ".#"))).hasSize(2);
    assertThat(Contours.of(mask("##.", "#.#", "###")).get(0).holes()).isEmpty();
    assertThat(Contours.of(mask("####", "#.##", "##.#", "####")).get(0).holes()).hasSize(1);
  }

  @Test
  void findsNothingInAnEmptyMask() {
    assertThat(Contours.of(Mask.empty(3, 4))).isEmpty();
  }

  /** From sparse to dense, so with many regions and with many holes, islands in them too. */
  @Test
  void agreesWithWalkingAlongTheEdges() {
    Random random = new Random(4);
    for (int round = 0; round < 2_000; round++) {
      int width = 1 + random.nextInt(20);
      int height = 1 + random.nextInt(20);
      double density = random.nextDouble();
      boolean[] inside = new boolean[width * height];
      for (int i = 0; i < inside.length; i++) {
        inside[i] = random.nextDouble() < density;
      }
      Mask mask = Mask.wrap(width, height, inside);

      List<Contour> contours = Contours.of(mask);

      assertThat(contours).isEqualTo(ContourTracer.trace(mask));
      assertThat(contours.stream().mapToDouble(Contour::areaPixels).sum()).isEqualTo(mask.count());
    }
  }

  private static Mask mask(String... rows) {
    String all = String.join("", rows);
    boolean[] inside = new boolean[all.length()];
    for (int i = 0; i < inside.length; i++) {
      inside[i] = all.charAt(i) == '#';
    }
    return Mask.wrap(rows[0].length(), rows.length, inside);
  }
}

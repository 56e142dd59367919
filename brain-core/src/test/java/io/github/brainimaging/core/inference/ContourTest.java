package io.github.brainimaging.core.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.inference.Segmentation.Point;
import io.github.brainimaging.core.inference.internal.ContourTracer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ContourTest {

  private static Mask mask(String... rows) {
    boolean[] inside = new boolean[rows.length * rows[0].length()];
    for (int i = 0; i < inside.length; i++) {
      inside[i] = rows[i / rows[0].length()].charAt(i % rows[0].length()) == '#';
    }
    return Mask.wrap(rows[0].length(), rows.length, inside);
  }

  private static Mask disk(int size, double radius) {
    boolean[] inside = new boolean[size * size];
    double center = (size - 1) / 2.0;
    for (int i = 0; i < inside.length; i++) {
      inside[i] = Math.hypot(i % size - center, Math.floorDiv(i, size) - center) < radius;
    }
    return Mask.wrap(size, size, inside);
  }

  /** Even-odd rule at the centers of the pixels. */
  private static Mask filled(List<Contour> contours, int width, int height) {
    boolean[] inside = new boolean[width * height];
    for (Contour contour : contours) {
      toggle(contour.outline(), inside, width);
      contour.holes().forEach(hole -> toggle(hole, inside, width));
    }
    return Mask.wrap(width, height, inside);
  }

  private static void toggle(List<Point> polygon, boolean[] inside, int width) {
    for (int i = 0; i < inside.length; i++) {
      Point a = polygon.get(polygon.size() - 1);
      for (Point b : polygon) {
        int y = Math.floorDiv(i, width);
        boolean crosses = (a.y() > y) != (b.y() > y);
        double at = a.x() + (b.x() - a.x()) * (y - a.y()) / (b.y() - a.y());
        inside[i] ^= crosses && i % width < at;
        a = b;
      }
    }
  }

  @Test
  void surroundsASinglePixelClockwise() {
    assertThat(ContourTracer.trace(mask("...", ".#.", "...")))
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
  void givesHolesToTheRegionAroundThem() {
    Contour contour = ContourTracer.trace(mask("#####", "#.#.#", "#####")).get(0);
    assertThat(contour.outline()).hasSize(4);
    assertThat(contour.holes()).hasSize(2).allSatisfy(hole -> assertThat(hole).hasSize(4));
    assertThat(contour.areaPixels()).isEqualTo(13);
  }

  @Test
  void partsRegionsThatTouchAtACorner() {
    assertThat(ContourTracer.trace(mask("#.", ".#"))).hasSize(2);
    // The hole is open towards the corner, but not through it.
    assertThat(ContourTracer.trace(mask("##.", "#.#", "###")).get(0).areaPixels()).isEqualTo(7);
  }

  @Test
  void isEmptyForAnEmptyMask() {
    assertThat(ContourTracer.trace(Mask.empty(3, 4))).isEmpty();
  }

  @Test
  void givesTheMaskBackWhenFilled() {
    Random random = new Random(1);
    for (int n = 0; n < 100; n++) {
      int width = 1 + random.nextInt(12);
      boolean[] inside = new boolean[width * (1 + random.nextInt(12))];
      for (int i = 0; i < inside.length; i++) {
        inside[i] = random.nextInt(10) < 6;
      }
      Mask mask = Mask.wrap(width, inside.length / width, inside);
      List<Contour> contours = ContourTracer.trace(mask);
      assertThat(filled(contours, width, mask.height())).isEqualTo(mask);
      assertThat(contours.stream().mapToDouble(Contour::areaPixels).sum()).isEqualTo(mask.count());
    }
  }

  @Test
  void leavesOutPointsThatDoNotMatter() {
    Mask disk = disk(60, 25);
    Contour exact = ContourTracer.trace(disk).get(0);
    Contour fewer = exact.simplified(1);
    assertThat(fewer.outline()).hasSizeLessThan(exact.outline().size() / 2);
    assertThat(fewer.areaPixels()).isCloseTo(disk.count(), within(0.03 * disk.count()));
    assertThat(exact.outline()).containsAll(fewer.outline());
    assertThat(exact.simplified(0)).isEqualTo(exact);
    assertThat(exact.simplified(1e6).outline()).hasSizeGreaterThanOrEqualTo(3);
  }

  @Test
  void refusesAToleranceThatIsNone() {
    Contour contour = ContourTracer.trace(disk(10, 3)).get(0);
    assertThatThrownBy(() -> contour.simplified(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> contour.simplified(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NaN");
  }
}

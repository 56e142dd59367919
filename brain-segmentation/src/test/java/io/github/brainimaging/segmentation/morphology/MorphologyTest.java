package io.github.brainimaging.segmentation.morphology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.Spacing;
import io.github.brainimaging.segmentation.References;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MorphologyTest {

  private static final Mask MASK = References.mask("mask");

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void agreesWithScikitImageForDisks(int radius) {
    Morphology disk = Morphology.ofDisk(radius);

    assertThat(disk.dilate(MASK)).isEqualTo(References.mask("mask.dilate.disk" + radius));
    assertThat(disk.erode(MASK)).isEqualTo(References.mask("mask.erode.disk" + radius));
  }

  @Test
  void agreesWithScikitImageForSquares() {
    Morphology square = Morphology.ofSquare(2);

    assertThat(square.dilate(MASK)).isEqualTo(References.mask("mask.dilate.square2"));
    assertThat(square.erode(MASK)).isEqualTo(References.mask("mask.erode.square2"));
  }

  @Test
  void fillsHolesAsScipy() {
    assertThat(Morphology.fillHoles(MASK)).isEqualTo(References.mask("mask.fill"));
  }

  @Test
  void removesSmallPartsAsScikitImage() {
    assertThat(Morphology.removeSmall(MASK, 12)).isEqualTo(References.mask("mask.remove12"));
    assertThat(Morphology.removeSmall(MASK, 0)).isEqualTo(MASK);
    assertThat(Morphology.removeSmall(MASK, 10_000).isEmpty()).isTrue();
  }

  @Test
  void dilatesByTheDefinitionOfADiskInMillimeters() {
    Random random = new Random(3);
    for (int round = 0; round < 100; round++) {
      Mask mask = random(random, 0.03);
      double radius = 4 * random.nextDouble();
      Spacing spacing = new Spacing(0.5 + random.nextDouble(), 0.5 + random.nextDouble());
      boolean[] expected = new boolean[mask.width() * mask.height()];
      for (int i = 0; i < expected.length; i++) {
        for (int j = 0; j < expected.length; j++) {
          double dx = (i % mask.width() - j % mask.width()) * spacing.x();
          double dy = (i / mask.width() - j / mask.width()) * spacing.y();
          expected[i] |=
              mask.get(j % mask.width(), j / mask.width()) && dx * dx + dy * dy <= radius * radius;
        }
      }

      assertThat(Morphology.ofDiskMm(radius, spacing).dilate(mask))
          .isEqualTo(Mask.of(mask.width(), mask.height(), expected));
    }
  }

  /** Rows are kept in words of 64 pixels: what leaves one has to arrive in the next. */
  @ParameterizedTest
  @ValueSource(ints = {63, 64, 65, 128, 150})
  void dilatesByTheDefinitionAcrossTheBordersOfWords(int width) {
    Random random = new Random(width);
    for (int round = 0; round < 40; round++) {
      int height = 1 + random.nextInt(8);
      int x = random.nextInt(width);
      int y = random.nextInt(height);
      double radius = random.nextInt(round < 20 ? 5 : 100);
      boolean[] expected = new boolean[width * height];
      for (int i = 0; i < expected.length; i++) {
        expected[i] = Math.hypot(i % width - x, i / width - y) <= radius;
      }
      boolean[] point = new boolean[width * height];
      point[y * width + x] = true;
      Mask mask = Mask.of(width, height, point);
      Morphology disk = Morphology.ofDisk(radius);

      assertThat(disk.dilate(mask)).isEqualTo(Mask.of(width, height, expected));
      assertThat(disk.erode(not(mask))).isEqualTo(not(Mask.of(width, height, expected)));
    }
  }

  @Test
  void erosionIsTheDualOfDilation() {
    Random random = new Random(4);
    for (int round = 0; round < 100; round++) {
      Mask mask = random(random, 0.8);
      Morphology disk = Morphology.ofDisk(3 * random.nextDouble());

      assertThat(disk.erode(mask)).isEqualTo(not(disk.dilate(not(mask))));
    }
  }

  @Test
  void openingShrinksClosingGrowsAndBothSettleAtOnce() {
    Random random = new Random(6);
    for (int round = 0; round < 100; round++) {
      Mask mask = random(random, 0.6);
      Morphology disk = Morphology.ofDisk(0.8 + random.nextDouble());
      Mask opened = disk.open(mask);
      Mask closed = disk.close(mask);

      assertThat(isPart(opened, mask)).isTrue();
      assertThat(isPart(mask, closed)).isTrue();
      assertThat(disk.open(opened)).isEqualTo(opened);
      assertThat(disk.close(closed)).isEqualTo(closed);
    }
  }

  @Test
  void takesTheFirstOfTwoLargestComponents() {
    Mask mask = Mask.of(5, 1, new boolean[] {true, false, true, false, true});

    assertThat(Morphology.largestComponent(mask))
        .isEqualTo(Mask.of(5, 1, new boolean[] {true, false, false, false, false}));
  }

  @Test
  void keepsEmptyAndFullMasks() {
    Mask empty = Mask.empty(7, 3);
    Mask full = not(empty);
    Morphology disk = Morphology.ofDisk(2);

    for (Mask mask : new Mask[] {empty, full}) {
      assertThat(disk.erode(mask)).isEqualTo(mask);
      assertThat(disk.dilate(mask)).isEqualTo(mask);
      assertThat(Morphology.fillHoles(mask)).isEqualTo(mask);
      assertThat(Morphology.largestComponent(mask)).isEqualTo(mask);
    }
  }

  @Test
  void rejectsWrongArguments() {
    assertThatThrownBy(() -> Morphology.ofDisk(Double.NaN))
        .hasMessage("radius must be between 0 and 10000 pixels, got NaN");
    assertThatThrownBy(() -> Morphology.ofSquare(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Morphology.ofDiskMm(1, Spacing.UNKNOWN))
        .hasMessageStartingWith("spacing must be known");
    assertThatThrownBy(() -> Morphology.removeSmall(MASK, -1))
        .hasMessage("minPixels must be 0 or more, got -1");
  }

  private static Mask random(Random random, double share) {
    int width = 1 + random.nextInt(15);
    int height = 1 + random.nextInt(15);
    boolean[] inside = new boolean[width * height];
    for (int i = 0; i < inside.length; i++) {
      inside[i] = random.nextDouble() < share;
    }
    return Mask.wrap(width, height, inside);
  }

  private static Mask not(Mask mask) {
    boolean[] inside = mask.toArray();
    for (int i = 0; i < inside.length; i++) {
      inside[i] = !inside[i];
    }
    return Mask.wrap(mask.width(), mask.height(), inside);
  }

  private static boolean isPart(Mask part, Mask whole) {
    boolean[] a = part.toArray();
    boolean[] b = whole.toArray();
    for (int i = 0; i < a.length; i++) {
      if (a[i] && !b[i]) {
        return false;
      }
    }
    return true;
  }
}

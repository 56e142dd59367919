package io.github.brainimaging.core.transform.spatial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.brainimaging.core.image.BoundingBox;
import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.Spacing;
import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.core.transform.ForegroundThreshold;
import io.github.brainimaging.core.transform.ImageAssertions;
import io.github.brainimaging.core.transform.Transform;
import io.github.brainimaging.core.transform.TransformContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("data")
class CropToForegroundTest extends TransformContract {

  private static final BoundingBox HEAD = new BoundingBox(30, 20, 61, 81);

  @Override
  protected Transform transform() {
    return CropToForeground.withDefaults();
  }

  @Override
  protected int[] expectedShape(MedicalImage input) {
    BoundingBox box = bruteForce(input);
    return new int[] {box.width(), box.height(), input.channels()};
  }

  @Test
  void findsTheHeadInNoise() {
    assertCropsTo(HEAD, head());
  }

  @Test
  void passesOverFrameLinesAndText() {
    MedicalImage head = head();
    float[] samples = head.samples();
    for (int i = 0; i < 128; i++) {
      samples[i] = 255; // a frame of one pixel
      samples[127 * 128 + i] = 255;
      samples[i * 128] = 255;
      samples[i * 128 + 127] = 255;
    }
    for (int x = 10; x < 70; x += 3) {
      for (int y = 118; y < 122; y++) {
        samples[y * 128 + x] = 255; // a line of letters, 4 pixels high
      }
    }

    assertCropsTo(HEAD, head.withSamples(samples));
  }

  @Test
  void doesNotDependOnTheUnitOfTheGrayValues() {
    MedicalImage head = head();
    for (float[] unit : new float[][] {{1 / 255f, 0}, {257, 0}, {4, -1024}, {1e-6f, 3}}) {
      float[] samples = head.samples();
      for (int i = 0; i < samples.length; i++) {
        samples[i] = unit[0] * samples[i] + unit[1];
      }

      assertCropsTo(HEAD, head.withSamples(samples));
    }
  }

  @Test
  void takesAPixelOfAnyChannel() {
    MedicalImage head = head();
    float[] samples = new float[3 * 128 * 128];
    head.copySamplesTo(samples, 128 * 128);

    assertCropsTo(HEAD, MedicalImage.wrap(128, 128, 3, samples));
  }

  @Test
  void takesInfinityAndNaNForBackground() {
    MedicalImage head = head();
    float[] samples = head.samples();
    for (int i = 0; i < 10 * 128; i++) {
      samples[i] = i % 2 == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
    }

    assertCropsTo(HEAD, head.withSamples(samples));
  }

  @Test
  void keepsAMarginAsFarAsTheImageHasIt() {
    assertThat(CropToForeground.withDefaults().withMarginPixels(5).apply(head()))
        .isEqualTo(Crop.of(new BoundingBox(25, 15, 71, 91)).apply(head()));
    assertThat(CropToForeground.withDefaults().withMarginPixels(Integer.MAX_VALUE).apply(head()))
        .isEqualTo(head());
    assertThat(CropToForeground.withDefaults().withMarginPixels(25).apply(head()))
        .isEqualTo(Crop.of(new BoundingBox(5, 0, 111, 126)).apply(head()));
  }

  @Test
  void returnsAnImageWithoutAHeadAsItIs() {
    MedicalImage constant = MedicalImage.wrap(50, 50, 1, new float[2500]);
    float[] speck = new float[2500];
    for (int y = 20; y < 23; y++) {
      for (int x = 20; x < 40; x++) {
        speck[y * 50 + x] = 255; // 3 of 50 rows is under 10 %
      }
    }
    MedicalImage nothing = constant.withSamples(new float[2500]).withNominalMaximum(255);

    assertThat(transform().apply(constant)).isSameAs(constant);
    assertThat(transform().apply(nothing.withSamples(speck))).isEqualTo(nothing.withSamples(speck));
  }

  @Test
  void agreesWithBruteForceOnSeededBlocks() {
    SplittableRandom random = new SplittableRandom(8);
    for (int run = 0; run < 100; run++) {
      int width = 1 + random.nextInt(60);
      int height = 1 + random.nextInt(60);
      float[] samples = new float[width * height];
      for (int block = 0; block < 6; block++) {
        int left = random.nextInt(width);
        int top = random.nextInt(height);
        int right = Math.min(width, left + 1 + random.nextInt(12));
        int bottom = Math.min(height, top + 1 + random.nextInt(12));
        for (int y = top; y < bottom; y++) {
          for (int x = left; x < right; x++) {
            samples[y * width + x] = 50 + block;
          }
        }
      }
      MedicalImage image = MedicalImage.wrap(width, height, 1, samples);

      assertCropsTo(bruteForce(image), image);
    }
  }

  @Test
  void cutsOffNoTumorOfRealSlices() throws IOException {
    Path data = Path.of(System.getProperty("brain.data", "../../shared/data"), "t1ce-masks");
    assumeTrue(Files.isDirectory(data), () -> "no real images: " + data + " is absent");
    MedicalImageReader reader = MedicalImageReader.withDefaults();
    List<Path> files;
    try (Stream<Path> all = Files.list(data.resolve("images"))) {
      files = all.sorted().toList();
    }
    double kept = 0;
    int slices = 0;
    for (int i = 0; i < files.size(); i += 15) {
      MedicalImage image = reader.read(files.get(i));
      String name = files.get(i).getFileName().toString().replace(".jpg", ".png");
      MedicalImage mask = reader.read(data.resolve("masks").resolve(name));
      BoundingBox box = bruteForce(image);

      assertCropsTo(box, image);
      assertThat(Mask.above(Crop.of(box).apply(mask), 127).count())
          .as(name)
          .isEqualTo(Mask.above(mask, 127).count());
      kept += (double) box.width() * box.height() / (image.width() * image.height());
      slices++;
    }
    assertThat(kept / slices).isBetween(0.5, 0.8);
  }

  @Test
  void rejectsANegativeMargin() {
    assertThatThrownBy(() -> CropToForeground.withDefaults().withMarginPixels(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("marginPixels must not be negative, got -1");
  }

  private static void assertCropsTo(BoundingBox expected, MedicalImage image) {
    assertThat(CropToForeground.withDefaults().apply(image))
        .isEqualTo(Crop.of(expected).apply(image));
  }

  /** An octagon of 100 to 200 that fills {@link #HEAD}, in a background of 0 to 8. */
  private static MedicalImage head() {
    float[] samples = ImageAssertions.random(128, 128, 1, new SplittableRandom(6)).samples();
    for (int y = 0; y < 128; y++) {
      for (int x = 0; x < 128; x++) {
        int dx = Math.abs(x - 60);
        int dy = Math.abs(y - 60);
        boolean inside = dx <= 30 && dy <= 40 && dx + dy <= 60;
        int i = y * 128 + x;
        samples[i] = inside ? 100 + samples[i] / 3 : samples[i] / 32;
      }
    }
    return MedicalImage.wrap(128, 128, 1, samples).withSpacing(Spacing.ofMillimeters(2));
  }

  /** The rule of the javadoc, read out line by line. */
  private static BoundingBox bruteForce(MedicalImage image) {
    double threshold = ForegroundThreshold.value(image);
    boolean[] columns = new boolean[image.width()];
    for (int x = 0; x < columns.length; x++) {
      int n = 0;
      for (int y = 0; y < image.height(); y++) {
        n += isForeground(image, x, y, threshold) ? 1 : 0;
      }
      columns[x] = n > 0 && n >= 0.02 * image.height();
    }
    boolean[] rows = new boolean[image.height()];
    for (int y = 0; y < rows.length; y++) {
      int n = 0;
      for (int x = 0; x < image.width(); x++) {
        n += isForeground(image, x, y, threshold) ? 1 : 0;
      }
      rows[y] = n > 0 && n >= 0.02 * image.width();
    }
    int left = firstInRun(columns);
    int top = firstInRun(rows);
    int width = columns.length - left - firstInRun(reversed(columns));
    int height = rows.length - top - firstInRun(reversed(rows));
    return width < 0.1 * columns.length || height < 0.1 * rows.length
        ? new BoundingBox(0, 0, columns.length, rows.length)
        : new BoundingBox(left, top, width, height);
  }

  private static boolean isForeground(MedicalImage image, int x, int y, double threshold) {
    for (int c = 0; c < image.channels(); c++) {
      if (Float.isFinite(image.get(x, y, c)) && image.get(x, y, c) > threshold) {
        return true;
      }
    }
    return false;
  }

  private static int firstInRun(boolean[] counts) {
    int length = Math.max(1, (int) Math.ceil(0.04 * counts.length));
    for (int i = 0; i + length <= counts.length; i++) {
      boolean all = true;
      for (int k = i; k < i + length; k++) {
        all &= counts[k];
      }
      if (all) {
        return i;
      }
    }
    return counts.length;
  }

  private static boolean[] reversed(boolean[] a) {
    boolean[] b = new boolean[a.length];
    for (int i = 0; i < a.length; i++) {
      b[i] = a[a.length - 1 - i];
    }
    return b;
  }
}

package io.github.brainimaging.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.io.ImageFormatException;
import io.github.brainimaging.core.io.NiftiWriter;
import io.github.brainimaging.core.io.PngImageWriter;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntBinaryOperator;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskReaderTest {

  private static final int SIZE = 24;
  private static final MaskReader READER = MaskReader.withDefaults();

  @TempDir Path folder;

  /** A square of 10 x 10 pixels, or the core of 4 x 4 within it. */
  private static boolean lesion(int x, int y) {
    return x >= 6 && x < 16 && y >= 8 && y < 18;
  }

  private static boolean core(int x, int y) {
    return x >= 9 && x < 13 && y >= 11 && y < 15;
  }

  private Path gray(IntBinaryOperator value) throws IOException {
    float[] samples = new float[SIZE * SIZE];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = value.applyAsInt(i % SIZE, i / SIZE);
    }
    Path file = folder.resolve("gray.png");
    PngImageWriter.write(MedicalImage.ofGray(SIZE, SIZE, samples).withNominalMaximum(255), file);
    return file;
  }

  private Path labels(int outer, int inner) throws IOException {
    return gray((x, y) -> core(x, y) ? inner : lesion(x, y) ? outer : 0);
  }

  private Path picture(String format, int type, Color outer, Color inner) throws IOException {
    BufferedImage picture = new BufferedImage(SIZE, SIZE, type);
    for (int y = 0; y < SIZE; y++) {
      for (int x = 0; x < SIZE; x++) {
        if (lesion(x, y)) {
          picture.setRGB(x, y, (core(x, y) ? inner : outer).getRGB());
        }
      }
    }
    Path file = folder.resolve("picture." + format);
    assertThat(ImageIO.write(picture, format, file.toFile())).isTrue();
    return file;
  }

  private static void assertLesion(Mask mask) {
    assertThat(mask.count()).isEqualTo(100);
    assertThat(mask.get(6, 8)).isTrue();
    assertThat(mask.get(15, 17)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"255, 255", "1, 1", "128, 128", "1, 3", "2, 4", "3, 1", "1, 31"})
  void everyLabelIsInside(int outer, int inner) throws IOException {
    assertLesion(READER.read(labels(outer, inner)));
  }

  @Test
  void aFileOfOneValueIsEmptyIfThatIsBlackAndFullIfNot() throws IOException {
    assertThat(READER.read(gray((x, y) -> 0)).isEmpty()).isTrue();
    assertThat(READER.read(gray((x, y) -> 255)).count()).isEqualTo(SIZE * SIZE);
    assertThat(READER.read(gray((x, y) -> 1)).count()).isEqualTo(SIZE * SIZE);
  }

  @ParameterizedTest
  @ValueSource(ints = {0x00FF00, 0x0000FF, 0xFF0000, 0xFFFF00, 0xFFFFFF, 0x000040})
  void oneColorOnBlackIsInside(int color) throws IOException {
    Color one = new Color(color);
    assertLesion(READER.read(picture("png", BufferedImage.TYPE_INT_RGB, one, one)));
  }

  @Test
  void severalColorsAreLabels() throws IOException {
    Path file =
        picture("png", BufferedImage.TYPE_INT_RGB, new Color(0, 0, 40), new Color(0, 200, 0));
    assertLesion(READER.read(file));
  }

  /** Once full masks: white, red and blue are all 255 by their largest channel. */
  @ParameterizedTest
  @ValueSource(ints = {0xFFFFFF, 0x0000FF})
  void colorsOnAnotherGroundThanBlackAreRefused(int ground) throws IOException {
    Path file = picture("png", BufferedImage.TYPE_INT_RGB, Color.RED, Color.GREEN);
    BufferedImage picture = ImageIO.read(file.toFile());
    for (int i = 0; i < SIZE * SIZE; i++) {
      if ((picture.getRGB(i % SIZE, i / SIZE) & 0xFFFFFF) == 0) {
        picture.setRGB(i % SIZE, i / SIZE, ground);
      }
    }
    assertThat(ImageIO.write(picture, "png", file.toFile())).isTrue();

    assertThatThrownBy(() -> READER.read(file))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageContaining("no mask that can be understood");
  }

  @Test
  void aPaletteCountsByItsColors() throws IOException {
    byte[] red = {0, (byte) 128, 0, (byte) 128};
    byte[] green = {0, 0, (byte) 128, (byte) 128};
    BufferedImage picture =
        new BufferedImage(
            SIZE,
            SIZE,
            BufferedImage.TYPE_BYTE_INDEXED,
            new IndexColorModel(8, 4, red, green, new byte[4]));
    for (int i = 0; i < SIZE * SIZE; i++) {
      int x = i % SIZE;
      int y = i / SIZE;
      picture.getRaster().setSample(x, y, 0, core(x, y) ? 3 : lesion(x, y) ? 1 : 0);
    }
    Path file = folder.resolve("palette.png");
    assertThat(ImageIO.write(picture, "png", file.toFile())).isTrue();
    assertLesion(READER.read(file));
  }

  @Test
  void whatIsTransparentIsOutside() throws IOException {
    Path file = picture("png", BufferedImage.TYPE_INT_ARGB, Color.WHITE, Color.WHITE);
    assertLesion(READER.read(file));
  }

  @Test
  void ofSoftEdgesTheUpperHalfIsInside() throws IOException {
    // One column of half, as where a border runs through pixels.
    Path file = gray((x, y) -> lesion(x, y) ? 255 : lesion(x + 1, y) ? 120 : 0);
    assertLesion(READER.read(file));
    file = gray((x, y) -> lesion(x, y) && x > 6 ? 255 : lesion(x, y) ? 140 : 0);
    assertLesion(READER.read(file));
  }

  @Test
  void jpegIsReadInSpiteOfItsNoise() throws IOException {
    Mask mask = READER.read(picture("jpg", BufferedImage.TYPE_BYTE_GRAY, Color.WHITE, Color.WHITE));
    assertThat(mask.count()).isBetween(95, 105);
    Mask green = READER.read(picture("jpg", BufferedImage.TYPE_INT_RGB, Color.GREEN, Color.GREEN));
    assertThat(green.count()).isBetween(90, 115);
    Color noise = new Color(2, 2, 2);
    Mask black = READER.read(picture("jpg", BufferedImage.TYPE_BYTE_GRAY, noise, noise));
    assertThat(black.isEmpty()).isTrue();
  }

  @Test
  void areasOfGrayBesideWhiteAreRefusedUnlessOneSaysWhichIsInside() throws IOException {
    Path file = labels(85, 255);
    assertThatThrownBy(() -> READER.read(file))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageContaining("gray.png")
        .hasMessageContaining("holds the values 0, 85, 255")
        .hasMessageContaining("which of them is inside?");
    assertLesion(READER.withLabels(List.of(85, 255)).read(file));
    assertThat(READER.withLabels(List.of(255)).read(file).count()).isEqualTo(16);
  }

  @Test
  void chosenLabelsAreInsideAndNoOthers() throws IOException {
    assertThat(READER.withLabels(List.of(3)).read(labels(1, 3)).count()).isEqualTo(16);
    assertThat(READER.withLabels(List.of(1)).read(labels(1, 3)).count()).isEqualTo(84);
    assertThat(READER.withLabels(List.of(7)).read(labels(1, 3)).isEmpty()).isTrue();
    Path colored = picture("png", BufferedImage.TYPE_INT_RGB, Color.RED, Color.GREEN);
    assertThatThrownBy(() -> READER.withLabels(List.of(1)).read(colored))
        .hasMessageContaining("expected gray labels");
    assertThatThrownBy(() -> READER.withLabels(List.of(0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("labels must be positive, got 0");
  }

  @Test
  void anImageIsNoMask() throws IOException {
    Path file = gray((x, y) -> x < 2 ? 0 : 20 + (7 * x + 11 * y) % 200);
    assertThatThrownBy(() -> READER.read(file))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageContaining("expected a mask, not an image");
    Path overlay = picture("png", BufferedImage.TYPE_INT_RGB, Color.GRAY, Color.RED);
    assertThatThrownBy(() -> READER.read(overlay))
        .hasMessageContaining("areas of gray beside areas of color");
  }

  private Path volume(float... values) throws IOException {
    Path file = folder.resolve("mask.nii");
    NiftiWriter.withDefaults()
        .write(MedicalVolume.of(VolumeGrid.ofSize(values.length, 1, 1), values), file);
    return file;
  }

  @Test
  void volumesFollowTheSameRule() throws IOException {
    assertThat(READER.readVolume(volume(0, 2, 4, 0)).toArray())
        .containsExactly(false, true, true, false);
    assertThat(READER.withLabels(List.of(4)).readVolume(volume(0, 2, 4, 0)).count()).isEqualTo(1);
    assertThat(READER.readVolume(volume(-0.02f, 0.4f, 0.6f, 1.01f)).toArray())
        .containsExactly(false, false, true, true);
    assertThat(READER.readVolume(volume(Float.NaN, 0, 1)).count()).isEqualTo(1);
    assertThatThrownBy(() -> READER.readVolume(volume(0, -3, 1)))
        .isInstanceOf(ImageFormatException.class)
        .hasMessageContaining("holds the values -3, 0, 1; expected no negative values");
    assertThatThrownBy(() -> READER.readVolume(volume(0, 2.5f, 7)))
        .hasMessageContaining("expected whole numbers, or probabilities from 0 to 1");
    float[] many = new float[300];
    for (int i = 0; i < many.length; i++) {
      many[i] = i;
    }
    assertThatThrownBy(() -> READER.readVolume(volume(many)))
        .hasMessageContaining("not those of an image");
  }

  @Test
  void aDataSetAsksTheSameReader() throws IOException {
    Path image = gray((x, y) -> 255);
    ImageMaskPairs full = new ImageMaskPairs(List.of(new ImageMaskPairs.Pair("a", image, image)));
    assertThat(DataSet.ofMasks(full).counts()).containsExactly(0, 1);
    ImageMaskPairs other = full.withLabels(List.of(3));
    assertThat(DataSet.ofMasks(other).counts()).containsExactly(1, 0);
    assertThat(other.fingerprint()).startsWith(full.fingerprint()).endsWith(", labels [3]");
  }
}

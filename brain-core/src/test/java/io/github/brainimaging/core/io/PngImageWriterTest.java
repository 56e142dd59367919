package io.github.brainimaging.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.transform.intensity.DisplayWindow;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PngImageWriterTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"1, 255", "3, 255", "1, 65535", "3, 65535"})
  void readerGivesBackWhatWasWritten(int channels, int maximum) throws IOException {
    MedicalImage image = noise(channels, maximum);
    Path file = folder.resolve("new").resolve("image.png");

    PngImageWriter.write(image, file);

    assertThat(MedicalImageReader.withDefaults().read(file)).isEqualTo(image);
  }

  @ParameterizedTest
  @CsvSource({"1, 255", "3, 255", "1, 65535", "3, 65535"})
  void jdkReadsTheSame(int channels, int maximum) throws IOException {
    MedicalImage image = noise(channels, maximum);
    Path file = folder.resolve("image.png");

    PngImageWriter.write(image, file);

    BufferedImage found = ImageIO.read(file.toFile());
    for (int c = 0; c < channels; c++) {
      float[] band = found.getRaster().getSamples(0, 0, 21, 10, c, (float[]) null);
      for (int i = 0; i < band.length; i++) {
        assertThat(band[i]).isEqualTo(image.get(i % 21, i / 21, c));
      }
    }
  }

  @Test
  void writesAMaskAsBlackAndWhite() throws IOException {
    Mask mask = Mask.of(3, 2, new boolean[] {true, false, true, false, false, true});
    Path file = folder.resolve("mask.png");

    PngImageWriter.write(mask, file);

    MedicalImage image = MedicalImageReader.withDefaults().read(file);
    assertThat(image.samples()).containsExactly(255, 0, 255, 0, 0, 255);
    assertThat(Mask.above(image, 0)).isEqualTo(mask);
  }

  @Test
  void aStreamGetsTheMaskThatAFileGets() throws IOException {
    Mask mask = Mask.of(2, 1, new boolean[] {true, false});
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    PngImageWriter.write(mask, out);

    assertThat(MedicalImageReader.withDefaults().read(out.toByteArray(), "mask"))
        .isEqualTo(mask.toImage());
  }

  @Test
  void writesToAStreamWithoutClosingIt() throws IOException {
    MedicalImage image = noise(3, 255);
    Path file = folder.resolve("image.png");
    PngImageWriter.write(image, file);
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    PngImageWriter.write(image, out);

    assertThat(out.toByteArray()).isEqualTo(Files.readAllBytes(file));
  }

  @ParameterizedTest
  @ValueSource(floats = {-1, 256, 0.5f, Float.NaN, Float.POSITIVE_INFINITY})
  void rejectsSamplesThatAreNoBytes(float sample) throws IOException {
    Path file = Files.writeString(folder.resolve("image.png"), "as it was");
    MedicalImage image = MedicalImage.ofGray(1, 1, new float[] {sample});

    assertThatThrownBy(() -> PngImageWriter.write(image, file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "samples must be whole numbers from 0 to 255, got "
                + sample
                + ": round them first, or give a DisplayWindow");
    assertThat(file).hasContent("as it was");
  }

  @Test
  void rejectsScaledImagesAndOtherChannels() {
    MedicalImage scaled = MedicalImage.ofGray(1, 1, new float[] {1}).withNominalMaximum(1);
    MedicalImage two = MedicalImage.of(1, 1, 2, new float[2]);
    Path file = folder.resolve("image.png");

    assertThatThrownBy(() -> PngImageWriter.write(scaled, file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nominalMaximum must be NaN or at least 255, got 1.0");
    assertThatThrownBy(() -> PngImageWriter.write(two, file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("image must have 1 or 3 channels, got 2");
    assertThat(file).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.jpg", "a.JPEG", "a.b.tif", "mask.nii.gz", "scan.dcm"})
  void refusesTheNameOfAnotherFormat(String name) {
    MedicalImage image = MedicalImage.ofGray(1, 1, new float[] {7});
    Path file = folder.resolve(name);
    String ending = name.substring(name.indexOf('.', name.startsWith("a.b") ? 2 : 0));

    assertThatThrownBy(() -> PngImageWriter.write(image, file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("file must end with .png, got " + ending + ": " + file);
    assertThatThrownBy(() -> PngImageWriter.write(Mask.empty(1, 1), file))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PngImageWriter.write(image, DisplayWindow.linear(40, 80), file))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(file).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a.PNG", "a.jpg.png", "a.part", "1.2.840.5"})
  void takesNamesThatPromiseNothingElse(String name) throws IOException {
    PngImageWriter.write(MedicalImage.ofGray(1, 1, new float[] {7}), folder.resolve(name));

    assertThat(folder.resolve(name)).exists();
  }

  private static MedicalImage noise(int channels, int maximum) {
    Random random = new Random(5);
    float[] samples = new float[21 * 10 * channels];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = random.nextInt(maximum + 1);
    }
    return MedicalImage.wrap(21, 10, channels, samples).withNominalMaximum(maximum);
  }

  @Test
  void writesASliceOfCtThroughAWindow() throws IOException {
    MedicalImage slice = MedicalImage.ofGray(3, 1, new float[] {-1000, 40.25f, 3071});
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    PngImageWriter.write(slice, DisplayWindow.linearExact(40, 80), out);

    assertThat(MedicalImageReader.withDefaults().read(out.toByteArray(), "ct").samples())
        .containsExactly(0, 128, 255);
  }
}

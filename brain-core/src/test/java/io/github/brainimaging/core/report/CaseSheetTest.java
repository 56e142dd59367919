package io.github.brainimaging.core.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.core.io.PngImageWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaseSheetTest {

  private static final MedicalImage IMAGE =
      MedicalImage.wrap(192, 192, 1, ramp()).withNominalMaximum(255);

  @TempDir Path folder;

  private static float[] ramp() {
    float[] samples = new float[192 * 192];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = i % 192;
    }
    return samples;
  }

  private static Mask square(int left) {
    boolean[] inside = new boolean[192 * 192];
    for (int i = 0; i < inside.length; i++) {
      inside[i] = i % 192 >= left && i % 192 < left + 40 && i / 192 >= 60 && i / 192 < 100;
    }
    return Mask.wrap(192, 192, inside);
  }

  @Test
  void showsTheImageTheTruthWhatWasFoundAndBothInTwoColors() throws IOException {
    Path png = folder.resolve("new/sheet.png");

    PngImageWriter.write(
        CaseSheet.draw(List.of(new CaseSheet.Case("a: Dice 0.00", IMAGE, square(20), square(120)))),
        png);

    MedicalImage sheet = MedicalImageReader.withDefaults().read(png);
    int panels = 8;
    int truth = panels + 200;
    int found = panels + 400;
    int both = panels + 600;
    assertThat(outlined(sheet, Overlay.TRUTH, panels, truth)).isZero();
    assertThat(outlined(sheet, Overlay.COLOR, panels, found)).isZero();
    assertThat(outlined(sheet, Overlay.TRUTH, truth + 18, truth + 62)).isPositive();
    assertThat(outlined(sheet, Overlay.TRUTH, truth + 62, both)).isZero();
    assertThat(outlined(sheet, Overlay.COLOR, found + 118, found + 162)).isPositive();
    assertThat(outlined(sheet, Overlay.COLOR, found + 162, both + 118)).isZero();
    assertThat(outlined(sheet, Overlay.TRUTH, both + 18, both + 62))
        .isEqualTo(outlined(sheet, Overlay.TRUTH, truth + 18, truth + 62));
    assertThat(outlined(sheet, Overlay.COLOR, both + 118, both + 162))
        .isEqualTo(outlined(sheet, Overlay.COLOR, found + 118, found + 162));
  }

  @Test
  void aSingleCaseIsShownInItsOwnSizeUpTo1024() throws IOException {
    Path png = folder.resolve("one.png");
    for (int side : new int[] {10, 300, 1200}) {
      MedicalImage image = MedicalImage.ofGray(side, 5, new float[5 * side]);
      Mask none = Mask.empty(side, 5);
      PngImageWriter.write(
          CaseSheet.draw(List.of(new CaseSheet.Case("x", image, none, none))), png);
      int panel = Math.max(192, Math.min(1024, side));
      assertThat(MedicalImageReader.withDefaults().read(png).width())
          .isEqualTo(4 * (panel + 8) + 8);
    }
  }

  @Test
  void showsTwoCasesInARow() throws IOException {
    Path png = folder.resolve("sheet.png");

    PngImageWriter.write(
        CaseSheet.draw(
            Collections.nCopies(10, new CaseSheet.Case("x", IMAGE, square(20), square(30)))),
        png);

    MedicalImage sheet = MedicalImageReader.withDefaults().read(png);
    assertThat(sheet.width()).isEqualTo(2 * 800 + 8);
    assertThat(sheet.height()).isEqualTo(5 * 242 + 8);
    assertThatThrownBy(() -> CaseSheet.draw(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cases must be at least one, got none");
  }

  private static int outlined(MedicalImage sheet, int[] color, int left, int right) {
    int n = 0;
    for (int y = 0; y < sheet.height(); y++) {
      for (int x = left; x < right; x++) {
        n +=
            sheet.get(x, y, 0) == color[0]
                    && sheet.get(x, y, 1) == color[1]
                    && sheet.get(x, y, 2) == color[2]
                ? 1
                : 0;
      }
    }
    return n;
  }
}

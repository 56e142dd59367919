package io.github.brainimaging.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.brainimaging.core.image.BoundingBox;
import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.transform.spatial.Crop;
import org.junit.jupiter.api.Test;

class OverlaySideBySideTest {

  @Test
  void showsTheImageTheTruthInGreenAndTheFinding() {
    float[] values = new float[12 * 10];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 12;
    }
    MedicalImage image = MedicalImage.ofGray(12, 10, values);
    Mask found = Mask.above(image, 8);
    Mask truth = Mask.above(image, 5);

    MedicalImage picture = Overlay.sideBySide(image, found, truth);

    assertThat(part(picture, 0)).isEqualTo(Overlay.draw(image, Mask.empty(12, 10)));
    MedicalImage green = part(picture, 1);
    for (int x = 0; x < 12; x++) {
      boolean outlined = truth.outline().get(x, 5);
      assertThat(green.get(x, 5, 1) == Overlay.TRUTH[1]).isEqualTo(outlined);
    }
    assertThat(part(picture, 2)).isEqualTo(Overlay.draw(image, found));
  }

  private static MedicalImage part(MedicalImage picture, int index) {
    return Crop.of(new BoundingBox(12 * index, 0, 12, 10)).apply(picture);
  }
}

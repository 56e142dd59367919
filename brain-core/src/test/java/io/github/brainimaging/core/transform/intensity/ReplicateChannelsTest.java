package io.github.brainimaging.core.transform.intensity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.transform.Transform;
import io.github.brainimaging.core.transform.TransformContract;
import org.junit.jupiter.api.Test;

class ReplicateChannelsTest extends TransformContract {

  @Override
  protected Transform transform() {
    return ReplicateChannels.to(3);
  }

  @Override
  protected int[] acceptedChannels() {
    return new int[] {1, 3};
  }

  @Override
  protected int[] expectedShape(MedicalImage input) {
    return new int[] {input.width(), input.height(), 3};
  }

  @Test
  void repeatsTheSamples() {
    MedicalImage gray = MedicalImage.ofGray(2, 1, new float[] {4, 5});

    assertThat(transform().apply(gray).samples()).containsExactly(4, 5, 4, 5, 4, 5);
  }

  @Test
  void rejectsColorForAnotherNumber() {
    MedicalImage rgb = MedicalImage.of(1, 1, 3, new float[3]);
    Transform toTwo = ReplicateChannels.to(2);

    assertThatThrownBy(() -> toTwo.apply(rgb))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("image must have 1 or 2 channels, got 3");
  }

  @Test
  void rejectsNoChannel() {
    assertThatThrownBy(() -> ReplicateChannels.to(0)).isInstanceOf(IllegalArgumentException.class);
  }
}

package io.github.brainimaging.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VolumeLabels;
import io.github.brainimaging.core.inference.VolumeSegmentation;
import io.github.brainimaging.core.registration.CommonGrid;
import io.github.brainimaging.models.card.ModelException;
import io.github.brainimaging.models.card.VolumeCard;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Networks of a slice and its neighbors against NumPy, volume/slices_networks.py. */
class SliceNeighborsTest {

  private static final VolumeGrid GRID =
      VolumeGrid.ofSize(21, 17, 14).withAffine(Affine.of(1, 0, 0, -20, 0, 1, 0, 7, 0, 0, 1, 11));

  private static final String CARD =
      """
      {"task": "VOLUME_SEGMENTATION", "name": "slices", "sequences": ["t1", "flair"],
       "patch": [%s], "neighbors": 1, "normalization": [{"kind": "Z_SCORE"}],
       "activation": "LOGITS", "labels": ["background", "edema", "core"],
       "tumorLabels": ["edema", "core"] %s}""";

  private static MedicalVolume volume(int shift) {
    float[] samples = new float[GRID.voxels()];
    for (int i = 0; i < samples.length; i++) {
      int x = i % 21;
      int y = i / 21 % 17;
      int z = i / 21 / 17;
      boolean border = x < 2 || y < 1 || z < 1 || x > 18;
      samples[i] = border ? 0 : (7 * x + 13 * y + 29 * z + x * y * z + shift) % 101 * 3;
    }
    return MedicalVolume.wrap(GRID, 1, samples);
  }

  private static OnnxVolumeSegmenter.Builder builder(String patch, String more) {
    return OnnxVolumeSegmenter.builder(
            ModelSource.ofResource(SliceNeighborsTest.class, "volume/slices.onnx"))
        .card(VolumeCard.fromJson(CARD.formatted(patch, more), "the card"))
        .device(Device.cpu());
  }

  private static String expected(String name) throws IOException {
    try (InputStream in = SliceNeighborsTest.class.getResourceAsStream("volume/slices.txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> line.startsWith(name + " "))
          .map(line -> line.substring(name.length() + 1))
          .collect(Collectors.joining());
    }
  }

  private static String digits(VolumeSegmentation found) {
    StringBuilder text = new StringBuilder();
    for (float number : found.labels().orElseThrow().toVolume().samples()) {
      text.append((int) number);
    }
    return text.toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "axial    | 12, 8, 1  | ''",
        "mirrored | 21, 17, 1 | ', \"mirror\": \"xyz\"'",
        "sagittal | 8, 8, 1   | ', \"axes\": \"zyx\"'"
      })
  void labelsEqualNumPyToTheVoxel(String name, String patch, String more) throws IOException {
    try (OnnxVolumeSegmenter segmenter = builder(patch, more).build()) {
      VolumeSegmentation found = segmenter.segment(List.of(volume(0), volume(40)));
      assertThat(digits(found)).isEqualTo(expected(name));
      VolumeLabels labels = found.labels().orElseThrow();
      assertThat(labels.names()).containsExactly("edema", "core");
      assertThat(found.mask().count()).isEqualTo(labels.count("edema") + labels.count("core"));
      assertThat(found.remarks()).isEmpty();
    }
  }

  @Test
  void whatTheNetworkIsGivenCanBeSeen() {
    try (OnnxVolumeSegmenter segmenter = builder("8, 8, 1", ", \"axes\": \"zyx\"").build()) {
      List<MedicalVolume> prepared = segmenter.prepared(List.of(volume(0), volume(40)));
      assertThat(prepared).hasSize(2);
      assertThat(prepared.get(0).width()).isEqualTo(14);
      float[] samples = volume(0).samples();
      double mean = 0;
      for (float sample : samples) {
        mean += sample / (double) samples.length;
      }
      double squares = 0;
      for (float sample : samples) {
        squares += (sample - mean) * (sample - mean) / samples.length;
      }
      assertThat(prepared.get(0).get(5, 6, 7))
          .isEqualTo((float) ((volume(0).get(7, 6, 5) - mean) / Math.sqrt(squares)));
    }
  }

  @Test
  void sequencesOnOtherGridsAreBroughtOntoTheFirstAndThatIsTold() {
    MedicalVolume flair = volume(40);
    float[] padded = new float[23 * 17 * 14];
    for (int i = 0; i < padded.length; i++) {
      int x = i % 23;
      padded[i] = x < 2 ? 0 : flair.get(x - 2, i / 23 % 17, i / 23 / 17);
    }
    VolumeGrid wider =
        VolumeGrid.ofSize(23, 17, 14).withAffine(Affine.of(1, 0, 0, -22, 0, 1, 0, 7, 0, 0, 1, 11));
    MedicalVolume shifted = MedicalVolume.wrap(wider, 1, padded);
    try (OnnxVolumeSegmenter segmenter =
        builder("12, 8, 1", "")
            .commonGrid(CommonGrid.withDefaults().withRegistration(false))
            .build()) {
      VolumeSegmentation same = segmenter.segment(List.of(volume(0), flair));
      VolumeSegmentation other = segmenter.segment(List.of(volume(0), shifted));
      assertThat(digits(other)).isEqualTo(digits(same));
      assertThat(other.remarks())
          .containsExactly("flair was resampled from voxels of 1.00 x 1.00 x 1.00 mm");
      assertThat(segmenter.segment(shifted, List.of(volume(0), flair)).mask().grid())
          .isEqualTo(wider);
      MedicalVolume placeless = MedicalVolume.of(VolumeGrid.ofSize(23, 17, 14), shifted.samples());
      assertThatThrownBy(() -> segmenter.segment(List.of(volume(0), placeless)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("flair: volumes of unknown place must lie on one grid");
      assertThatThrownBy(() -> segmenter.segment(List.of()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("sequences must be at least one");
    }
  }

  @Test
  void cardsThatCannotBeAreRefused() {
    assertThatThrownBy(() -> builder("8, 8, 8", ""))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("neighbors must be 0 or more, and go with a patch of one slice");
    String single = CARD.replace("\"neighbors\": 1", "\"neighbors\": 2").formatted("8, 8, 1", "");
    assertThatThrownBy(
            () ->
                OnnxVolumeSegmenter.builder(
                        ModelSource.ofResource(getClass(), "volume/slices.onnx"))
                    .card(VolumeCard.fromJson(single, "the card"))
                    .device(Device.cpu())
                    .build())
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("[N, C, H, W] = [1, 10, 8, 8]");
  }
}

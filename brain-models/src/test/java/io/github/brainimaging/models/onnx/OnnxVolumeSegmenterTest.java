package io.github.brainimaging.models.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.inference.VolumeSegmentation;
import io.github.brainimaging.models.card.ModelException;
import io.github.brainimaging.models.card.VolumeCard;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against a sliding window in NumPy and SciPy, volume/volume_networks.py. */
class OnnxVolumeSegmenterTest {

  private static final int WIDTH = 21;
  private static final int HEIGHT = 17;
  private static final int DEPTH = 14;

  private static final String ONE =
      """
      {"task": "VOLUME_SEGMENTATION", "name": "tiny", "sequences": ["t1"], "patch": [%s],
       "normalization": [{"kind": "%s"}], "activation": "LOGITS",
       "labels": ["background", "edema", "core"], "tumorLabels": ["edema", "core"] %s}""";

  private static final String TWO =
      """
      {"task": "VOLUME_SEGMENTATION", "name": "tiny", "sequences": ["t1", "ct"], "patch": [8, 8, 8],
       "normalization": [{"kind": "PERCENTILES", "low": 1, "high": 99},
         {"kind": "CLIP", "low": 20, "high": 250, "mean": 100, "deviation": 50}],
       "activation": "SIGMOID_LOGITS", "threshold": 0.4,
       "labels": ["whole", "core", "enhancing"], "tumorLabels": ["core"]}""";

  private static MedicalVolume volume(int shift) {
    float[] samples = new float[WIDTH * HEIGHT * DEPTH];
    for (int i = 0; i < samples.length; i++) {
      int x = i % WIDTH;
      int y = i / WIDTH % HEIGHT;
      int z = i / WIDTH / HEIGHT;
      boolean border = x < 2 || y < 1 || z < 1 || x > WIDTH - 3;
      samples[i] = border ? 0 : (7 * x + 13 * y + 29 * z + x * y * z + shift) % 101 * 3;
    }
    VolumeGrid grid =
        VolumeGrid.ofSize(WIDTH, HEIGHT, DEPTH)
            .withAffine(Affine.of(1, 0, 0, -20, 0, 1, 0, 7, 0, 0, 1, 11));
    return MedicalVolume.wrap(grid, 1, samples);
  }

  private static OnnxVolumeSegmenter segmenter(String network, String card) {
    return OnnxVolumeSegmenter.builder(
            ModelSource.ofResource(OnnxVolumeSegmenterTest.class, "volume/" + network + ".onnx"))
        .card(VolumeCard.fromJson(card, "the card"))
        .device(Device.cpu())
        .build();
  }

  private static String expected(String name) throws IOException {
    try (InputStream in =
        OnnxVolumeSegmenterTest.class.getResourceAsStream("volume/expected.txt")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> line.startsWith(name + " "))
          .map(line -> line.substring(name.length() + 1))
          .findFirst()
          .orElseThrow();
    }
  }

  /** Labels as digits, each counting as often as told. */
  private static String digits(Map<String, VolumeMask> regions, int... worth) {
    int[] sum = new int[WIDTH * HEIGHT * DEPTH];
    int label = 0;
    for (VolumeMask mask : regions.values()) {
      boolean[] inside = mask.toArray();
      for (int i = 0; i < sum.length; i++) {
        sum[i] += inside[i] ? worth[label] : 0;
      }
      label++;
    }
    StringBuilder text = new StringBuilder();
    for (int digit : sum) {
      text.append(digit);
    }
    return text.toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "z-score   | 8, 8, 8    | Z_SCORE         | ''",
        "mirrored  | 12, 10, 8  | Z_SCORE         | ', \"overlap\": 0.25, \"mirror\": \"xy\"'",
        "one-patch | 24, 24, 24 | Z_SCORE         | ''",
        "turned    | 8, 8, 8    | Z_SCORE_NONZERO | ', \"cropToNonZero\": true, \"orientation\": \"IAR\"'",
        "resampled | 8, 8, 8    | Z_SCORE         | ', \"spacing\": [2, 2, 2]'"
      })
  void classesEqualASlidingWindowInNumPyToTheVoxel(
      String name, String patch, String kind, String more) throws IOException {
    try (OnnxVolumeSegmenter segmenter = segmenter("classes", ONE.formatted(patch, kind, more))) {
      Map<String, VolumeMask> regions = segmenter.regions(List.of(volume(0)));
      assertThat(regions).containsOnlyKeys("edema", "core");
      assertThat(digits(regions, 1, 2)).isEqualTo(expected(name));
      VolumeSegmentation tumor = segmenter.segment(volume(0));
      assertThat(tumor.mask().grid()).isEqualTo(volume(0).grid());
      assertThat(tumor.mask().count())
          .isEqualTo(regions.values().stream().mapToInt(VolumeMask::count).sum());
      MedicalVolume probable = segmenter.probabilities(List.of(volume(0)));
      assertThat(probable.grid()).isEqualTo(volume(0).grid());
      float[] samples = probable.samples();
      boolean[] inside = tumor.mask().toArray();
      for (int i = 0; i < samples.length; i++) {
        // The likeliest of three labels has a third at least: so much, or all but that.
        assertThat(samples[i]).isBetween(inside[i] ? 1 / 3f : 0, inside[i] ? 1 : 2 / 3f);
      }
    }
  }

  private static boolean[] above(MedicalVolume probable, float threshold) {
    float[] samples = probable.samples();
    boolean[] inside = new boolean[samples.length];
    for (int i = 0; i < inside.length; i++) {
      inside[i] = samples[i] > threshold;
    }
    return inside;
  }

  @Test
  void nestedRegionsOfTwoSequencesEqualNumPy() throws IOException {
    List<MedicalVolume> both = List.of(volume(0), volume(40));
    try (OnnxVolumeSegmenter segmenter = segmenter("regions", TWO)) {
      Map<String, VolumeMask> regions = segmenter.regions(both);
      assertThat(digits(regions, 1, 2, 4)).isEqualTo(expected("regions"));
      assertThat(segmenter.segment(both).mask()).isEqualTo(regions.get("core"));
      MedicalVolume probable = segmenter.probabilities(both);
      assertThat(VolumeMask.of(probable.grid(), above(probable, 0.4f)))
          .isEqualTo(regions.get("core"));
      assertThatThrownBy(() -> segmenter.segment(volume(0)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("2 volumes [t1, ct], got 1");
    }
  }

  @Test
  void aVolumeOfUnknownPlaceIsTakenAsItIs() throws IOException {
    MedicalVolume known = volume(0);
    MedicalVolume unknown =
        MedicalVolume.of(VolumeGrid.ofSize(WIDTH, HEIGHT, DEPTH), known.samples());
    try (OnnxVolumeSegmenter segmenter =
        segmenter("classes", ONE.formatted("8, 8, 8", "Z_SCORE", ""))) {
      Map<String, VolumeMask> regions = segmenter.regions(List.of(unknown));
      assertThat(digits(regions, 1, 2)).isEqualTo(expected("z-score"));
      assertThat(regions.get("core")).extracting(VolumeMask::grid).isEqualTo(unknown.grid());
    }
    try (OnnxVolumeSegmenter segmenter =
        segmenter("classes", ONE.formatted("8, 8, 8", "Z_SCORE", ", \"spacing\": [1, 1, 1]"))) {
      assertThatThrownBy(() -> segmenter.segment(unknown))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("known spacing");
    }
  }

  @Test
  void aCardThatDoesNotFitIsRefusedWithWhatWasFound() {
    assertThatThrownBy(() -> segmenter("classes", TWO))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("its inputs are")
        .hasMessageContaining("[1, 2, 8, 8, 8]");
    String card = ONE.formatted("8, 8", "Z_SCORE", "");
    assertThatThrownBy(() -> VolumeCard.fromJson(card, "net.json"))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("net.json is not valid: patch must be three positive lengths");
    assertThat(VolumeCard.isMeantBy(card)).isTrue();
    assertThat(VolumeCard.isMeantBy("{\"name\": \"slices\"}")).isFalse();
  }

  @Test
  void networksOfVolumesAreToldByTheirAxes() {
    ModelSource volumes = ModelSource.ofResource(getClass(), "volume/classes.onnx");
    assertThat(OnnxVolumeSegmenter.runs(volumes)).isTrue();
    assertThat(OnnxVolumeSegmenter.runs(ModelSource.embeddedSegmenter())).isFalse();
    assertThatThrownBy(() -> OnnxVolumeSegmenter.builder(volumes).device(Device.cpu()).build())
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("has no card: put one beside it")
        .hasMessageContaining("VOLUME_SEGMENTATION");
    VolumeCard card =
        VolumeCard.fromJson(ONE.formatted("8, 8, 8", "Z_SCORE", ""), "the card of volumes");
    assertThatThrownBy(
            () ->
                OnnxVolumeSegmenter.builder(ModelSource.embeddedSegmenter())
                    .card(card)
                    .device(Device.cpu())
                    .build())
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("its inputs are")
        .hasMessageContaining("expected one input of numbers, [N, C, D, H, W] = [1, 1, 8, 8, 8]");
  }

  @Test
  void anInterruptEndsTheWork() {
    try (OnnxVolumeSegmenter segmenter =
        segmenter("classes", ONE.formatted("8, 8, 8", "Z_SCORE", ""))) {
      Thread.currentThread().interrupt();
      try {
        assertThatThrownBy(() -> segmenter.segment(volume(0)))
            .isInstanceOf(CancellationException.class)
            .hasMessageContaining("slice 0 of 14");
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
      } finally {
        assertThat(Thread.interrupted()).isTrue();
      }
      assertThat(segmenter.segment(volume(0)).mask().grid()).isEqualTo(volume(0).grid());
    }
  }
}

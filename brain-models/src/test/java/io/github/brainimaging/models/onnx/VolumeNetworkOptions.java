package io.github.brainimaging.models.onnx;

import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.registration.CommonGrid;
import io.github.brainimaging.core.testing.OptionContract.Observation;
import io.github.brainimaging.core.testing.OptionContract.Option;
import io.github.brainimaging.models.card.ModelException;
import io.github.brainimaging.models.card.VolumeCard;
import java.util.List;

/** Options of networks of volumes. */
public final class VolumeNetworkOptions {

  private static final String CARD =
      """
      {"task": "VOLUME_SEGMENTATION", "name": "tiny", "sequences": ["t1"], "patch": [8, 8, 8],
       "normalization": [{"kind": "Z_SCORE"}], "activation": "LOGITS",
       "labels": ["background", "edema", "core"], "tumorLabels": ["%s"]}""";

  private VolumeNetworkOptions() {}

  private static OnnxVolumeSegmenter.Builder builder() {
    return OnnxVolumeSegmenter.builder(
            ModelSource.ofResource(OnnxVolumeSegmenterTest.class, "volume/classes.onnx"))
        .card(VolumeCard.fromJson(CARD.formatted("edema"), "the card"))
        .device(Device.cpu());
  }

  private static MedicalVolume volume() {
    float[] samples = new float[1000];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = i * 7919L % 251;
    }
    return MedicalVolume.of(VolumeGrid.ofSize(10, 10, 10), samples);
  }

  /** All of them. */
  public static List<Option> all() {
    Observation<OnnxVolumeSegmenter.Builder> loads =
        builder -> {
          try (OnnxVolumeSegmenter segmenter = builder.build()) {
            return "runs on " + segmenter.device();
          } catch (ModelException e) {
            return e.toString();
          }
        };
    return List.of(
        Option.of(
            "OnnxVolumeSegmenter.Builder.device",
            builder(),
            builder().device(Device.gpu(77)),
            loads),
        Option.of(
            "OnnxVolumeSegmenter.Builder.threads",
            builder(),
            builder().threads(33),
            builder -> builder.options().settings(Device.gpu(1))),
        Option.of(
            "OnnxVolumeSegmenter.Builder.mirror",
            builder(),
            builder().mirror("xyz"),
            builder -> {
              try (OnnxVolumeSegmenter segmenter = builder.build()) {
                return segmenter.segment(volume()).mask();
              }
            }),
        Option.of(
            "OnnxVolumeSegmenter.Builder.commonGrid",
            builder(),
            builder().commonGrid(CommonGrid.withDefaults().withRegistration(false)),
            Object::toString),
        Option.of(
            "OnnxVolumeSegmenter.Builder.card",
            builder(),
            builder().card(VolumeCard.fromJson(CARD.formatted("core"), "the card")),
            builder -> {
              try (OnnxVolumeSegmenter segmenter = builder.build()) {
                return segmenter.segment(volume()).mask();
              }
            }));
  }
}

package io.github.brainimaging.models.card;

import com.google.gson.JsonObject;
import io.github.brainimaging.core.geometry.Resample;
import io.github.brainimaging.core.image.Orientation;
import io.github.brainimaging.core.image.VoxelSpacing;
import io.github.brainimaging.models.card.ChannelNormalization.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The files that nnU-Net v2 keeps in the folder of a training: how it prepares and what it finds.
 */
final class NnUNetPlans {

  static final String FILE = "plans.json";

  private static final String DATASET = "dataset.json";
  private static final String USUAL = "3d_fullres";

  private NnUNetPlans() {}

  static VolumeCard card(Path folder) {
    ForeignJson plans = ForeignJson.read(folder.resolve(FILE));
    ForeignJson dataset = ForeignJson.read(folder.resolve(DATASET));
    String chosen = chosen(folder, plans);
    ForeignJson configuration = configuration(plans, chosen, new HashSet<>());
    if (configuration.has("previous_stage")) {
      throw configuration.wrong("previous_stage", "none: cascades are not known here");
    }
    if (configuration.has("preprocessor_name")) {
      configuration.require("preprocessor_name", "DefaultPreprocessor");
    }
    List<String> channels =
        dataset.channels(dataset.has("channel_names") ? "channel_names" : "modality");
    requireResampling(configuration, "resampling_fn_probabilities", Resample.Method.LINEAR);
    Labels labels = labels(dataset);
    List<Double> mm = configuration.columnsRowsSlices("spacing");
    return new VolumeCard(
        (plans.has("dataset_name") ? plans.text("dataset_name") : "nnU-Net") + " " + chosen,
        channels,
        configuration.patch("patch_size"),
        new VoxelSpacing(mm.get(0), mm.get(1), mm.get(2)),
        orientation(plans),
        true,
        resampling(configuration, "resampling_fn_data"),
        normalization(plans, configuration, channels.size()),
        labels.regions() ? Activation.SIGMOID_LOGITS : Activation.LOGITS,
        labels.names(),
        Set.copyOf(labels.names().subList(labels.regions() ? 0 : 1, labels.names().size())),
        0.5,
        0.5,
        "",
        VolumeCard.Convention.NNUNET,
        axes(plans),
        true,
        Resample.Method.LINEAR,
        Optional.empty(),
        false,
        0,
        "");
  }

  private static String chosen(Path folder, ForeignJson plans) {
    ForeignJson all = plans.object("configurations");
    List<String> ofVolumes =
        all.json().keySet().stream().filter(name -> name.startsWith("3d")).toList();
    String[] parts = String.valueOf(folder.getFileName()).split("__", -1);
    String last = parts[parts.length - 1];
    if (parts.length > 1 && all.has(last)) {
      return last;
    }
    if (ofVolumes.size() == 1) {
      return ofVolumes.get(0);
    }
    if (ofVolumes.contains(USUAL)) {
      return USUAL;
    }
    throw plans.wrong(
        "configurations", "one that begins with 3d, or a folder named TRAINER__PLANS__NAME");
  }

  private static ForeignJson configuration(ForeignJson plans, String name, Set<String> before) {
    ForeignJson all = plans.object("configurations");
    ForeignJson own = all.object(name);
    if (!own.has("inherits_from")) {
      return own;
    }
    if (!before.add(name)) {
      throw own.wrong("inherits_from", "no ring");
    }
    JsonObject merged = configuration(plans, own.text("inherits_from"), before).json().deepCopy();
    own.json().entrySet().forEach(entry -> merged.add(entry.getKey(), entry.getValue()));
    return new ForeignJson(own.file(), own.at(), merged);
  }

  private static Optional<Orientation> orientation(ForeignJson plans) {
    if (!plans.has("image_reader_writer")) {
      return Optional.empty();
    }
    plans.require("image_reader_writer", "SimpleITKIO", "NibabelIO", "NibabelIOWithReorient");
    return plans.text("image_reader_writer").endsWith("Reorient")
        ? Optional.of(Orientation.RAS)
        : Optional.empty();
  }

  /** Slices, rows and columns, as nnU-Net reads them, in its order of them. */
  private static String axes(ForeignJson plans) {
    List<Double> order = plans.numbers("transpose_forward");
    if (order.size() != 3 || !Set.copyOf(order).equals(Set.of(0.0, 1.0, 2.0))) {
      throw plans.wrong("transpose_forward", "0, 1 and 2 in some order");
    }
    StringBuilder axes = new StringBuilder();
    for (int i = 2; i >= 0; i--) {
      axes.append("zyx".charAt(order.get(i).intValue()));
    }
    return axes.toString();
  }

  private static Resample.Method resampling(ForeignJson configuration, String key) {
    if (!configuration.has(key)) {
      return key.endsWith("data") ? Resample.Method.CUBIC : Resample.Method.LINEAR;
    }
    configuration.require(key, "resample_data_or_seg_to_shape");
    ForeignJson options = configuration.object(key + "_kwargs");
    options.requireKeys(List.of("is_seg", "order", "order_z"));
    if (options.number("order_z", 0) != 0) {
      throw options.wrong("order_z", "0");
    }
    return switch ((int) options.number("order")) {
      case 0 -> Resample.Method.NEAREST;
      case 1 -> Resample.Method.LINEAR;
      case 3 -> Resample.Method.CUBIC;
      default -> throw options.wrong("order", "0, 1 or 3");
    };
  }

  private static void requireResampling(
      ForeignJson configuration, String key, Resample.Method expected) {
    if (resampling(configuration, key) != expected) {
      throw configuration.wrong(key + "_kwargs", "order 1");
    }
  }

  private static List<ChannelNormalization> normalization(
      ForeignJson plans, ForeignJson configuration, int channels) {
    List<String> schemes = configuration.texts("normalization_schemes");
    List<Boolean> masked = configuration.flags("use_mask_for_norm");
    if (schemes.size() != channels) {
      throw configuration.wrong(
          "normalization_schemes", "one for each of " + channels + " channels");
    }
    if (masked.size() != channels) {
      throw configuration.wrong("use_mask_for_norm", "one for each of " + channels + " channels");
    }
    List<ChannelNormalization> result = new ArrayList<>();
    for (int i = 0; i < channels; i++) {
      result.add(
          switch (schemes.get(i)) {
            case "ZScoreNormalization" ->
                ChannelNormalization.of(masked.get(i) ? Kind.Z_SCORE_HEAD : Kind.Z_SCORE);
            case "CTNormalization" -> ofForeground(plans, Integer.toString(i));
            case "NoNormalization" -> ChannelNormalization.of(Kind.NONE);
            case "RescaleTo01Normalization" ->
                new ChannelNormalization(Kind.PERCENTILES, 0, 100, 0, 1);
            default ->
                throw configuration.wrong(
                    "normalization_schemes",
                    "ZScoreNormalization, CTNormalization, NoNormalization or"
                        + " RescaleTo01Normalization");
          });
    }
    return result;
  }

  private static ChannelNormalization ofForeground(ForeignJson plans, String channel) {
    ForeignJson values =
        plans.object("foreground_intensity_properties_per_channel").object(channel);
    double low = values.number("percentile_00_5");
    double high = values.number("percentile_99_5");
    double deviation = values.number("std");
    if (!(low < high)) {
      throw values.wrong("percentile_99_5", "more than percentile_00_5, which is " + low);
    }
    if (!(deviation > 0)) {
      throw values.wrong("std", "a positive number");
    }
    return new ChannelNormalization(Kind.CLIP, low, high, values.number("mean"), deviation);
  }

  /** The names of the outputs; regions may lie within each other. */
  private record Labels(List<String> names, boolean regions) {}

  private static Labels labels(ForeignJson dataset) {
    ForeignJson labels = dataset.object("labels");
    boolean regions =
        labels.json().asMap().values().stream()
            .anyMatch(value -> value.isJsonArray() && value.getAsJsonArray().size() > 1);
    List<String> names = new ArrayList<>();
    Map<Double, String> byValue = new TreeMap<>();
    for (String name : labels.json().keySet()) {
      List<Double> values =
          labels.json().get(name).isJsonArray()
              ? labels.numbers(name)
              : List.of(labels.number(name));
      if (!name.equals("ignore") && !(regions && values.stream().allMatch(value -> value == 0))) {
        names.add(name);
        byValue.put(values.isEmpty() ? -1 : values.get(0), name);
      }
    }
    if (regions) {
      if (dataset.numbers("regions_class_order").size() != names.size()) {
        throw dataset.wrong("regions_class_order", "one for each of the regions " + names);
      }
      return new Labels(names, true);
    }
    int next = 0;
    for (double value : byValue.keySet()) {
      if (value != next++ || byValue.size() != names.size()) {
        throw dataset.wrong("labels", "0, 1, 2, ... each once, 0 the background");
      }
    }
    return new Labels(List.copyOf(byValue.values()), false);
  }
}

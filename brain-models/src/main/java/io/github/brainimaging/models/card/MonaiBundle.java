package io.github.brainimaging.models.card;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.brainimaging.core.geometry.Resample;
import io.github.brainimaging.core.image.Orientation;
import io.github.brainimaging.core.image.VoxelSpacing;
import io.github.brainimaging.models.card.ChannelNormalization.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The files of a MONAI bundle: how it prepares, covers a volume with patches and what it finds. */
final class MonaiBundle {

  static final String FILE = "inference.json";

  private static final String METADATA = "metadata.json";

  /** Keys that change no value here. */
  private static final List<String> HARMLESS =
      List.of("_target_", "_disabled_", "_desc_", "keys", "allow_missing_keys", "dtype");

  private final ForeignJson inference;
  private final List<String> channels;

  private Optional<Orientation> orientation = Optional.empty();
  private VoxelSpacing spacing = VoxelSpacing.UNKNOWN;
  private Resample.Method interpolation = Resample.Method.LINEAR;
  private @Nullable ChannelNormalization normalization;
  private @Nullable Activation activation;
  private Resample.Method back = Resample.Method.LINEAR;
  private boolean returned;
  private double threshold = 0.5;
  private boolean classes;
  private boolean decided;

  private MonaiBundle(ForeignJson inference, List<String> channels) {
    this.inference = inference;
    this.channels = channels;
  }

  static VolumeCard card(Path folder) {
    ForeignJson metadata = ForeignJson.read(folder.resolve(METADATA));
    ForeignJson format = metadata.object("network_data_format");
    List<String> channels = channels(format.object("inputs"));
    List<String> labels = channels(format.object("outputs"));
    String name = metadata.has("name") ? metadata.text("name") : "MONAI bundle";
    return new MonaiBundle(ForeignJson.read(folder.resolve(FILE)), channels).card(name, labels);
  }

  private static List<String> channels(ForeignJson ports) {
    if (ports.json().size() != 1) {
      throw new ModelException(
          "%s: %s has %s, expected one".formatted(ports.file(), ports.at(), ports.json().keySet()));
    }
    ForeignJson port = ports.object(ports.json().keySet().iterator().next());
    List<String> names = port.channels("channel_def");
    if (port.number("num_channels", names.size()) != names.size()) {
      throw port.wrong("num_channels", names.size() + " as in channel_def");
    }
    return names;
  }

  private VolumeCard card(String name, List<String> labels) {
    for (ForeignJson transform : transforms("preprocessing")) {
      prepare(transform);
    }
    for (ForeignJson transform : transforms("postprocessing")) {
      finish(transform);
    }
    if (!decided || (activation != null && classes != (activation == Activation.LOGITS))) {
      throw inference.wrong(
          "postprocessing", "AsDiscreted with argmax after softmax or none, or with a threshold");
    }
    if (activation == null) {
      activation = classes ? Activation.LOGITS : Activation.SIGMOID;
    }
    ForeignJson inferer = resolved(inference.object("inferer"));
    if (!name(inferer).startsWith("SlidingWindowInferer")) {
      throw inferer.wrong("_target_", "SlidingWindowInferer");
    }
    requireKeys(
        inferer,
        List.of(
            "roi_size",
            "sw_batch_size",
            "overlap",
            "mode",
            "padding_mode",
            "cval",
            "sigma_scale",
            "sw_device",
            "device",
            "progress",
            "cache_roi_weight_map"));
    if (inferer.has("padding_mode")) {
      inferer.require("padding_mode", "constant");
    }
    if (inferer.number("cval", 0) != 0) {
      throw inferer.wrong("cval", "0");
    }
    if (inferer.number("sigma_scale", 0.125) != 0.125) {
      throw inferer.wrong("sigma_scale", "0.125");
    }
    if (inferer.has("mode")) {
      inferer.require("mode", "constant", "gaussian");
    }
    if (classes && labels.size() < 2) {
      throw inference.wrong("postprocessing", "no argmax, as there is one label " + labels);
    }
    return new VolumeCard(
        name,
        channels,
        inferer.patch("roi_size"),
        spacing,
        orientation,
        false,
        interpolation,
        Collections.nCopies(
            channels.size(),
            normalization == null ? ChannelNormalization.of(Kind.NONE) : normalization),
        activation,
        labels,
        Set.copyOf(labels.subList(classes ? 1 : 0, labels.size())),
        threshold,
        inferer.number("overlap", 0.25),
        "",
        VolumeCard.Convention.MONAI,
        "zyx",
        inferer.has("mode") && inferer.text("mode").equals("gaussian"),
        back,
        Optional.empty(),
        false,
        0,
        "");
  }

  /** The steps of a Compose that are not switched off. */
  private List<ForeignJson> transforms(String key) {
    ForeignJson compose = resolved(inference.object(key));
    List<ForeignJson> transforms = new ArrayList<>();
    int number = 0;
    for (JsonElement element : compose.list("transforms")) {
      String at = compose.at() + "transforms[" + number++ + "].";
      if (!element.isJsonObject()) {
        throw compose.wrong("transforms", "objects");
      }
      ForeignJson transform =
          resolved(new ForeignJson(compose.file(), at, element.getAsJsonObject()));
      if (!transform.flag("_disabled_", false)) {
        transforms.add(transform);
      }
    }
    return transforms;
  }

  /** References such as {@code @spacing} to other keys of the file put in; not of expressions. */
  private ForeignJson resolved(ForeignJson object) {
    JsonObject json = new JsonObject();
    object.json().entrySet().forEach(entry -> json.add(entry.getKey(), resolved(entry.getValue())));
    return new ForeignJson(object.file(), object.at(), json);
  }

  private JsonElement resolved(JsonElement value) {
    JsonElement result = value;
    for (int i = 0; i < 8 && isReference(result); i++) {
      JsonElement target = inference.json();
      for (String key : result.getAsString().substring(1).split("::|#", -1)) {
        target = target != null && target.isJsonObject() ? target.getAsJsonObject().get(key) : null;
      }
      if (target == null) {
        return result;
      }
      result = target;
    }
    return result;
  }

  private static boolean isReference(JsonElement value) {
    return value.isJsonPrimitive() && value.getAsString().startsWith("@");
  }

  /** The name of a class, of a dictionary transform with a small d at its end. */
  private static String name(ForeignJson object) {
    String target = object.text("_target_");
    return target.substring(target.lastIndexOf('.') + 1).replaceFirst("(?<=[a-z])(Dict|D)$", "d");
  }

  private static void requireKeys(ForeignJson object, List<String> known) {
    List<String> all = new ArrayList<>(HARMLESS);
    all.addAll(known);
    object.requireKeys(all);
  }

  private void prepare(ForeignJson transform) {
    switch (name(transform)) {
      case "LoadImaged",
          "EnsureChannelFirstd",
          "EnsureTyped",
          "ToTensord",
          "CastToTyped",
          "ToDeviced",
          "ConcatItemsd" -> {}
      case "Orientationd" -> {
        requireKeys(transform, List.of("axcodes", "labels"));
        requireBefore(transform, !spacing.isKnown(), "Spacingd");
        orientation = Optional.of(Orientation.of(transform.text("axcodes")));
      }
      case "Spacingd" -> space(transform);
      case "NormalizeIntensityd",
          "ScaleIntensityRanged",
          "ScaleIntensityd",
          "ScaleIntensityRangePercentilesd" -> {
        requireBefore(transform, normalization == null, "another change of intensities");
        normalization = normalization(transform);
      }
      default -> throw unknown(transform);
    }
  }

  private static ModelException unknown(ForeignJson transform) {
    return transform.wrong("_target_", "one that is known here (docs/own-models.md lists them)");
  }

  private static void requireBefore(ForeignJson transform, boolean condition, String later) {
    if (!condition) {
      throw transform.wrong("_target_", "it before " + later);
    }
  }

  private void space(ForeignJson transform) {
    requireKeys(
        transform,
        List.of(
            "pixdim",
            "mode",
            "padding_mode",
            "diagonal",
            "align_corners",
            "scale_extent",
            "recompute_affine"));
    requireBefore(transform, normalization == null, "the change of intensities");
    for (String key : List.of("diagonal", "align_corners", "scale_extent")) {
      if (transform.flag(key, false)) {
        throw transform.wrong(key, "false");
      }
    }
    if (transform.has("padding_mode")) {
      transform.require("padding_mode", "border");
    }
    List<Double> mm = transform.columnsRowsSlices("pixdim");
    spacing = new VoxelSpacing(mm.get(0), mm.get(1), mm.get(2));
    if (transform.has("mode")) {
      List<String> modes =
          transform.json().get("mode").isJsonArray()
              ? transform.texts("mode")
              : List.of(transform.text("mode"));
      interpolation =
          switch (modes.isEmpty() ? "" : modes.get(0)) {
            case "bilinear" -> Resample.Method.LINEAR;
            case "nearest" -> Resample.Method.NEAREST;
            default -> throw transform.wrong("mode", "bilinear or nearest");
          };
    }
  }

  private ChannelNormalization normalization(ForeignJson transform) {
    return switch (name(transform)) {
      case "NormalizeIntensityd" -> {
        requireKeys(transform, List.of("nonzero", "channel_wise"));
        requireChannelWise(transform);
        yield ChannelNormalization.of(
            transform.flag("nonzero", false) ? Kind.Z_SCORE_NONZERO : Kind.Z_SCORE);
      }
      case "ScaleIntensityRanged" -> range(transform);
      case "ScaleIntensityd" -> {
        requireKeys(transform, List.of("minv", "maxv", "channel_wise"));
        requireChannelWise(transform);
        requireUnit(transform, "minv", "maxv");
        yield new ChannelNormalization(Kind.PERCENTILES, 0, 100, 0, 1);
      }
      default -> {
        requireKeys(
            transform,
            List.of("lower", "upper", "b_min", "b_max", "clip", "relative", "channel_wise"));
        requireChannelWise(transform);
        requireUnit(transform, "b_min", "b_max");
        if (!transform.flag("clip", false)) {
          throw transform.wrong("clip", "true");
        }
        if (transform.flag("relative", false)) {
          throw transform.wrong("relative", "false");
        }
        yield new ChannelNormalization(
            Kind.PERCENTILES, transform.number("lower"), transform.number("upper"), 0, 1);
      }
    };
  }

  private void requireChannelWise(ForeignJson transform) {
    if (channels.size() > 1 && !transform.flag("channel_wise", false)) {
      throw transform.wrong("channel_wise", "true for several channels");
    }
  }

  private static void requireUnit(ForeignJson transform, String low, String high) {
    if (transform.number(low, 0) != 0) {
      throw transform.wrong(low, "0");
    }
    if (transform.number(high, 1) != 1) {
      throw transform.wrong(high, "1");
    }
  }

  private static ChannelNormalization range(ForeignJson transform) {
    requireKeys(transform, List.of("a_min", "a_max", "b_min", "b_max", "clip"));
    double from = transform.number("a_min");
    double to = transform.number("a_max");
    double low = transform.number("b_min", 0);
    double high = transform.number("b_max", 1);
    if (!(from < to)) {
      throw transform.wrong("a_max", "more than a_min");
    }
    if (!(low < high)) {
      throw transform.wrong("b_max", "more than b_min");
    }
    double deviation = (to - from) / (high - low);
    boolean clip = transform.flag("clip", false);
    return new ChannelNormalization(
        Kind.CLIP,
        clip ? from : Double.NEGATIVE_INFINITY,
        clip ? to : Double.POSITIVE_INFINITY,
        from - low * deviation,
        deviation);
  }

  private void finish(ForeignJson transform) {
    switch (name(transform)) {
      case "EnsureTyped", "SaveImaged", "ToDeviced", "CastToTyped" -> {}
      case "Activationsd" -> {
        requireKeys(transform, List.of("sigmoid", "softmax"));
        requireBefore(transform, !returned || !spacing.isKnown(), "Invertd");
        boolean sigmoid = transform.flag("sigmoid", false);
        if (sigmoid == transform.flag("softmax", false)) {
          throw transform.wrong("softmax", "true, or sigmoid true");
        }
        activation = sigmoid ? Activation.SIGMOID_LOGITS : Activation.LOGITS;
      }
      case "Invertd" -> {
        returned = true;
        if (transform.flag("nearest_interp", true)) {
          back = Resample.Method.NEAREST;
        }
        if (spacing.isKnown() && activation == null && back != Resample.Method.NEAREST) {
          throw transform.wrong("nearest_interp", "true, or Activationsd before Invertd");
        }
      }
      case "AsDiscreted" -> {
        requireKeys(transform, List.of("argmax", "threshold"));
        classes = transform.flag("argmax", false);
        if (transform.has("threshold")) {
          threshold = transform.number("threshold");
        }
        if (!returned) {
          back = Resample.Method.NEAREST;
        }
        decided = classes || transform.has("threshold");
      }
      default -> throw unknown(transform);
    }
  }
}

package io.github.brainimaging.models.card;

import io.github.brainimaging.core.geometry.Resample;
import io.github.brainimaging.core.image.Orientation;
import io.github.brainimaging.core.image.VoxelSpacing;
import io.github.brainimaging.models.card.ChannelNormalization.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Raidionics' settings of a network that is given patches. */
final class RaidionicsSettings {

  static final String FILE = "pre_processing.ini";

  /** Keys whose values change nothing here. */
  private static final Set<String> HARMLESS =
      Set.of(
          "default.training_backend",
          "preprocessing.library",
          "preprocessing.preprocessing_library",
          "preprocessing.slicing_plane",
          "preprocessing.intensity_final_range",
          "training.deep_supervision");

  private final Path file;
  private final Map<String, String> values;
  private final Set<String> taken = new HashSet<>();

  private RaidionicsSettings(Path file, Map<String, String> values) {
    this.file = file;
    this.values = values;
  }

  static VolumeCard card(Path folder) {
    Path file = folder.resolve(FILE);
    return new RaidionicsSettings(file, read(file)).card(String.valueOf(folder.getFileName()));
  }

  /** Section and key in small letters to value; what is empty is left out. */
  private static Map<String, String> read(Path file) {
    Map<String, String> values = new LinkedHashMap<>();
    String section = "";
    try {
      for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
        String text = line.replaceFirst("[#;].*", "").strip();
        int equals = text.indexOf('=');
        if (text.startsWith("[") && text.endsWith("]")) {
          section = text.substring(1, text.length() - 1).toLowerCase(Locale.ROOT);
        } else if (equals > 0) {
          String value = text.substring(equals + 1).strip();
          String key = text.substring(0, equals).strip().toLowerCase(Locale.ROOT);
          if (!value.isEmpty() && !value.equalsIgnoreCase("none")) {
            values.put(section + "." + key, value);
          }
        } else if (!text.isEmpty()) {
          throw new ModelException(
              "%s: '%s' is neither [section] nor key=value".formatted(file, text));
        }
      }
    } catch (IOException e) {
      throw new ModelException(file + " cannot be read: " + e, e);
    }
    return values;
  }

  private VolumeCard card(String name) {
    require("default.imaging_modality", "MRI");
    require("preprocessing.channels_order", "channels_first");
    usually("preprocessing.swap_training_input", "false");
    usually("preprocessing.background_cropping", "false");
    usually("mri.perform_bias_correction", "false");
    usually("training.softmax_layer_included", "true");
    int inputs = (int) numbers("preprocessing.number_inputs", "1", 1)[0];
    double[] patch = numbers("training.patch_size", "", 3);
    double[] offset = numbers("training.patch_offset", "0,0,0", 3);
    for (int i = 1; i < 3; i++) {
      if (Math.abs(offset[i] / patch[i] - offset[0] / patch[0]) > 1e-9) {
        throw wrong("training.patch_offset", "the same share of the patch along each axis");
      }
    }
    double[] mm = numbers("preprocessing.output_spacing", "", 3);
    double threshold = threshold();
    List<String> labels = labels();
    ChannelNormalization normalization = normalization();
    List<String> sequences = new ArrayList<>();
    for (int i = 0; i < inputs; i++) {
      sequences.add("input" + i);
    }
    refuseOthers();
    return new VolumeCard(
        name,
        sequences,
        List.of((int) patch[2], (int) patch[1], (int) patch[0]),
        new VoxelSpacing(mm[2], mm[1], mm[0]),
        Optional.of(Orientation.RAS),
        false,
        Resample.Method.LINEAR,
        Collections.nCopies(inputs, normalization),
        Activation.SIGMOID,
        labels,
        Set.copyOf(labels.subList(1, labels.size())),
        threshold,
        offset[0] / patch[0],
        "",
        VolumeCard.Convention.RAIDIONICS,
        "zyx",
        false,
        Resample.Method.LINEAR,
        Optional.empty(),
        false,
        0,
        "");
  }

  private List<String> labels() {
    List<String> labels =
        Arrays.stream(take("training.classes", "names of the classes").split(",", -1))
            .map(String::strip)
            .toList();
    if (numbers("training.nb_classes", "", 1)[0] != labels.size() || labels.size() < 2) {
      throw wrong("training.nb_classes", labels.size() + " as in classes, 2 or more");
    }
    return labels;
  }

  private double threshold() {
    String key = "training.optimal_thresholds";
    String text = values.getOrDefault(key, "0.5");
    double[] thresholds = numbers(key, "0.5", text.split(",", -1).length);
    if (Arrays.stream(thresholds).anyMatch(value -> value != thresholds[0])) {
      throw wrong(key, "one threshold");
    }
    return thresholds[0];
  }

  private ChannelNormalization normalization() {
    double[] range = numbers("preprocessing.intensity_clipping_range", "0,100", 2);
    String method = values.getOrDefault("preprocessing.normalization_method", "none");
    boolean whole = range[0] == 0 && range[1] == 100;
    Optional<ChannelNormalization> found =
        switch (method.toLowerCase(Locale.ROOT)) {
          case "default" ->
              Optional.of(new ChannelNormalization(Kind.PERCENTILES, range[0], range[1], 0, 1));
          case "zeromean" -> ofWhole(whole, Kind.Z_SCORE);
          case "zeromean_nonzero" -> ofWhole(whole, Kind.Z_SCORE_NONZERO);
          case "none" -> ofWhole(whole, Kind.NONE);
          default ->
              throw wrong(
                  "preprocessing.normalization_method", "default, zeromean or zeromean_nonzero");
        };
    taken.add("preprocessing.normalization_method");
    return found.orElseThrow(
        () -> wrong("preprocessing.intensity_clipping_range", "0,100 with method " + method));
  }

  private static Optional<ChannelNormalization> ofWhole(boolean whole, Kind kind) {
    return whole ? Optional.of(ChannelNormalization.of(kind)) : Optional.empty();
  }

  private String take(String key, String expected) {
    taken.add(key);
    if (!values.containsKey(key)) {
      throw wrong(key, expected);
    }
    return values.get(key);
  }

  private void require(String key, String expected) {
    if (!take(key, expected).equalsIgnoreCase(expected)) {
      throw wrong(key, expected);
    }
  }

  private void usually(String key, String expected) {
    if (values.containsKey(key)) {
      require(key, expected);
    }
  }

  /** Numbers with commas between them; an empty default means that they must be there. */
  private double[] numbers(String key, String usual, int count) {
    taken.add(key);
    String text = values.getOrDefault(key, usual);
    if (text.isEmpty()) {
      throw wrong(key, count + " numbers");
    }
    double[] numbers;
    try {
      numbers = Arrays.stream(text.split(",", -1)).mapToDouble(Double::parseDouble).toArray();
    } catch (NumberFormatException e) {
      throw new ModelException("%s: %s is no list of numbers: %s".formatted(file, key, text), e);
    }
    if (numbers.length != count) {
      throw wrong(key, count + " numbers");
    }
    return numbers;
  }

  private void refuseOthers() {
    for (String key : values.keySet()) {
      if (!taken.contains(key) && !HARMLESS.contains(key)) {
        throw wrong(key, "none: it is not known here");
      }
    }
  }

  private ModelException wrong(String key, String expected) {
    return new ModelException(
        "%s: %s is %s, expected %s"
            .formatted(file, key, values.getOrDefault(key, "missing"), expected));
  }
}

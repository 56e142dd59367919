package io.github.brainimaging.examples.foreign;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.examples.cli.Commands;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A network that another program has made, and what that program itself gives: a folder with {@code
 * model.onnx}, a card {@code model.json} that may not fit, and {@code truth.json}, which {@code
 * truths.py} writes.
 *
 * @param folder where they are
 * @param truth what the maker of the network knows, and the right answers
 */
record ForeignNetwork(Path folder, JsonObject truth) {

  /** The networks of a folder, by their names. */
  static List<ForeignNetwork> read(Path all) throws IOException {
    List<ForeignNetwork> networks = new ArrayList<>();
    try (Stream<Path> folders = Files.list(all)) {
      for (Path folder : folders.sorted().toList()) {
        Path truth = folder.resolve("truth.json");
        if (Files.exists(truth)) {
          networks.add(new ForeignNetwork(folder, Commands.json(truth)));
        }
      }
    }
    return networks;
  }

  String name() {
    return String.valueOf(folder.getFileName());
  }

  String text(String key) {
    return truth.get(key).getAsString();
  }

  boolean isMask() {
    return text("task").equals("SEGMENTATION");
  }

  boolean isSequence() {
    return text("task").equals("SEQUENCE_CLASSIFICATION");
  }

  List<String> strings(String key) {
    return truth.has(key)
        ? truth.getAsJsonArray(key).asList().stream().map(JsonElement::getAsString).toList()
        : List.of();
  }

  List<MedicalImage> pictures(Path data) throws IOException {
    List<MedicalImage> pictures = new ArrayList<>();
    for (String picture : strings("pictures")) {
      pictures.add(MedicalImageReader.withDefaults().read(data.resolve(picture)));
    }
    return pictures;
  }

  /** The largest difference of a probability from the right one. */
  double apart(Map<String, Double> found) {
    double apart = truth.has("probabilities") ? 0 : Double.NaN;
    List<String> labels = strings("labels");
    for (int i = 0; truth.has("probabilities") && i < labels.size(); i++) {
      Double value = found.get(labels.get(i));
      double right = truth.getAsJsonArray("probabilities").get(i).getAsDouble();
      if (value != null) { // a card of one label does not name the other
        apart = Math.max(apart, Math.abs(value - right));
      }
    }
    return labels.stream().anyMatch(found::containsKey) ? apart : Double.NaN;
  }

  /** The largest difference of a pixel's probability from the right one. */
  double apart(float[] map) throws IOException {
    FloatBuffer right = map();
    double apart = right.remaining() == map.length ? 0 : Double.NaN;
    int differing = 0;
    for (float value : map) {
      double distance = Math.abs(value - right.get());
      apart = Math.max(apart, distance);
      differing += distance > 0.5 ? 1 : 0;
    }
    return truth.has("whole")
        ? (double) differing / map.length
        : apart; // near ties either is right
  }

  /** How many pixels of a mask differ from the map cut at one half, near which either is right. */
  long differing(MedicalImage mask) throws IOException {
    FloatBuffer right = map();
    long differing = 0;
    for (float value : mask.samples()) {
      float probability = right.get();
      boolean near = Math.abs(probability - 0.5) < 1e-4;
      differing += near || (value > 0) == (probability > 0.5) ? 0 : 1;
    }
    return differing;
  }

  private FloatBuffer map() throws IOException {
    byte[] bytes = Files.readAllBytes(folder.resolve("truth.f32"));
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
  }

  /** What its maker says in any case to {@code card --write}. */
  List<String> told() {
    List<String> told = new ArrayList<>();
    told.add("--preparation=" + text("preparation").toLowerCase(Locale.ROOT));
    told.add("--interpolation=" + text("interpolation").toLowerCase(Locale.ROOT));
    told.add("--labels=" + String.join(",", strings("labels")));
    if (!strings("tumorLabels").isEmpty()) {
      told.add("--tumor-labels=" + String.join(",", strings("tumorLabels")));
    }
    if (truth.has("sequence")) { // slices in the place of channels, which nothing asks for
      told.add("--axes=" + text("sequence"));
    }
    return told;
  }

  /** What its maker says where {@code card --write} asks for it. */
  List<String> asked(@Nullable String question) {
    List<String> answers = new ArrayList<>();
    for (String key : List.of("activation", "output", "size", "task", "axes")) {
      if (truth.has(key) && String.valueOf(question).contains(key + " (")) {
        answers.add("--" + key + "=" + text(key));
      }
    }
    return answers;
  }
}

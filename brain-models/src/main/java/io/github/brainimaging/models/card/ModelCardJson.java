package io.github.brainimaging.models.card;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.github.brainimaging.core.image.Modality;
import io.github.brainimaging.core.inference.ConformalSets;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.tensor.Layout;
import io.github.brainimaging.core.transform.spatial.Interpolation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A {@link ModelCard} as JSON text, there and back. */
final class ModelCardJson {

  private static final Logger logger = LoggerFactory.getLogger(ModelCardJson.class);

  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  /** The version that is written, and the last that is understood. */
  private static final int SCHEMA_VERSION = 1;

  private static final Pattern NUMBERS = Pattern.compile("\\[\\s*\\n[-+.,eE0-9\\s]+\\]");

  private ModelCardJson() {}

  static String write(ModelCard card) {
    JsonObject json = new JsonObject();
    json.addProperty("schemaVersion", SCHEMA_VERSION);
    json.addProperty("name", card.name());
    addText(json, "version", card.version());
    addText(json, "description", card.description());
    addText(json, "architecture", card.architecture());
    if (card.task() != Task.CLASSIFICATION) { // the task of cards that name none
      json.addProperty("task", card.task().name());
    }
    if (card.task() == Task.SEGMENTATION || card.threshold() != 0.5) {
      json.addProperty("threshold", card.threshold());
    }
    json.add("input", input(card.input()));
    json.addProperty("activation", card.activation().name());
    addText(json, "output", card.output());
    addText(json, "axes", card.axes());
    if (card.temperature() != 1) {
      json.addProperty("temperature", card.temperature());
    }
    if (!card.scaling().isNone()) {
      JsonObject scaling = new JsonObject();
      scaling.add("factors", numbers(card.scaling().factors()));
      scaling.add("biases", numbers(card.scaling().biases()));
      json.add("scaling", scaling);
    }
    if (!card.domain().equals(ModelDomain.unknown())) {
      json.add("domain", domain(card.domain()));
    }
    if (!card.sets().scores().isEmpty()) {
      json.add("sets", sets(card.sets()));
    }
    if (!card.clinical().isEmpty()) {
      json.add("clinical", ClinicalJson.write(card.clinical()));
    }
    json.add("labels", array(card.labels()));
    json.add("tumorLabels", array(card.tumorLabels()));
    addText(json, "sha256", card.sha256());
    addText(json, "license", card.license());
    addText(json, "trainingData", card.trainingData());
    if (!card.results().isEmpty()) {
      JsonObject results = new JsonObject();
      card.results().forEach(results::addProperty);
      json.add("results", results);
    }
    addText(json, "measured", card.measured());
    addText(json, "notes", card.notes());
    // Texts have no line breaks of their own in JSON: this meets arrays of numbers only.
    return NUMBERS
        .matcher(GSON.toJson(json))
        .replaceAll(array -> array.group().replaceAll("\\s+", " "));
  }

  private static JsonObject sets(ConformalSets sets) {
    JsonObject json = new JsonObject();
    json.addProperty("method", sets.method().name());
    json.addProperty("coverage", sets.coverage());
    JsonObject scores = new JsonObject();
    sets.scores()
        .forEach(
            (label, values) ->
                // 6 decimals are what was fitted; more are rounding.
                scores.add(
                    label, numbers(values.stream().map(v -> Math.round(1e6 * v) / 1e6).toList())));
    json.add("scores", scores);
    return json;
  }

  private static ConformalSets sets(JsonObject json) {
    Map<String, List<Double>> scores = new LinkedHashMap<>();
    object("scores", required(json, "scores"))
        .asMap()
        .forEach((label, values) -> scores.put(label, numbers("scores of " + label, values)));
    return new ConformalSets(
        constant(ConformalSets.Method.class, json, "method"),
        number("coverage", required(json, "coverage")),
        scores);
  }

  private static JsonObject input(ModelInput input) {
    JsonObject json = new JsonObject();
    json.addProperty("width", input.width());
    json.addProperty("height", input.height());
    json.addProperty("channels", input.channels());
    json.addProperty("layout", input.layout().name());
    json.addProperty("fit", input.fit().name());
    json.addProperty("interpolation", input.interpolation().name());
    json.addProperty("normalization", input.normalization().name());
    if (input.range() != ModelInput.Range.WINDOW) { // the range of cards that name none
      json.addProperty("range", input.range().name());
    }
    return json;
  }

  private static JsonObject domain(ModelDomain domain) {
    JsonObject json = new JsonObject();
    json.addProperty("modality", domain.modality().name());
    JsonArray groups = new JsonArray();
    for (ModelDomain.Group group : domain.groups()) {
      JsonObject one = new JsonObject();
      one.addProperty("name", group.name());
      one.addProperty("threshold", group.threshold());
      groups.add(one);
    }
    json.add("groups", groups);
    if (!domain.tumorSequences().isEmpty()) {
      json.add(
          "tumorSequences", array(domain.tumorSequences().stream().map(Modality::name).toList()));
    }
    return json;
  }

  private static ModelDomain domain(JsonObject json) {
    List<ModelDomain.Group> groups = new ArrayList<>();
    JsonElement all = required(json, "groups");
    Arguments.require(all.isJsonArray(), "groups must be an array, got %s", all);
    for (JsonElement element : all.getAsJsonArray()) {
      JsonObject group = object("group", element);
      groups.add(
          new ModelDomain.Group(
              text("name", required(group, "name")),
              number("threshold", required(group, "threshold"))));
    }
    Set<Modality> sequences = new HashSet<>();
    ifPresent(
        json,
        "tumorSequences",
        e -> texts("tumorSequences", e).forEach(name -> sequences.add(Modality.valueOf(name))));
    return new ModelDomain(constant(Modality.class, json, "modality"), groups, sequences);
  }

  private static VectorScaling scaling(JsonObject json) {
    return new VectorScaling(
        numbers("factors", required(json, "factors")), numbers("biases", required(json, "biases")));
  }

  private static JsonArray numbers(List<Double> values) {
    JsonArray array = new JsonArray();
    values.forEach(array::add);
    return array;
  }

  private static List<Double> numbers(String key, JsonElement element) {
    Arguments.require(element.isJsonArray(), "%s must be an array, got %s", key, element);
    List<Double> numbers = new ArrayList<>();
    element.getAsJsonArray().forEach(e -> numbers.add(number(key, e)));
    return numbers;
  }

  private static JsonArray array(Collection<String> texts) {
    JsonArray array = new JsonArray();
    texts.forEach(array::add);
    return array;
  }

  private static void addText(JsonObject json, String key, String text) {
    if (!text.isEmpty()) {
      json.addProperty(key, text);
    }
  }

  /**
   * Reads a card.
   *
   * @param text the JSON object
   * @param origin how messages call the card
   * @throws ModelException if it is no card
   */
  static ModelCard read(String text, String origin) {
    try {
      return card(JsonParser.parseString(text));
    } catch (JsonParseException | IllegalArgumentException e) {
      throw new ModelException(origin + " is not valid: " + e.getMessage(), e);
    }
  }

  private static ModelCard card(JsonElement element) {
    JsonObject json = object("the card", element);
    ifPresent(
        json,
        "schemaVersion",
        e ->
            Arguments.require(
                number("schemaVersion", e) <= SCHEMA_VERSION,
                "schemaVersion must be at most %s (a newer library wrote it), got %s",
                SCHEMA_VERSION,
                e));
    ModelCard.Builder card =
        ModelCard.builder(
            text("name", required(json, "name")),
            input(object("input", required(json, "input"))),
            constant(Activation.class, json, "activation"),
            texts("labels", required(json, "labels")));
    ifPresent(json, "version", e -> card.version(text("version", e)));
    ifPresent(json, "description", e -> card.description(text("description", e)));
    ifPresent(json, "architecture", e -> card.architecture(text("architecture", e)));
    ifPresent(json, "task", e -> card.task(constant(Task.class, json, "task")));
    ifPresent(json, "output", e -> card.output(text("output", e)));
    ifPresent(json, "axes", e -> card.axes(text("axes", e)));
    ifPresent(json, "threshold", e -> card.threshold(number("threshold", e)));
    ifPresent(json, "temperature", e -> card.temperature(number("temperature", e)));
    ifPresent(json, "scaling", e -> card.scaling(scaling(object("scaling", e))));
    ifPresent(json, "domain", e -> card.domain(domain(object("domain", e))));
    ifPresent(json, "clinical", e -> card.clinical(ClinicalJson.read(e)));
    ifPresent(json, "sets", e -> card.sets(sets(object("sets", e))));
    if (json.has("tumorLabels") && !json.get("tumorLabels").isJsonNull()) {
      card.tumorLabels(texts("tumorLabels", json.get("tumorLabels")));
    } else {
      requireNamesThatTell(texts("labels", required(json, "labels")));
    }
    ifPresent(json, "sha256", e -> card.sha256(text("sha256", e)));
    ifPresent(json, "license", e -> card.license(text("license", e)));
    ifPresent(json, "trainingData", e -> card.trainingData(text("trainingData", e)));
    ifPresent(json, "results", e -> card.results(numbers(object("results", e))));
    ifPresent(json, "measured", e -> card.measured(text("measured", e)));
    ifPresent(json, "notes", e -> card.notes(text("notes", e)));
    return card.build();
  }

  private static ModelInput input(JsonObject json) {
    return new ModelInput(
        wholeNumber(json, "width"),
        wholeNumber(json, "height"),
        wholeNumber(json, "channels"),
        constant(Layout.class, json, "layout"),
        constant(ModelInput.Fit.class, json, "fit"),
        constant(Interpolation.class, json, "interpolation"),
        constant(ModelInput.Normalization.class, json, "normalization"),
        json.has("range")
            ? constant(ModelInput.Range.class, json, "range")
            : ModelInput.Range.WINDOW);
  }

  /** A wrong guess would turn the answer round: it is asked for. */
  private static void requireNamesThatTell(List<String> labels) {
    List<String> doubtful = Prediction.doubtfulLabels(labels);
    Arguments.require(
        doubtful.isEmpty(),
        "key 'tumorLabels' is missing, and the labels %s of %s do not tell by their names whether"
            + " they mean a tumor; name those that do, such as \"tumorLabels\": [\"%s\"] ([] if"
            + " none)",
        start(doubtful),
        start(labels),
        labels.get(labels.size() - 1));
    logger.info(
        "the card names no tumorLabels; by their names these mean a tumor: {}",
        labels.stream().filter(Prediction.tumorLabelsAmong(labels)::contains).toList());
  }

  /** A card may have thousands, and the message is for a person. */
  private static String start(List<String> labels) {
    int most = 20;
    return labels.size() <= most
        ? labels.toString()
        : labels.subList(0, most) + " and " + (labels.size() - most) + " more";
  }

  private static void ifPresent(JsonObject json, String key, Consumer<JsonElement> action) {
    JsonElement element = json.get(key);
    if (element != null && !element.isJsonNull()) {
      action.accept(element);
    }
  }

  static JsonElement required(JsonObject json, String key) {
    JsonElement element = json.get(key);
    Arguments.require(element != null, "key '%s' is missing", key);
    return element;
  }

  static JsonObject object(String key, JsonElement element) {
    Arguments.require(element.isJsonObject(), "%s must be a JSON object, got %s", key, element);
    return element.getAsJsonObject();
  }

  static String text(String key, JsonElement element) {
    boolean ok = element.isJsonPrimitive() && element.getAsJsonPrimitive().isString();
    Arguments.require(ok, "%s must be a text, got %s", key, element);
    return element.getAsString();
  }

  static List<String> texts(String key, JsonElement element) {
    Arguments.require(element.isJsonArray(), "%s must be an array of texts, got %s", key, element);
    List<String> texts = new ArrayList<>();
    element.getAsJsonArray().forEach(e -> texts.add(text(key, e)));
    return texts;
  }

  static double number(String key, JsonElement element) {
    boolean ok = element.isJsonPrimitive() && element.getAsJsonPrimitive().isNumber();
    Arguments.require(ok, "%s must be a number, got %s", key, element);
    return element.getAsDouble();
  }

  static int wholeNumber(JsonObject json, String key) {
    double value = number(key, required(json, key));
    Arguments.require(value == (int) value, "%s must be a whole number, got %s", key, value);
    return (int) value;
  }

  private static Map<String, Double> numbers(JsonObject json) {
    Map<String, Double> numbers = new LinkedHashMap<>();
    json.asMap().forEach((key, element) -> numbers.put(key, number(key, element)));
    return numbers;
  }

  static <E extends Enum<E>> E constant(Class<E> type, JsonObject json, String key) {
    String name = text(key, required(json, key));
    E[] constants = type.getEnumConstants();
    return Arrays.stream(constants)
        .filter(constant -> constant.name().equals(name.toUpperCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    key + " must be one of " + Arrays.toString(constants) + ", got " + name));
  }
}

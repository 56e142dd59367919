package io.github.brainimaging.examples.cli.command;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.github.brainimaging.core.data.MaskFolder;
import io.github.brainimaging.core.explanation.Explanation;
import io.github.brainimaging.core.image.BoundingBox;
import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.inference.Classifier;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.io.ImageFormatException;
import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.core.io.PngImageWriter;
import io.github.brainimaging.core.report.Overlay;
import io.github.brainimaging.core.work.OutputNames;
import io.github.brainimaging.examples.cli.file.Input;
import io.github.brainimaging.examples.cli.file.JsonFile;
import io.github.brainimaging.examples.cli.file.LeftOut;
import io.github.brainimaging.examples.cli.file.Outputs;
import io.github.brainimaging.examples.cli.file.Terminal;
import io.github.brainimaging.examples.cli.file.VolumeInput;
import io.github.brainimaging.examples.cli.option.ExplanationMethod;
import io.github.brainimaging.examples.cli.option.LayerMaps;
import io.github.brainimaging.examples.cli.option.MaskOptions;
import io.github.brainimaging.examples.cli.option.ModelOptions;
import io.github.brainimaging.examples.cli.option.OpinionOption;
import io.github.brainimaging.examples.cli.run.ProgressLine;
import io.github.brainimaging.examples.cli.score.MapScores;
import io.github.brainimaging.models.card.ModelCard;
import io.github.brainimaging.models.card.ModelException;
import io.github.brainimaging.models.network.format.WeightFiles;
import io.github.brainimaging.models.onnx.ModelSource;
import io.github.brainimaging.models.onnx.OnnxClassifier;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows where in an image a model sees a class. */
@Command(
    name = "explain",
    mixinStandardHelpOptions = true,
    description =
        "Shows where in an image a model sees a class: heat-maps/NAME.png, and explanations.json with"
            + " boxes. It says what moved the model, not where a disease is.")
public final class ExplainCommand implements Callable<Integer> {

  /** The class that is likeliest of those that mean a tumor. */
  private static final String TUMOR = "tumor";

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "INPUT",
      description = "Image files or folders; no volumes.")
  private List<Path> paths = List.of();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Where explanations.json and heat-maps are written.")
  private Path out = Path.of("");

  @Option(
      names = "--method",
      paramLabel = ExplanationMethod.CHOICES,
      description =
          "cam reads the network's last feature map (one run; networks with global pooling),"
              + " occlusion hides one place after the other (about 100 classifications), rise hides"
              + " random parts (500), learned finds the smallest smooth mask under which the class is"
              + " lost (482), combined is the mean of cam and of where hiding changes the answer at"
              + " all; each of both opinions where a second one was asked. both is the mean of cam"
              + " and of where the second opinion sees a tumor, asked or not; gradient weighs the"
              + " last feature map by its gradients (networks that train has made; needs PyTorch, as"
              + " train does; the network alone) (default: combined).")
  private ExplanationMethod method = ExplanationMethod.COMBINED;

  @Option(
      names = "--class",
      paramLabel = "NAME",
      description =
          "The class to explain: one of the model's, or tumor for the likeliest of those that mean a"
              + " tumor (default: the one that the model gives).")
  private @Nullable String label;

  @Option(
      names = "--truth",
      paramLabel = "DIR",
      description =
          "True masks, as for segment: scores the maps against them, beside a random map and one"
              + " of the center.")
  private @Nullable Path truth;

  @Option(
      names = "--faithfulness",
      description =
          "Measure also what does not need the truth: insertion and deletion, and how much the map"
              + " is like that of the network with shuffled weights.")
  private boolean faithfulness;

  @Mixin private final MaskOptions maskOptions = new MaskOptions();

  @Mixin private final ModelOptions model = new ModelOptions();

  @Mixin private final OpinionOption opinions = new OpinionOption();

  @Mixin private final LayerMaps layerMaps = new LayerMaps();

  private final MapScores scores = new MapScores();

  /** The true mask of a file. */
  private final Map<Path, Path> masks = new HashMap<>();

  @Override
  public Integer call() throws IOException {
    List<Input> inputs = new ArrayList<>(Input.list(paths, out));
    LeftOut leftOut = new LeftOut();
    List<VolumeInput> volumes = VolumeInput.takeFrom(paths, inputs, null, leftOut);
    leftOut.print(spec.commandLine().getOut());
    if (!volumes.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "explain takes slices, got the volume " + volumes.get(0).name() + "; see brain convert");
    }
    opinions.refuse(spec, method.isOfNetwork(), "--method gradient");
    if (method == ExplanationMethod.BOTH) {
      opinions.require(spec, model, "--method both");
    }
    if (truth != null) {
      findMasks(new MaskFolder(truth), inputs);
    }
    new Outputs(out).requireFreeOf(inputs.stream().map(Input::file).toList());
    PrintWriter table = spec.commandLine().getOut();
    JsonArray results = new JsonArray();
    int failed = 0;
    try (OnnxClassifier classifier = model.open();
        OpinionOption.Opened asked = opinion(classifier);
        ExplanationMethod.Opened opened = method.open(model.source(), asked);
        LayerMaps ofLayer = layerMaps.open(model.source());
        Shuffled shuffled = faithfulness ? Shuffled.of(model, asked, method) : null;
        ProgressLine progress = new ProgressLine("images", inputs.size())) {
      requireLabel(classifier);
      OutputNames names = new OutputNames();
      for (Input input : inputs) {
        JsonObject result = new JsonObject();
        result.addProperty("input", input.name());
        try {
          progress.println(table, explain(input, names, asked, opened, ofLayer, shuffled, result));
        } catch (IOException | IllegalArgumentException | ModelException e) {
          failed++;
          result.addProperty("error", String.valueOf(e.getMessage()));
          progress.println(
              table,
              Terminal.plain(
                  input.name() + "  FAILED: " + ImageFormatException.reason(e, input.file())));
        }
        results.add(result);
        progress.step();
      }
      JsonObject all = new JsonObject();
      all.addProperty("schemaVersion", 1);
      all.addProperty("model", asked.name());
      all.addProperty("method", method.name().toLowerCase(Locale.ROOT));
      all.add("results", results);
      all.add("scores", scores.toJson());
      JsonFile.write(out.resolve(Outputs.EXPLANATIONS), all);
    }
    if (!scores.isEmpty()) {
      table.println(scores);
    }
    table.printf(
        Locale.ROOT,
        "%d explained, %d failed; boxes: %s%n",
        inputs.size() - failed,
        failed,
        out.resolve(Outputs.EXPLANATIONS));
    table.flush();
    return failed == 0 ? 0 : 1;
  }

  private OpinionOption.Opened opinion(OnnxClassifier classifier) {
    return method.isOfNetwork() ? OpinionOption.none(classifier) : opinions.open(classifier, model);
  }

  /** Masks are no inputs, even where they lie among them. */
  private void findMasks(MaskFolder folder, List<Input> inputs) throws IOException {
    for (Input input : inputs) {
      Path file = input.file();
      folder.maskOf(input.below(), file).ifPresent(mask -> masks.put(file, mask));
    }
    if (masks.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "--truth: no mask in " + folder.path() + " for any of " + inputs.size() + " inputs");
    }
    inputs.removeIf(input -> masks.containsValue(input.file()));
  }

  private void requireLabel(OnnxClassifier classifier) {
    boolean known =
        label == null
            || classifier.labels().contains(label)
            || (label.equals(TUMOR) && !classifier.card().tumorLabels().isEmpty());
    if (!known) {
      throw new ParameterException(
          spec.commandLine(), "--class must be one of " + classifier.labels() + ", got " + label);
    }
  }

  /** The row of the table; writes the picture and fills the result. */
  private String explain(
      Input input,
      OutputNames names,
      OpinionOption.Opened asked,
      ExplanationMethod.Opened opened,
      LayerMaps ofLayer,
      @Nullable Shuffled shuffled,
      JsonObject result)
      throws IOException {
    MedicalImage image = MedicalImageReader.withDefaults().read(input.file());
    Prediction prediction = asked.classifier().classify(image);
    Explanation explanation = explanation(image, prediction, asked.network().card(), opened);
    String name = names.next(input.name());
    ofLayer.write(image, name, out, result);
    String picture = Outputs.HEAT_MAPS + "/" + name + ".png";
    PngImageWriter.write(Overlay.heat(image, explanation), out.resolve(picture));
    result.addProperty("assessment", prediction.assessment().verdict().id());
    result.addProperty("predicted", prediction.label());
    result.addProperty("label", explanation.label());
    JsonFile.addNumber(result, "probability", prediction.probability(explanation.label()));
    JsonFile.addNumber(result, "strength", explanation.strength());
    result.add("peak", JsonNull.INSTANCE);
    explanation.peak().ifPresent(peak -> result.add("peak", numbers(peak.x(), peak.y())));
    JsonArray boxes = new JsonArray();
    for (BoundingBox box : explanation.boxes(Explanation.HALF)) {
      boxes.add(numbers(box.x(), box.y(), box.width(), box.height()));
    }
    result.add("boxes", boxes);
    result.addProperty("heatMap", picture);
    score(input, image, explanation, asked.classifier(), shuffled, result);
    String doubt =
        prediction.assessment().reasons().isEmpty() ? "" : "  " + prediction.assessment();
    return Terminal.plain(
        String.format(
            Locale.ROOT,
            "%s  %s %.1f %%  strength %.2f  %s%s",
            input.name(),
            explanation.label(),
            100 * prediction.probability(explanation.label()),
            explanation.strength(),
            boxes.size() == 1 ? "1 box" : boxes.size() + " boxes",
            doubt));
  }

  private void score(
      Input input,
      MedicalImage image,
      Explanation explanation,
      Classifier classifier,
      @Nullable Shuffled shuffled,
      JsonObject result)
      throws IOException {
    Path mask = masks.get(input.file());
    if (mask != null) {
      Mask there = maskOptions.reader().read(mask);
      if (!there.isEmpty()) {
        scores.add(image, explanation, there, result);
      }
    }
    if (shuffled != null) {
      scores.add(image, explanation, classifier, result);
      Explanation other = shuffled.explainer().explainer().explain(image, explanation.label());
      scores.add(explanation, other, result);
    }
  }

  /**
   * The network with shuffled weights.
   *
   * @param classifier what it says
   * @param explainer where it sees that
   */
  private record Shuffled(OnnxClassifier classifier, ExplanationMethod.Opened explainer)
      implements AutoCloseable {

    /** With the same second opinion, which stays its owner's to close. */
    static Shuffled of(ModelOptions model, OpinionOption.Opened asked, ExplanationMethod method) {
      ModelCard other = asked.network().card().toBuilder().sha256("").build();
      ModelSource source =
          ModelSource.ofBytes(WeightFiles.shuffled(model.source().toBytes(), 1), "shuffled");
      OnnxClassifier classifier = OnnxClassifier.builder().model(source).card(other).build();
      return new Shuffled(
          classifier, method.open(source, new OpinionOption.Opened(classifier, asked.second())));
    }

    @Override
    public void close() {
      explainer.close();
      classifier.close();
    }
  }

  private Explanation explanation(
      MedicalImage image, Prediction prediction, ModelCard card, ExplanationMethod.Opened opened) {
    if (label == null) {
      return ExplanationMethod.ofAnswer(opened.explainer(), image, prediction);
    }
    String asked = label;
    if (asked.equals(TUMOR) && !card.labels().contains(TUMOR)) {
      asked =
          card.labels().stream()
              .filter(card.tumorLabels()::contains)
              .max(Comparator.comparingDouble(prediction::probability))
              .orElseThrow();
    }
    return opened.explainer().explain(image, asked);
  }

  private static JsonArray numbers(double... values) {
    JsonArray array = new JsonArray();
    for (double value : values) {
      array.add(value);
    }
    return array;
  }
}

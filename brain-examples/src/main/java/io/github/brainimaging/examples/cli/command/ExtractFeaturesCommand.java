package io.github.brainimaging.examples.cli.command;

import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.core.tensor.Tensor;
import io.github.brainimaging.core.work.AtomicFiles;
import io.github.brainimaging.examples.cli.file.Input;
import io.github.brainimaging.examples.cli.file.Terminal;
import io.github.brainimaging.examples.cli.option.Numbers;
import io.github.brainimaging.examples.cli.run.ProgressLine;
import io.github.brainimaging.models.card.ModelCard;
import io.github.brainimaging.models.card.ModelInput;
import io.github.brainimaging.models.network.format.OnnxBackbone;
import io.github.brainimaging.models.network.format.WeightFiles;
import io.github.brainimaging.models.onnx.FeatureExtractor;
import io.github.brainimaging.models.onnx.ModelSource;
import io.github.brainimaging.models.onnx.OnnxSummary;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes what a network makes of images, for other programs to learn from. */
@Command(
    name = "extract-features",
    mixinStandardHelpOptions = true,
    description = "Writes what an ONNX model gives for each image, such as a backbone's features.")
public final class ExtractFeaturesCommand implements Callable<Integer> {

  private static final int USUAL_SIZE = 224;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "INPUT", description = "Image files or folders.")
  private List<Path> paths = List.of();

  @Option(
      names = "--model",
      required = true,
      paramLabel = "FILE.onnx",
      description = "The model; its card tells how images are fed to it.")
  private Path model = Path.of("");

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "A table (.csv), or a tensor per image under its name (.safetensors).")
  private Path out = Path.of("");

  @Option(
      names = "--layer",
      paramLabel = "NAME",
      description = "The layer whose output is written (default: the model's output).")
  private @Nullable String layer;

  @Option(
      names = "--size",
      converter = Numbers.Positive.class,
      paramLabel = "N",
      description = "Without a card: rows and columns of the input (default: ${DEFAULT-VALUE}).")
  private int size = USUAL_SIZE;

  @Option(
      names = "--normalization",
      paramLabel = "NAME",
      description = "Without a card: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private ModelInput.Normalization normalization = ModelInput.Normalization.IMAGENET_TORCH;

  @Override
  public Integer call() throws IOException {
    String name = out.toString();
    if (!name.endsWith(".csv") && !name.endsWith(".safetensors")) {
      throw new ParameterException(
          spec.commandLine(), "--out must end in .csv or .safetensors, got " + out);
    }
    List<Input> inputs = Input.list(paths, out.toAbsolutePath());
    Optional<ModelCard> card = OnnxSummary.read(model).card();
    ModelInput input =
        card.map(ModelCard::input)
            .orElseGet(() -> ModelInput.ofSize(size, 3).withNormalization(normalization));
    Map<String, Tensor> features = new LinkedHashMap<>();
    @Nullable List<Integer> shape = null;
    try (FeatureExtractor extractor = FeatureExtractor.open(source(), input);
        ProgressLine progress = new ProgressLine("images", inputs.size())) {
      shape = extractor.shape();
      for (Input each : inputs) {
        features.put(
            each.name(), extractor.extract(MedicalImageReader.withDefaults().read(each.file())));
        progress.step();
      }
    }
    if (name.endsWith(".csv")) {
      AtomicFiles.write(out, stream -> writeCsv(stream, features));
    } else {
      WeightFiles.write(features, Map.of("input", input.toString()), out);
    }
    spec.commandLine()
        .getOut()
        .printf("%s, features %s: %s%n", Terminal.count(inputs.size(), "image"), shape, out);
    spec.commandLine().getOut().flush();
    return 0;
  }

  private ModelSource source() throws IOException {
    if (layer == null) {
      return ModelSource.ofPath(model);
    }
    OnnxBackbone backbone = OnnxBackbone.cutAt(Files.readAllBytes(model), layer);
    return ModelSource.ofBytes(backbone.toBytes(), model + " cut at " + layer);
  }

  private static void writeCsv(OutputStream stream, Map<String, Tensor> features)
      throws IOException {
    Writer writer = new OutputStreamWriter(stream, StandardCharsets.UTF_8);
    int columns = features.values().iterator().next().size();
    writer.write("path");
    for (int i = 0; i < columns; i++) {
      writer.write(",f" + i);
    }
    writer.write('\n');
    for (Map.Entry<String, Tensor> entry : features.entrySet()) {
      writer.write('"' + entry.getKey().replace("\"", "\"\"") + '"');
      for (float value : entry.getValue().toArray()) {
        writer.write("," + value);
      }
      writer.write('\n');
    }
    writer.flush();
  }
}

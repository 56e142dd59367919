package io.github.brainimaging.examples.cli.run;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.brainimaging.examples.cli.file.JsonFile;
import io.github.brainimaging.examples.cli.option.ModelOptions;
import io.github.brainimaging.models.card.ModelCard;
import io.github.brainimaging.models.network.Network;
import io.github.brainimaging.models.network.WeightTransfer;
import io.github.brainimaging.models.network.Weights;
import io.github.brainimaging.models.network.format.WeightFiles;
import io.github.brainimaging.models.network.zoo.Architecture;
import io.github.brainimaging.models.network.zoo.Architectures;
import io.github.brainimaging.models.network.zoo.CompactUnet;
import io.github.brainimaging.models.network.zoo.LiteUnet;
import io.github.brainimaging.models.onnx.ModelSource;
import io.github.brainimaging.models.training.ModelWriter;
import io.github.brainimaging.models.training.TrainingResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a folder is about in which masks are learned, as {@link TrainingPlan} is for classes; in the
 * same file.
 *
 * @param card all that the card says before anything was measured
 * @param network {@link #COMPACT}, {@link #SLIM} or {@link #LITE}
 * @param freeze the first layer that learns; empty if all do
 * @param last whether the model is that of the last epoch, not of the best
 */
public record MaskPlan(ModelCard card, String network, String freeze, boolean last) {

  public static final String COMPACT = "compact-unet";
  public static final String SLIM = "slim-unet";
  public static final String LITE = "lite-unet";

  private static final String LAST = "last";
  private static final String CARD = "card";
  private static final String NETWORK = "network";
  private static final String FREEZE = "freeze";
  private static final Architecture BACKBONE = Architectures.named("efficientnet-lite0");

  /** The plan of a folder; empty if something else is trained there. */
  public static Optional<MaskPlan> read(Path folder) throws IOException {
    Path file = folder.resolve(TrainingPlan.FILE);
    if (Files.notExists(file)) {
      return Optional.empty();
    }
    JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    if (!json.has(LAST)) {
      return Optional.empty();
    }
    ModelCard card = ModelCard.fromJson(json.get(CARD).toString());
    // Folders of earlier versions do not name their network.
    String network =
        json.has(NETWORK)
            ? json.get(NETWORK).getAsString()
            : card.input().channels() == 1 ? COMPACT : SLIM;
    String freeze = json.has(FREEZE) ? json.get(FREEZE).getAsString() : "";
    return Optional.of(new MaskPlan(card, network, freeze, json.get(LAST).getAsBoolean()));
  }

  public void write(Path folder) throws IOException {
    JsonObject json = new JsonObject();
    json.addProperty(LAST, last);
    json.addProperty(NETWORK, network);
    json.addProperty(FREEZE, freeze);
    json.add(CARD, JsonParser.parseString(card.toJson()));
    Files.createDirectories(folder);
    JsonFile.write(folder.resolve(TrainingPlan.FILE), json);
  }

  /** What is trained. */
  public Network describe() {
    return describe(network, card.input().height(), card.labels().size(), freeze);
  }

  /**
   * A network that is trained.
   *
   * @param freeze the first layer that learns; empty if all do
   */
  public static Network describe(String network, int size, int outputs, String freeze) {
    Network whole =
        switch (network) {
          case COMPACT -> CompactUnet.describe(size, outputs);
          case SLIM -> CompactUnet.describeSlim(size, outputs);
          case LITE -> LiteUnet.describe(size, outputs);
          default ->
              throw new IllegalArgumentException(
                  "network must be one of %s, got %s"
                      .formatted(List.of(COMPACT, SLIM, LITE), network));
        };
    return freeze.isEmpty() ? whole : whole.frozenBefore(freeze);
  }

  /** The weights that a training starts from: a file, or those of the embedded network. */
  public WeightTransfer start(String weights, long seed) throws IOException {
    if (weights.equals(ModelOptions.EMBEDDED)) {
      byte[] model = ModelSource.embeddedSegmenter().toBytes();
      return WeightTransfer.of(describe(), WeightFiles.readOnnx(model), seed);
    }
    Path file = Path.of(weights);
    if (!network.equals(LITE)) {
      return WeightTransfer.of(describe(), WeightFiles.read(file), seed);
    }
    Weights source =
        TrainingPlan.isPretrained(file, BACKBONE)
            ? WeightFiles.readOnnx(file, BACKBONE.backbone(BACKBONE.channels(), BACKBONE.size()))
            : WeightFiles.read(file);
    return WeightTransfer.of(describe(), LiteUnet.gray(source), seed);
  }

  /** Which epoch the model is of. */
  public int epoch(TrainingResult result) {
    return last ? result.history().size() : result.bestEpoch();
  }

  public Weights weights(TrainingResult result) {
    return last ? result.lastWeights() : result.weights();
  }

  /** Writes the model; gives the card with what the epoch's own images gave. */
  @CanIgnoreReturnValue
  public ModelCard write(Path file, TrainingResult result) throws IOException {
    double dice = result.history().get(epoch(result) - 1).validationAccuracy();
    ModelCard measured = card.toBuilder().results(Map.of("meanDice", dice)).build();
    ModelWriter.write(describe(), weights(result), measured, file);
    return measured;
  }
}

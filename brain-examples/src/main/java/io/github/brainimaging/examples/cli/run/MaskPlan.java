package io.github.brainimaging.examples.cli.run;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.brainimaging.examples.cli.file.JsonFile;
import io.github.brainimaging.models.card.ModelCard;
import io.github.brainimaging.models.network.Network;
import io.github.brainimaging.models.network.Weights;
import io.github.brainimaging.models.network.zoo.CompactUnet;
import io.github.brainimaging.models.training.ModelWriter;
import io.github.brainimaging.models.training.TrainingResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a folder is about in which masks are learned, as {@link TrainingPlan} is for classes; in the
 * same file.
 *
 * @param card all that the card says before anything was measured
 * @param last whether the model is that of the last epoch, not of the best
 */
public record MaskPlan(ModelCard card, boolean last) {

  private static final String LAST = "last";
  private static final String CARD = "card";

  /** The plan of a folder; empty if something else is trained there. */
  public static Optional<MaskPlan> read(Path folder) throws IOException {
    Path file = folder.resolve(TrainingPlan.FILE);
    if (Files.notExists(file)) {
      return Optional.empty();
    }
    JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    return json.has(LAST)
        ? Optional.of(
            new MaskPlan(
                ModelCard.fromJson(json.get(CARD).toString()), json.get(LAST).getAsBoolean()))
        : Optional.empty();
  }

  public void write(Path folder) throws IOException {
    JsonObject json = new JsonObject();
    json.addProperty(LAST, last);
    json.add(CARD, JsonParser.parseString(card.toJson()));
    Files.createDirectories(folder);
    JsonFile.write(folder.resolve(TrainingPlan.FILE), json);
  }

  /** One gray slice, or one between its neighbors, which only the slimmer network takes. */
  public Network network() {
    int size = card.input().height();
    int outputs = card.labels().size();
    return card.input().channels() == 1
        ? CompactUnet.describe(size, outputs)
        : CompactUnet.describeSlim(size, outputs);
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
    ModelWriter.write(file, network(), weights(result), measured);
    return measured;
  }
}

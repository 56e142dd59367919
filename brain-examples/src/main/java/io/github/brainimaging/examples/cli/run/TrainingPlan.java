package io.github.brainimaging.examples.cli.run;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
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
import io.github.brainimaging.models.network.zoo.Head;
import io.github.brainimaging.models.onnx.ModelSource;
import io.github.brainimaging.models.training.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Locale;

/**
 * What a training folder is about: enough to make its model of the checkpoint at any time. Kept in
 * the folder as {@code training.json}.
 *
 * @param architecture name of the architecture
 * @param head name of the head
 * @param backbone ONNX model whose features a head is put on, in the place of the architecture,
 *     {@link ModelOptions#EMBEDDED}, or empty
 * @param layer where the backbone, or the architecture, is cut, or empty for the usual place
 * @param weights file that the training starts from, {@link ModelOptions#EMBEDDED}, or empty
 * @param freeze first layer that is trained, "none", or empty for the head's paper
 * @param seed of the weights that start at random
 * @param card all that the card says before anything was measured
 */
public record TrainingPlan(
    String architecture,
    String head,
    String backbone,
    String layer,
    String weights,
    String freeze,
    long seed,
    ModelCard card) {

  static final String FILE = "training.json";

  public static TrainingPlan read(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    if (Files.notExists(file)) {
      throw new NoSuchFileException(
          file.toString(), null, "not here; brain train writes it into its folder");
    }
    try {
      JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
      return new TrainingPlan(
          json.get("architecture").getAsString(),
          json.get("head").getAsString(),
          json.get("backbone").getAsString(),
          json.get("layer").getAsString(),
          json.get("weights").getAsString(),
          json.get("freeze").getAsString(),
          json.get("seed").getAsLong(),
          ModelCard.fromJson(json.get("card").toString()));
    } catch (JsonParseException | IllegalStateException | NullPointerException e) {
      throw new IOException(file + ": expected what brain train has written", e);
    }
  }

  void write(Path folder) throws IOException {
    JsonObject json = new JsonObject();
    json.addProperty("architecture", architecture);
    json.addProperty("head", head);
    json.addProperty("backbone", backbone);
    json.addProperty("layer", layer);
    json.addProperty("weights", weights);
    json.addProperty("freeze", freeze);
    json.addProperty("seed", seed);
    json.add("card", JsonParser.parseString(card.toJson()));
    Files.createDirectories(folder);
    JsonFile.write(folder.resolve(FILE), json);
  }

  /** The whole network of ours, with what is frozen in it; random layers are never frozen. */
  public Network network() {
    int channels = card.input().channels();
    int size = card.input().height();
    int classes = card.labels().size();
    Head top = Head.named(head);
    Network whole =
        layer.isEmpty()
            ? design().describe(top, channels, size, classes)
            : design().describeUpTo(layer, top, channels, size, classes);
    if (weights.isEmpty() || freeze.equals("none")) {
      return whole.unfrozen();
    }
    return freeze.isEmpty() ? whole : whole.frozenBefore(freeze);
  }

  /** Whether all before the head stays as it is, so that its features are computed once. */
  public boolean learnsOnFeatures() {
    return !backbone.isEmpty() || (!weights.isEmpty() && network().featureNode().isPresent());
  }

  /** How it is trained if nothing else is said. */
  public Recipe recipe() {
    return Recipe.of(design(), Head.named(head));
  }

  private Architecture design() {
    return Architectures.named(architecture);
  }

  /** The weights that the training starts from. */
  WeightTransfer start() throws IOException {
    Network network = network();
    if (weights.isEmpty()) {
      throw new IllegalStateException("this training starts from random weights");
    }
    Path file = Path.of(weights);
    Weights source;
    if (weights.equals(ModelOptions.EMBEDDED)) {
      source = WeightFiles.readOnnx(ModelSource.embedded().toBytes());
    } else if (isPretrained(file, design())) {
      Network backbone = design().backbone(card.input().channels(), card.input().height());
      source =
          WeightFiles.isKeras(weights)
              ? WeightFiles.readKerasBackbone(file, backbone)
              : WeightFiles.readOnnx(file, backbone);
    } else {
      source = WeightFiles.read(file);
    }
    return WeightTransfer.of(network, source, seed);
  }

  /** Whether a file of weights is another program's: Keras', or an ONNX model with other names. */
  public static boolean isPretrained(Path weights, Architecture architecture) throws IOException {
    String name = weights.toString();
    if (WeightFiles.isKeras(name) || !name.toLowerCase(Locale.ROOT).endsWith(".onnx")) {
      return WeightFiles.isKeras(name);
    }
    Network ours = architecture.backbone(architecture.channels(), architecture.size());
    return Collections.disjoint(
        WeightFiles.read(weights).tensors().keySet(), ours.weights().keySet());
  }

  public TrainingPlan withCard(ModelCard other) {
    return new TrainingPlan(architecture, head, backbone, layer, weights, freeze, seed, other);
  }
}

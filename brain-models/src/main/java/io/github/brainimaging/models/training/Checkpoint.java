package io.github.brainimaging.models.training;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Parameter;
import ai.djl.nn.ParameterList;
import ai.djl.util.Pair;
import io.github.brainimaging.core.tensor.Tensor;
import io.github.brainimaging.core.work.AtomicFiles;
import io.github.brainimaging.models.network.Weights;
import io.github.brainimaging.models.network.format.WeightFiles;
import io.github.brainimaging.models.network.format.internal.Safetensors;
import io.github.brainimaging.models.training.internal.NetworkBlock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The folder of a training: {@code checkpoint.safetensors} (all that is needed to go on: weights,
 * moments, average and best weights, history), written as a whole after every epoch, and {@code
 * history.csv} for people.
 */
final class Checkpoint {

  private static final String FILE = "checkpoint.safetensors";
  private static final String WEIGHT = "weight.";
  private static final String AVERAGE = "average.";
  private static final String BEST = "best.";
  private static final String HISTORY = "history";

  private final Path folder;
  private final Path file;
  private final Path csv;
  private final Identity identity;
  private Map<String, Tensor> best = new LinkedHashMap<>();
  private Map<String, Tensor> last = new LinkedHashMap<>();

  /** The checkpoint of one training, told from others by its identity. */
  Checkpoint(Path folder, Identity identity) {
    this.folder = folder;
    this.file = folder.resolve(FILE);
    this.csv = folder.resolve("history.csv");
    this.identity = identity;
  }

  /**
   * Fills all from the file, if there is one, and gives the epochs that are done. What a killed
   * training left half written is removed.
   */
  List<EpochResult> restore(
      ParameterList weights, ParameterList average, Map<String, NDArray> moments)
      throws IOException {
    Optional<Safetensors.Content> found = own();
    AtomicFiles.removeLeftovers(folder);
    if (found.isEmpty()) {
      return List.of();
    }
    Safetensors.Content content = found.get();
    fill(WEIGHT, arrays(weights), content);
    fill(AVERAGE, arrays(average), content);
    fill("", moments, content);
    best = withPrefix(BEST, content.tensors());
    last = withPrefix(AVERAGE, content.tensors());
    return history(file, content);
  }

  /** Refuses a folder that holds another training, before anything is written there. */
  void requireOwn() throws IOException {
    var unused = own();
  }

  private Optional<Safetensors.Content> own() throws IOException {
    if (Files.notExists(file)) {
      return Optional.empty();
    }
    Safetensors.Content content = Safetensors.read(file);
    Identity found = Identity.ofMetadata(content.metadata());
    boolean longer = identity.goesOnFrom(found, history(file, content).size());
    if (!longer && !found.isThatOf(identity)) {
      throw new IOException(
          file
              + " belongs to another training: expected "
              + identity.differenceTo(found)
              + ", found "
              + found.differenceTo(identity)
              + "; go on with that one, train into another folder, or delete the checkpoint");
    }
    return Optional.of(content);
  }

  private void fill(String prefix, Map<String, NDArray> arrays, Safetensors.Content content)
      throws IOException {
    for (Map.Entry<String, NDArray> entry : arrays.entrySet()) {
      Tensor tensor = content.tensors().get(prefix + entry.getKey());
      if (tensor == null || tensor.size() != entry.getValue().size()) {
        throw new IOException(file + " lacks the values of " + prefix + entry.getKey());
      }
      entry.getValue().set(tensor.toArray());
    }
  }

  void save(
      ParameterList weights,
      ParameterList average,
      Map<String, NDArray> moments,
      List<EpochResult> history,
      boolean isBest)
      throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    arrays(weights).forEach((k, v) -> tensors.put(WEIGHT + k, NetworkBlock.toTensor(v)));
    arrays(average).forEach((k, v) -> tensors.put(AVERAGE + k, NetworkBlock.toTensor(v)));
    moments.forEach((k, v) -> tensors.put(k, NetworkBlock.toTensor(v)));
    last = withPrefix(AVERAGE, tensors);
    if (isBest) {
      best = last;
    }
    best.forEach((k, v) -> tensors.put(BEST + k, v));
    String lines = String.join("\n", history.stream().map(EpochResult::toCsv).toList());
    Map<String, String> metadata = identity.toMetadata();
    metadata.put(HISTORY, lines);
    WeightFiles.write(tensors, metadata, file);
    String table = EpochResult.CSV_HEADER + "\n" + lines + "\n";
    AtomicFiles.write(csv, out -> out.write(table.getBytes(StandardCharsets.UTF_8)));
  }

  /** The best weights and the history of the checkpoint in a folder, whatever its training. */
  static TrainingResult read(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    if (Files.notExists(file)) {
      throw new NoSuchFileException(
          file.toString(), null, "no checkpoint here; it is written after the first epoch");
    }
    Safetensors.Content content = Safetensors.read(file);
    List<EpochResult> history = history(file, content);
    if (history.isEmpty()) {
      throw new IOException(file + ": expected the history of a training, found none");
    }
    return result(
        withPrefix(BEST, content.tensors()), withPrefix(AVERAGE, content.tensors()), history);
  }

  private static List<EpochResult> history(Path file, Safetensors.Content content)
      throws IOException {
    List<EpochResult> history = new ArrayList<>();
    for (String line : content.metadata().getOrDefault(HISTORY, "").lines().toList()) {
      try {
        history.add(EpochResult.fromCsv(line));
      } catch (NumberFormatException | IndexOutOfBoundsException e) {
        throw new IOException(
            file + ": expected " + EpochResult.CSV_HEADER + " of an epoch, found \"" + line + "\"",
            e);
      }
    }
    return history;
  }

  TrainingResult result(List<EpochResult> history) {
    return result(best, last, history);
  }

  private static TrainingResult result(
      Map<String, Tensor> best, Map<String, Tensor> last, List<EpochResult> history) {
    EpochResult lowest =
        history.stream()
            .reduce((a, b) -> b.validationLoss() < a.validationLoss() ? b : a)
            .orElseThrow();
    return new TrainingResult(Weights.of(best), lowest.epoch(), Weights.of(last), history);
  }

  private static Map<String, NDArray> arrays(ParameterList parameters) {
    Map<String, NDArray> arrays = new LinkedHashMap<>();
    for (Pair<String, Parameter> parameter : parameters) {
      arrays.put(parameter.getKey(), parameter.getValue().getArray());
    }
    return arrays;
  }

  private static Map<String, Tensor> withPrefix(String prefix, Map<String, Tensor> tensors) {
    Map<String, Tensor> found = new LinkedHashMap<>();
    tensors.forEach(
        (name, tensor) -> {
          if (name.startsWith(prefix)) {
            found.put(name.substring(prefix.length()), tensor);
          }
        });
    return found;
  }
}

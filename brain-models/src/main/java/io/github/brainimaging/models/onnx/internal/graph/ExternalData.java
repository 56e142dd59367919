package io.github.brainimaging.models.onnx.internal.graph;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Weights that lie in another file: only beside the model, and all of them there. */
final class ExternalData {

  private ExternalData() {}

  /**
   * Checks where a tensor's values lie.
   *
   * @param owner how messages call the tensor
   * @param entries what the model says of the place
   * @param bytes how many are needed
   * @param model the model's file; null if it came from memory
   * @return the other file, as the model names it
   */
  static String check(
      String owner, List<StringStringEntryProto> entries, long bytes, @Nullable Path model)
      throws EngineFailure {
    Map<String, String> place = new HashMap<>();
    for (StringStringEntryProto entry : entries) {
      EngineFailure.require(
          place.put(entry.getKey(), entry.getValue()) == null,
          "%s lies in another file whose '%s' is told twice",
          owner,
          entry.getKey());
    }
    String location = place.getOrDefault("location", "");
    if (model == null) {
      throw new EngineFailure(
          owner
              + " lies in another file, '"
              + location
              + "', expected all weights inside a model that is no file itself");
    }
    long size = size(owner, location, model);
    long offset = number(owner, place, "offset", 0);
    long length = number(owner, place, "length", bytes);
    EngineFailure.require(
        length == bytes && offset <= size - length,
        "%s needs %d bytes, expected them in '%s' of %d bytes, found offset %d and length %d",
        owner,
        bytes,
        location,
        size,
        offset,
        length);
    return location;
  }

  private static long size(String owner, String location, Path model) throws EngineFailure {
    try {
      Path there = Path.of(location);
      boolean plain = !location.isBlank() && !there.isAbsolute();
      EngineFailure.require(
          plain && !there.normalize().startsWith(".."), "%s", outside(owner, location, model));
      Path file = model.toAbsolutePath().resolveSibling(there);
      EngineFailure.require(
          Files.isRegularFile(file),
          "%s lies in '%s', expected such a file beside %s",
          owner,
          location,
          model);
      Path real = file.toRealPath();
      // A cache may hold links to model and weights, which then lie beside each other elsewhere.
      boolean beside =
          real.startsWith(folder(model.toAbsolutePath()).toRealPath())
              || real.startsWith(folder(model.toRealPath()));
      EngineFailure.require(beside, "%s", outside(owner, location, model));
      return Files.size(real);
    } catch (IOException | InvalidPathException e) {
      throw new EngineFailure(owner + " lies in '" + location + "', which cannot be read", e);
    }
  }

  private static Path folder(Path file) {
    return file.resolveSibling("");
  }

  private static String outside(String owner, String location, Path model) {
    return owner + " lies in '" + location + "', expected a place in the folder of " + model;
  }

  private static long number(String owner, Map<String, String> place, String key, long otherwise)
      throws EngineFailure {
    String text = place.getOrDefault(key, Long.toString(otherwise));
    EngineFailure.require(
        text.matches("[0-9]{1,18}"),
        "%s lies in another file at %s '%s', expected a number of bytes",
        owner,
        key,
        text);
    return Long.parseLong(text);
  }
}

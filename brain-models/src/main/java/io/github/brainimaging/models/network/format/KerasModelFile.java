package io.github.brainimaging.models.network.format;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.brainimaging.core.internal.Heap;
import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A file that Keras has written, opened: an HDF5 file, or the archive {@code .keras} of Keras 3,
 * which holds one beside the model's description.
 *
 * @param hdf the tensors
 * @param description the layers as JSON, where the file has more than weights
 */
record KerasModelFile(HdfFile hdf, Optional<String> description) implements AutoCloseable {

  private static final String WEIGHTS = "model.weights.h5";
  private static final String CONFIG = "config.json";
  private static final String CONFIG_ATTRIBUTE = "model_config";

  static KerasModelFile open(Path file) throws IOException {
    if (isArchive(file)) {
      try (ZipFile archive = new ZipFile(file.toFile())) {
        HdfFile hdf = HdfFile.fromBytes(entry(archive, WEIGHTS));
        return new KerasModelFile(
            hdf, Optional.of(new String(entry(archive, CONFIG), StandardCharsets.UTF_8)));
      }
    }
    HdfFile hdf = new HdfFile(file);
    Attribute config = hdf.getAttributes().get(CONFIG_ATTRIBUTE);
    return new KerasModelFile(
        hdf,
        config != null && config.getData() instanceof String text
            ? Optional.of(text)
            : Optional.empty());
  }

  private static boolean isArchive(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.read() == 'P' && in.read() == 'K';
    }
  }

  private static byte[] entry(ZipFile archive, String name) throws IOException {
    ZipEntry entry = archive.getEntry(name);
    if (entry == null) {
      throw new KerasMatch.Mismatch("the archive has no %s", name);
    }
    Heap.require(name + " of " + entry.getSize() + " bytes", entry.getSize(), 2);
    try (InputStream in = archive.getInputStream(entry)) {
      return in.readNBytes(Math.toIntExact(entry.getSize()));
    }
  }

  /** What the model's last layer ends in, such as {@code softmax}, where the file tells it. */
  Optional<String> activation() {
    return description
        .map(text -> JsonParser.parseString(text).getAsJsonObject())
        .map(model -> model.getAsJsonObject("config"))
        .map(config -> config.get("layers"))
        .filter(JsonElement::isJsonArray)
        .map(JsonElement::getAsJsonArray)
        .filter(layers -> !layers.isEmpty())
        .flatMap(KerasModelFile::ofLast);
  }

  private static Optional<String> ofLast(JsonArray layers) {
    JsonObject last = layers.get(layers.size() - 1).getAsJsonObject();
    String kind = last.get("class_name").getAsString().toLowerCase(Locale.ROOT);
    JsonElement told = last.getAsJsonObject("config").get("activation");
    return told != null && told.isJsonPrimitive()
        ? Optional.of(told.getAsString())
        : Optional.of(kind);
  }

  @Override
  public void close() {
    hdf.close();
  }
}

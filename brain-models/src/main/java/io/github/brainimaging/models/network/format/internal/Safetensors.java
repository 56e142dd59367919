package io.github.brainimaging.models.network.format.internal;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.github.brainimaging.core.tensor.Tensor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads and writes named tensors in the safetensors format: eight bytes with the length of a JSON
 * header, the header, the raw little-endian values. Python reads it with {@code
 * safetensors.numpy.load_file}. Only F32 tensors.
 *
 * <p>Stateless and safe to share between threads.
 */
public final class Safetensors {

  private static final String METADATA = "__metadata__";

  /** The most that an array holds. */
  private static final long LARGEST = Integer.MAX_VALUE - 8;

  private Safetensors() {}

  /**
   * What a file holds.
   *
   * @param tensors name to tensor, in the order of the file
   * @param metadata free text by key, empty if the file has none
   */
  public record Content(Map<String, Tensor> tensors, Map<String, String> metadata) {}

  /**
   * Writes what a file holds.
   *
   * @param content what to write
   * @param out where to; left open
   * @throws IOException if writing fails
   */
  public static void write(Content content, OutputStream out) throws IOException {
    JsonObject header = new JsonObject();
    JsonObject metadata = new JsonObject();
    content.metadata().forEach(metadata::addProperty);
    header.add(METADATA, metadata);
    long offset = 0;
    for (Map.Entry<String, Tensor> entry : content.tensors().entrySet()) {
      long end = offset + 4L * entry.getValue().size();
      header.add(entry.getKey(), describe(entry.getValue(), offset, end));
      offset = end;
    }
    byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
    byte[] length = new byte[8];
    ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).putLong(json.length);
    out.write(length);
    out.write(json);
    for (Tensor tensor : content.tensors().values()) {
      byte[] raw = new byte[4 * tensor.size()];
      ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(tensor.toArray());
      out.write(raw);
    }
  }

  private static JsonObject describe(Tensor tensor, long begin, long end) {
    JsonObject entry = new JsonObject();
    entry.addProperty("dtype", "F32");
    JsonArray shape = new JsonArray();
    for (int n : tensor.shape()) {
      shape.add(n);
    }
    entry.add("shape", shape);
    JsonArray offsets = new JsonArray();
    offsets.add(begin);
    offsets.add(end);
    entry.add("data_offsets", offsets);
    return entry;
  }

  /**
   * Reads a file.
   *
   * @param file the file, up to 2 GiB
   * @return its tensors and metadata
   * @throws IOException if the file cannot be read or is no safetensors file with F32 tensors; the
   *     message names it
   */
  public static Content read(Path file) throws IOException {
    if (Files.size(file) > LARGEST) {
      throw new IOException(
          file + ": expected at most 2 GiB, found " + Files.size(file) + " bytes");
    }
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long length = bytes.length >= 8 ? buffer.getLong(0) : -1;
    if (length < 2 || length > bytes.length - 8) {
      throw new IOException(
          file + ": expected a safetensors file, found a header of " + length + " bytes");
    }
    String json = new String(bytes, 8, (int) length, StandardCharsets.UTF_8);
    try {
      return parse(
          JsonParser.parseString(json).getAsJsonObject(),
          buffer.position(8 + (int) length).slice());
    } catch (JsonParseException
        | IllegalStateException
        | IllegalArgumentException
        | ClassCastException
        | UnsupportedOperationException
        | IndexOutOfBoundsException
        | NullPointerException e) {
      // All that Gson has for JSON of another shape.
      throw new IOException(
          file + ": expected a safetensors file with F32 tensors: " + e.getMessage(), e);
    }
  }

  private static Content parse(JsonObject header, ByteBuffer data) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    Map<String, String> metadata = new LinkedHashMap<>();
    for (Map.Entry<String, JsonElement> entry : header.entrySet()) {
      JsonObject value = entry.getValue().getAsJsonObject();
      if (entry.getKey().equals(METADATA)) {
        value.entrySet().forEach(e -> metadata.put(e.getKey(), e.getValue().getAsString()));
      } else {
        tensors.put(entry.getKey(), tensor(value, data));
      }
    }
    return new Content(tensors, metadata);
  }

  private static Tensor tensor(JsonObject entry, ByteBuffer data) {
    String type = entry.get("dtype").getAsString();
    if (!type.equals("F32")) {
      throw new IllegalArgumentException("dtype must be F32, got " + type);
    }
    List<Integer> shape = new ArrayList<>();
    entry.getAsJsonArray("shape").forEach(n -> shape.add(n.getAsInt()));
    JsonArray offsets = entry.getAsJsonArray("data_offsets");
    long begin = offsets.get(0).getAsLong();
    long end = offsets.get(1).getAsLong();
    if (begin < 0 || end < begin || end > data.limit() || (end - begin) % Float.BYTES != 0) {
      throw new IllegalArgumentException(
          "data_offsets must lie within the " + data.limit() + " bytes of values, got " + offsets);
    }
    float[] values = new float[(int) (end - begin) / Float.BYTES];
    data.slice((int) begin, (int) (end - begin))
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(values);
    return Tensor.wrap(values, shape.stream().mapToInt(Integer::intValue).toArray());
  }
}

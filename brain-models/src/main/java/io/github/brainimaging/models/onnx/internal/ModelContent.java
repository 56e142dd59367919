package io.github.brainimaging.models.onnx.internal;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import io.github.brainimaging.core.internal.Sha256;
import io.github.brainimaging.models.onnx.internal.graph.EngineFailure;
import io.github.brainimaging.models.onnx.internal.graph.IrVersion;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The content of an ONNX file, read once: what is summed and checked is what the engine gets.
 * Weights in other files are read by the engine, which reads the model again if they are links into
 * another folder.
 *
 * @param bytes the content; outside the heap if it comes from a file
 * @param file where it lies; null if it has no place
 */
public record ModelContent(ByteBuffer bytes, @Nullable Path file) {

  /** What the engine calls the folder in which weights of a model from memory lie. */
  private static final String WEIGHT_FOLDER =
      "session.model_external_initializers_file_folder_path";

  /**
   * Reads a file.
   *
   * @param file the file
   * @return its content
   * @throws EngineFailure if it is too large
   * @throws IOException if it cannot be read
   */
  public static ModelContent of(Path file) throws EngineFailure, IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      long size = channel.size();
      EngineFailure.require(
          size <= Integer.MAX_VALUE, "it has %d bytes, expected less than 2 GiB", size);
      ByteBuffer bytes = outsideTheHeap((int) size);
      while (bytes.hasRemaining() && channel.read(bytes) >= 0) {}
      return new ModelContent(bytes.flip(), file);
    }
  }

  /**
   * Content without a place.
   *
   * @param content the content; not copied
   * @return it
   */
  public static ModelContent of(byte[] content) {
    return new ModelContent(ByteBuffer.wrap(content), null);
  }

  private static ByteBuffer outsideTheHeap(int size) throws EngineFailure {
    try {
      return ByteBuffer.allocateDirect(size);
    } catch (OutOfMemoryError e) {
      throw new EngineFailure(
          "it has " + size + " bytes, expected them to fit into -XX:MaxDirectMemorySize", e);
    }
  }

  /** The SHA-256 of the bytes: 64 hexadecimal digits in lower case. */
  public String sha256() {
    return new Sha256().add(bytes.duplicate()).digits();
  }

  /**
   * Gives it to the engine.
   *
   * @param environment the engine
   * @param options how to load it
   * @param weights the files beside it that hold weights
   * @return the session, to be closed by the caller
   */
  OrtSession open(OrtEnvironment environment, SessionOptions options, Set<String> weights)
      throws OrtException, IOException {
    if (file != null && !weights.isEmpty()) {
      Path folder = file.toAbsolutePath().resolveSibling("").toRealPath();
      if (linksOutOf(folder, weights)) {
        return environment.createSession(file.toString(), options);
      }
      options.addConfigEntry(WEIGHT_FOLDER, folder.toString());
    }
    try {
      return bytes.hasArray() && bytes.arrayOffset() == 0
          ? environment.createSession(bytes.array(), options)
          : environment.createSession(bytes.duplicate(), options);
    } catch (OrtException e) {
      return lowered(environment, options, e);
    }
  }

  /** As in the folder of a cache. The engine takes such weights for a file alone. */
  private static boolean linksOutOf(Path folder, Set<String> weights) throws IOException {
    for (String weight : weights) {
      if (!folder.resolve(weight).toRealPath().startsWith(folder)) {
        return true;
      }
    }
    return false;
  }

  /** Takes a file of a newer version for one of the engine's own: its operators decide. */
  private OrtSession lowered(
      OrtEnvironment environment, SessionOptions options, OrtException failure)
      throws OrtException {
    Optional<Integer> limit = IrVersion.limit(failure);
    Optional<byte[]> lowered =
        limit.isEmpty() ? Optional.empty() : IrVersion.lowered(copy(), limit.get());
    if (lowered.isEmpty()) {
      throw failure;
    }
    try {
      return environment.createSession(lowered.get(), options);
    } catch (OrtException e) {
      failure.addSuppressed(e);
      throw failure;
    }
  }

  private byte[] copy() {
    byte[] copy = new byte[bytes.remaining()];
    bytes.duplicate().get(copy);
    return copy;
  }
}

package io.github.brainimaging.models.onnx.internal.graph;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The version of the ONNX file format. Exporters write the newest that they know, though most
 * networks use nothing of it; the engine refuses what is newer than itself whatever the file holds.
 */
public final class IrVersion {

  private static final Pattern REFUSED =
      Pattern.compile("Unsupported model IR version: (\\d+), max supported IR version: (\\d+)");

  private static final int FIELD = 1 << 3; // field 1 of ModelProto, a varint

  private IrVersion() {}

  /** What the engine takes at most, if a file was refused for more. */
  public static Optional<Integer> limit(Throwable failure) {
    Matcher matcher = REFUSED.matcher(String.valueOf(failure.getMessage()));
    return matcher.find() ? Optional.of(Integer.valueOf(matcher.group(2))) : Optional.empty();
  }

  /**
   * The same file with another version.
   *
   * @param model the content of an ONNX file
   * @param version the version, below 128
   * @return empty if the file does not begin with its version, as all exporters write it
   */
  public static Optional<byte[]> lowered(byte[] model, int version) {
    boolean plain = model.length > 2 && model[0] == FIELD && model[1] > version && version < 128;
    if (!plain) {
      return Optional.empty();
    }
    byte[] lowered = model.clone();
    lowered[1] = (byte) version;
    return Optional.of(lowered);
  }
}

package io.github.brainimaging.models.training;

import io.github.brainimaging.models.network.Weights;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/** The SHA-256 of weights, names and values: what a fine-tuning started from. */
final class WeightsDigest {

  private WeightsDigest() {}

  static String of(Weights weights) {
    MessageDigest digest = ImageFingerprint.sha256();
    weights
        .tensors()
        .forEach(
            (name, tensor) -> {
              digest.update(name.getBytes(StandardCharsets.UTF_8));
              ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * tensor.size());
              bytes.asFloatBuffer().put(tensor.toArray());
              digest.update(bytes.array());
            });
    return HexFormat.of().formatHex(digest.digest());
  }
}

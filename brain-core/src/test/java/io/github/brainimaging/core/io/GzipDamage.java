package io.github.brainimaging.core.io;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Damage that a checksum does not tell, for tests. */
final class GzipDamage {

  private GzipDamage() {}

  static boolean isGzip(byte[] file) {
    return file[0] == 0x1F;
  }

  /** Damages what is in a gzip file, which is then compressed again. */
  static byte[] inside(byte[] file, UnaryOperator<byte[]> damage) throws IOException {
    byte[] content = new GZIPInputStream(new ByteArrayInputStream(file)).readAllBytes();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(damage.apply(content));
    }
    return bytes.toByteArray();
  }
}

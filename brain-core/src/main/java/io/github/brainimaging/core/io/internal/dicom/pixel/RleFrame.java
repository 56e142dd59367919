package io.github.brainimaging.core.io.internal.dicom.pixel;

import io.github.brainimaging.core.io.internal.codec.Planes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Run-length coded pixel data (PS3.5, annex G): one segment for each byte of each component. */
final class RleFrame {

  private static final int HEADER = 64;

  private RleFrame() {}

  /** Whether it begins with a header: up to 15 segments, which begin behind it and in turn. */
  static boolean recognizes(byte[] frame) {
    if (frame.length < HEADER) {
      return false;
    }
    ByteBuffer header = ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN);
    int segments = header.getInt(0);
    boolean sound = segments >= 1 && segments <= 15 && header.getInt(4) == HEADER;
    for (int s = 1; sound && s < segments; s++) {
      int start = header.getInt(4 + 4 * s);
      sound = start > header.getInt(4 * s) && start < frame.length;
    }
    return sound;
  }

  static void decode(byte[] frame, int bytesPerSample, Planes target) throws IOException {
    ByteBuffer header = ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN);
    int segments = target.components() * bytesPerSample;
    if (frame.length < HEADER || header.getInt(0) != segments || segments > 15) {
      throw new IOException("expected a run-length coded frame of " + segments + " segments");
    }
    int pixels = target.width() * target.height();
    byte[] plane = new byte[pixels];
    for (int s = 0; s < segments; s++) {
      int start = header.getInt(4 + 4 * s);
      int end = s + 1 < segments ? header.getInt(8 + 4 * s) : frame.length;
      if (start < HEADER || end < start || end > frame.length) {
        throw new IOException("found a run-length coded segment outside its frame");
      }
      unpack(frame, start, end, plane);
      int offset = s / bytesPerSample * pixels;
      for (int i = 0; i < pixels; i++) {
        target.samples()[offset + i] = (target.samples()[offset + i] << 8) | (plane[i] & 0xFF);
      }
    }
  }

  private static void unpack(byte[] frame, int start, int end, byte[] plane) throws IOException {
    int at = start;
    int out = 0;
    while (out < plane.length) {
      int control = at < end ? frame[at++] : 0;
      int count = control >= 0 ? control + 1 : 1 - control;
      int needed = control >= 0 ? count : 1;
      if (control == -128) {
        continue;
      }
      if (at + needed > end) {
        throw new IOException("the run-length coded data is cut off");
      }
      // A run may pad beyond the last pixel.
      int kept = Math.min(count, plane.length - out);
      if (control >= 0) {
        System.arraycopy(frame, at, plane, out, kept);
      } else {
        Arrays.fill(plane, out, out + kept, frame[at]);
      }
      at += needed;
      out += kept;
    }
  }
}

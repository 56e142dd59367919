package io.github.brainimaging.models.onnx.internal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Native memory for the input of a network, used again and again: the JVM frees a direct buffer
 * only when the garbage collector happens to find it, so that a new one per call lets memory grow.
 *
 * <p>Safe to share between threads.
 */
public final class DirectBuffers {

  private final BlockingQueue<FloatBuffer> idle =
      new ArrayBlockingQueue<>(2 * Runtime.getRuntime().availableProcessors());

  /** An empty buffer whose limit is the given number of values; to be given back. */
  public FloatBuffer take(int size) {
    FloatBuffer buffer = idle.poll();
    if (buffer == null || buffer.capacity() < size) {
      buffer =
          ByteBuffer.allocateDirect(Math.multiplyExact(size, Float.BYTES))
              .order(ByteOrder.nativeOrder())
              .asFloatBuffer();
    }
    return buffer.clear().limit(size);
  }

  /** Keeps a buffer for the next one who needs it, unless enough are kept already. */
  public void giveBack(FloatBuffer buffer) {
    boolean unused = idle.offer(buffer);
  }
}

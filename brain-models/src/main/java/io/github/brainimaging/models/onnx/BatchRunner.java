package io.github.brainimaging.models.onnx;

import io.github.brainimaging.models.onnx.internal.EngineSession;
import io.github.brainimaging.models.onnx.internal.graph.EngineFailure;
import java.nio.FloatBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a network on any number of images, in batches that fit into memory: where memory runs out,
 * the batch is halved, for good.
 *
 * <p>Safe to share between threads if the network is.
 */
final class BatchRunner {

  private static final Logger logger = LoggerFactory.getLogger(BatchRunner.class);

  /** A network that takes a batch. */
  interface Network {
    /**
     * Runs the network.
     *
     * @param images the images, one after the other
     * @param count their number
     * @param row the values of the table for each of them; empty for a network without
     * @return equally many values for each image
     * @throws EngineFailure if the run fails
     */
    EngineSession.Output run(FloatBuffer images, int count, float[] row) throws EngineFailure;
  }

  private final Network network;
  private final int imageSize;
  private volatile int batchSize;

  BatchRunner(Network network, int imageSize, int batchSize) {
    this.network = network;
    this.imageSize = imageSize;
    this.batchSize = batchSize;
  }

  /**
   * Runs the network on all images.
   *
   * @param images the images, one after the other, from index 0
   * @param count their number
   * @param row the values of the table for each of them; empty for a network without
   * @return the network's values, image after image
   * @throws EngineFailure if a run fails, out of memory only with a single image
   */
  EngineSession.Output run(FloatBuffer images, int count, float[] row) throws EngineFailure {
    float[] values = new float[0];
    float[] more = new float[0];
    long[] shape = {0};
    int done = 0;
    while (done < count) {
      int size = Math.min(batchSize, count - done);
      try {
        EngineSession.Output part =
            network.run(images.slice(done * imageSize, size * imageSize), size, row);
        if (size == count) {
          return part;
        }
        int perImage = part.values().length / size;
        int morePerImage = part.more().length / size;
        if (done == 0) {
          values = new float[Math.multiplyExact(count, perImage)];
          more = new float[Math.multiplyExact(count, morePerImage)];
          shape = part.shape().clone();
          shape[0] = count;
        }
        System.arraycopy(part.values(), 0, values, done * perImage, size * perImage);
        System.arraycopy(part.more(), 0, more, done * morePerImage, size * morePerImage);
        done += size;
      } catch (EngineFailure e) {
        if (size == 1 || !e.isOutOfMemory()) {
          throw e;
        }
        batchSize = size / 2;
        logger.warn("memory ran out with a batch of {}; going on with {}", size, size / 2);
      }
    }
    return new EngineSession.Output(values, shape, more);
  }
}

package io.github.brainimaging.core.grid;

import io.github.brainimaging.core.image.Modality;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether an image is a CT, for methods that were made for MR. */
public final class TomographyCheck {

  private static final Logger logger = LoggerFactory.getLogger(TomographyCheck.class);

  /** Hounsfield units: air is -1000, fat -100; what a scanner pads with may be lower. */
  private static final float AIR = -500;

  private static final float LOWEST = -5000;

  /** One sample in so many must be air. */
  private static final int RARE = 100;

  private TomographyCheck() {}

  /**
   * Whether values are Hounsfield units, by their air.
   *
   * @param samples the samples
   * @return true if at least 1 % are between -5000 and -500, none is lower and some are positive
   */
  public static boolean isHounsfield(float[] samples) {
    int air = 0;
    float highest = 0;
    for (float sample : samples) {
      if (sample < LOWEST) {
        return false;
      }
      air += sample <= AIR ? 1 : 0;
      highest = Math.max(highest, sample);
    }
    return highest > 0 && (long) air * RARE >= samples.length;
  }

  /**
   * Whether an image is a CT.
   *
   * @param modality what its file says
   * @param samples what it holds, looked at where the file says nothing
   * @return true if it is one, as far as can be told
   */
  public static boolean isCt(Modality modality, float[] samples) {
    return modality == Modality.CT || (modality == Modality.UNKNOWN && isHounsfield(samples));
  }

  /**
   * Warns in the log where an image is a CT.
   *
   * @param method what was made for MR
   * @param modality what the file says
   * @param samples what it holds
   */
  public static void warn(String method, Modality modality, float[] samples) {
    if (isCt(modality, samples)) {
      logger.warn("{} was made for MR; this is a CT, so expect nothing of the result", method);
    }
  }
}

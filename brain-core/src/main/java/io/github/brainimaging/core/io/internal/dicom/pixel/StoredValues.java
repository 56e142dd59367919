package io.github.brainimaging.core.io.internal.dicom.pixel;

import io.github.brainimaging.core.io.internal.dicom.element.DataSet;
import io.github.brainimaging.core.io.internal.dicom.element.Tag;

/**
 * What stored values mean before any scale: in MONOCHROME1 low ones are bright, and some are no
 * measurement but padding (PS3.3, C.7.5.1.1.2).
 *
 * @param pixels how they are stored
 * @param data the data set
 * @param plain whether the values have no scale of their own, as Hounsfield units are: then they
 *     are turned round so that high is bright, and padding becomes 0, which is no signal
 */
public record StoredValues(PixelDescription pixels, DataSet data, boolean plain) {

  public boolean isTurned() {
    return plain && pixels.photometric().equals("MONOCHROME1") && pixels.stored() < 32;
  }

  /** Turned round, so that the range stays the same. */
  public double turn(double stored) {
    return (pixels.signed() ? -1 : (1 << pixels.stored()) - 1) - stored;
  }

  /** Turns values round and masks padding, in place. */
  public void apply(int[] stored) {
    boolean turned = isTurned();
    boolean masked = plain && data.has(Tag.PADDING);
    if (!turned && !masked) {
      return;
    }
    int value = masked ? number(Tag.PADDING, 0) : 1;
    int limit = masked ? number(Tag.PADDING_LIMIT, value) : 0;
    int least = masked ? Math.min(value, limit) : value;
    int most = masked ? Math.max(value, limit) : limit;
    for (int i = 0; i < stored.length; i++) {
      boolean padding = stored[i] >= least && stored[i] <= most;
      stored[i] = padding ? 0 : turned ? (int) turn(stored[i]) : stored[i];
    }
  }

  private int number(int tag, int fallback) {
    int[] found = data.uint16s(tag);
    return found.length == 0 ? fallback : pixels.signed() ? (short) found[0] : found[0];
  }
}

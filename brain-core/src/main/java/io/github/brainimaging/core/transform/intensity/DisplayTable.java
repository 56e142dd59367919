package io.github.brainimaging.core.transform.intensity;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.transform.Transform;

/**
 * Looks gray values up in a table for display, as a VOI LUT of DICOM does (PS3.3, C.11.2.1.1).
 * Values are rounded to whole numbers first; those outside the table take its first or last entry,
 * NaN the first.
 *
 * <p>The nominal maximum becomes 1; size, channels, spacing and modality stay.
 */
final class DisplayTable implements Transform {

  private final int first;
  private final float[] entries;

  private DisplayTable(int first, float[] entries) {
    this.first = first;
    this.entries = entries;
  }

  static DisplayTable of(int first, float[] entries) {
    Arguments.require(entries.length > 0, "entries must hold at least one value, got none");
    for (float entry : entries) {
      Arguments.require(entry >= 0 && entry <= 1, "entries must be 0 to 1, got %s", entry);
    }
    return new DisplayTable(first, entries.clone());
  }

  @Override
  public MedicalImage apply(MedicalImage image) {
    float[] samples = image.samples();
    for (int i = 0; i < samples.length; i++) {
      long index = (long) Math.rint(samples[i]) - first;
      samples[i] = entries[(int) Math.max(0, Math.min(entries.length - 1, index))];
    }
    return image.wrapSamples(samples).withNominalMaximum(1);
  }

  /** Number of entries and the first value. */
  @Override
  public String toString() {
    return "DisplayTable[" + entries.length + " entries from " + first + "]";
  }
}

package io.github.brainimaging.core.io.internal.dicom.pixel;

import io.github.brainimaging.core.io.internal.dicom.element.DataSet;
import io.github.brainimaging.core.io.internal.dicom.element.FrameFacts;
import io.github.brainimaging.core.io.internal.dicom.element.Tag;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalDouble;

/**
 * From stored values to those of the modality (PS3.3, C.11.1): a line, such as to Hounsfield units,
 * or a table.
 */
public final class ModalityScale {

  private final double slope;
  private final double intercept;

  /** Empty if there is none. */
  private final int[] table;

  private final int first;

  private ModalityScale(double slope, double intercept, int[] table, int first) {
    this.slope = slope;
    this.intercept = intercept;
    this.table = table;
    this.first = first;
  }

  public static ModalityScale of(FrameFacts facts, boolean signed) throws IOException {
    OptionalDouble slope = facts.decimal(Tag.SLOPE);
    double intercept = facts.decimal(Tag.INTERCEPT).orElse(0);
    List<DataSet> tables = facts.items(Tag.MODALITY_LUT);
    if (slope.isEmpty() && !tables.isEmpty()) {
      int[] descriptor = tables.get(0).uint16s(Tag.LUT_DESCRIPTOR);
      ByteBuffer data = tables.get(0).buffer(Tag.LUT_DATA);
      if (descriptor.length == 0 && !data.hasRemaining()) {
        return new ModalityScale(1, intercept, new int[0], 0); // left empty: no table
      }
      if (descriptor.length < 3) {
        throw new IOException(Tag.name(Tag.MODALITY_LUT) + ": the table is not described");
      }
      int count = descriptor[0] == 0 ? 65536 : descriptor[0];
      int first = signed ? (short) descriptor[1] : descriptor[1];
      // Only of 8 bits are entries packed; the number of bits means nothing else here.
      int[] table = Palette.entries(data, descriptor[2] == 8 ? 8 : 16, count);
      return new ModalityScale(1, 0, table, first);
    }
    // A slope of 0 would erase the image; writers that put it mean that there is none.
    double factor = slope.orElse(1) == 0 ? 1 : slope.orElse(1);
    return new ModalityScale(factor, intercept, new int[0], 0);
  }

  public boolean isIdentity() {
    return slope == 1 && intercept == 0 && table.length == 0;
  }

  /** Scales stored values. */
  public float[] apply(int[] stored, boolean unsigned32) {
    float[] values = new float[stored.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = apply(unsigned32 ? (double) (stored[i] & 0xFFFFFFFFL) : stored[i]);
    }
    return values;
  }

  public float apply(double stored) {
    if (table.length > 0) {
      return table[(int) Math.max(0, Math.min(table.length - 1, stored - first))];
    }
    return (float) (stored * slope + intercept);
  }
}

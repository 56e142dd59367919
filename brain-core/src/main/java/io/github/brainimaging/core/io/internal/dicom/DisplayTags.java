package io.github.brainimaging.core.io.internal.dicom;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.Modality;
import io.github.brainimaging.core.io.internal.dicom.element.DataSet;
import io.github.brainimaging.core.io.internal.dicom.element.FrameFacts;
import io.github.brainimaging.core.io.internal.dicom.element.Tag;
import io.github.brainimaging.core.io.internal.dicom.pixel.Palette;
import io.github.brainimaging.core.io.internal.dicom.pixel.StoredValues;
import io.github.brainimaging.core.transform.Transform;
import io.github.brainimaging.core.transform.intensity.DisplayWindow;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** How a file wants its values to be shown (PS3.3, C.11.2). */
public final class DisplayTags {

  private DisplayTags() {}

  /** The image with the ends of its first window; as it is where there is none that can be read. */
  static MedicalImage withWindow(MedicalImage image, DicomContent content, int frame) {
    try {
      for (Transform display : of(content, frame)) {
        if (display instanceof DisplayWindow window) {
          float black = (float) window.ends()[0];
          float white = (float) window.ends()[1];
          return black == white ? image : image.withDisplayRange(black, white);
        }
      }
    } catch (IOException e) {
      return image; // HeaderDoubts tells it.
    }
    return image;
  }

  /**
   * The windows and tables of a frame.
   *
   * @param content the file
   * @param frame which frame
   * @return windows first, then tables, in the order of the file; turned round for MONOCHROME1
   * @throws IOException if they are no numbers
   */
  public static List<Transform> of(DicomContent content, int frame) throws IOException {
    FrameFacts facts = content.facts(frame);
    boolean inverted = content.pixels().photometric().equals("MONOCHROME1");
    // Where the samples were turned round, the windows are, too.
    StoredValues values = content.storedValues(frame);
    boolean turned = values.isTurned();
    double[] centers = facts.decimals(Tag.WINDOW_CENTER);
    double[] widths = facts.decimals(Tag.WINDOW_WIDTH);
    String function = facts.text(Tag.WINDOW_FUNCTION);
    List<Transform> displays = new ArrayList<>();
    for (int i = 0; i < Math.min(centers.length, widths.length); i++) {
      boolean linear = !function.equals("LINEAR_EXACT") && !function.equals("SIGMOID");
      if (!(linear ? widths[i] >= 1 : widths[i] > 0)) {
        continue; // as good as no window
      }
      double center = turned ? values.turn(centers[i]) + (linear ? 1 : 0) : centers[i];
      DisplayWindow window =
          linear
              ? DisplayWindow.linear(center, widths[i])
              : function.equals("SIGMOID")
                  ? DisplayWindow.sigmoid(center, widths[i])
                  : DisplayWindow.linearExact(center, widths[i]);
      displays.add(inverted && !turned ? window.inverted() : window);
    }
    for (DataSet table : facts.items(Tag.VOI_LUT)) {
      int[] descriptor = table.uint16s(Tag.LUT_DESCRIPTOR);
      int[] entries = entries(table, descriptor);
      if (descriptor.length == 0 && entries.length == 0) {
        continue; // left empty: no table
      }
      if (descriptor.length < 3 || entries.length == 0) {
        throw new IOException(Tag.name(Tag.VOI_LUT) + ": the table is cut off");
      }
      boolean signed = content.pixels().signed() || content.modality() == Modality.CT;
      int first = signed ? (short) descriptor[1] : descriptor[1];
      float maximum = (1 << Math.min(16, Math.max(1, descriptor[2]))) - 1;
      float[] scaled = new float[entries.length];
      for (int i = 0; i < entries.length; i++) {
        float value = Math.min(1, entries[i] / maximum);
        scaled[turned ? entries.length - 1 - i : i] = inverted ? 1 - value : value;
      }
      int start = turned ? (int) values.turn(first) - entries.length + 1 : first;
      displays.add(DisplayWindow.table(start, scaled));
    }
    return displays;
  }

  /** As many as are there, up to what is told; of 8 bits they may be packed. */
  private static int[] entries(DataSet table, int[] descriptor) throws IOException {
    ByteBuffer data = table.buffer(Tag.LUT_DATA);
    int told = descriptor.length < 3 ? 0 : descriptor[0] == 0 ? 65536 : descriptor[0];
    boolean packed = told > 0 && descriptor[2] == 8 && data.remaining() < 2 * told;
    return packed ? Palette.entries(data, 8, told) : table.uint16s(Tag.LUT_DATA);
  }
}

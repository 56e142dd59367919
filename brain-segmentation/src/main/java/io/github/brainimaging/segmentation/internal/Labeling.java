package io.github.brainimaging.segmentation.internal;

import boofcv.alg.filter.binary.LinearContourLabelChang2004;
import boofcv.struct.ConnectRule;
import boofcv.struct.image.GrayS32;
import boofcv.struct.image.GrayU8;

/**
 * BoofCV's labeling of connected components: F. Chang, C.-J. Chen, C.-J. Lu, "A linear-time
 * component-labeling algorithm using contour tracing technique", 2004. Single-threaded.
 *
 * @param labels 0 outside, then 1, 2, ... in the order in which a scan row by row meets the
 *     components
 * @param count the number of components
 */
@SuppressWarnings("ArrayRecordComponent") // a pair of results between two classes, never compared
public record Labeling(int[] labels, int count) {

  /**
   * Labels the components of a mask.
   *
   * @param inside row after row
   * @param width columns
   * @param height rows
   * @param diagonal whether pixels that touch at a corner only are connected
   * @return the labels
   */
  public static Labeling of(boolean[] inside, int width, int height, boolean diagonal) {
    GrayU8 binary = new GrayU8(width, height);
    for (int i = 0; i < inside.length; i++) {
      binary.data[i] = (byte) (inside[i] ? 1 : 0);
    }
    GrayS32 labels = new GrayS32(width, height);
    LinearContourLabelChang2004 algorithm =
        new LinearContourLabelChang2004(diagonal ? ConnectRule.EIGHT : ConnectRule.FOUR);
    algorithm.setSaveInternalContours(false);
    algorithm.process(binary, labels);
    return new Labeling(labels.data, algorithm.getContours().size);
  }
}

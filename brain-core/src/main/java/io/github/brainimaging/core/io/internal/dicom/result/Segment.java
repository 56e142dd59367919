package io.github.brainimaging.core.io.internal.dicom.result;

import io.github.brainimaging.core.image.VolumeMask;

/**
 * A region of a segmentation.
 *
 * @param text how it is called
 * @param mask where it is; may be empty
 */
public record Segment(SegmentText text, VolumeMask mask) {

  String tracking(Origin origin) {
    return text.tracking(origin, mask);
  }
}

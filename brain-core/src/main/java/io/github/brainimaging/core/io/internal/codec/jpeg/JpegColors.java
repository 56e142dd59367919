package io.github.brainimaging.core.io.internal.codec.jpeg;

/** What the markers of a JPEG stream tell about its colors. */
public enum JpegColors {
  /** Red, green, blue: Adobe's marker or the names of the components say so. */
  RGB,
  /** Luminance and two color differences: Adobe's or JFIF's marker says so. */
  YBR,
  /** No marker tells. */
  UNKNOWN
}

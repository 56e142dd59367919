package io.github.brainimaging.core.io.internal.raster;

import java.io.IOException;
import java.util.List;

/**
 * How a file wants its picture to be turned on the screen (Exif 2.3, tag 274), which readers here
 * do not do: samples stay in the order of the file, so that a mask made for it fits.
 */
final class ShownOrientation {

  private static final int PLAIN = 1;

  /** What viewers do with the orientations 2 to 8. */
  private static final List<String> TURNS =
      List.of(
          "mirrored left to right",
          "turned by 180 degrees",
          "mirrored top to bottom",
          "mirrored along the diagonal from top left",
          "turned right by 90 degrees",
          "mirrored along the diagonal from top right",
          "turned left by 90 degrees");

  private ShownOrientation() {}

  /**
   * What is to be told of a JPEG or PNG file's Exif data.
   *
   * @param exif a TIFF file of tags without a picture; empty if there is none
   * @return a sentence, or none where the picture is shown as it is stored
   */
  static List<String> warnings(byte[] exif) {
    if (exif.length == 0) {
      return List.of();
    }
    try {
      if (!new TiffDecoder().recognizes(exif)) {
        throw new IOException("expected a TIFF header, found something else");
      }
      return warnings(TiffPage.of(exif));
    } catch (IOException e) {
      return List.of(
          "the Exif data is damaged, so whether the picture is to be turned is not known: "
              + e.getMessage());
    }
  }

  /** What is to be told of a page. */
  static List<String> warnings(TiffPage page) throws IOException {
    long orientation = page.orientation();
    if (orientation == PLAIN) {
      return List.of();
    }
    boolean known = orientation > PLAIN && orientation <= TURNS.size() + 1;
    String asks =
        known
            ? "the file wants to be shown " + TURNS.get((int) orientation - 2)
            : "the file's orientation is not understood";
    return List.of(
        asks + " (orientation " + orientation + "); the samples are in the order of the file");
  }
}

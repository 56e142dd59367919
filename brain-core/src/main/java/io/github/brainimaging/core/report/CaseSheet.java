package io.github.brainimaging.core.report;

import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.io.PngImageWriter;
import java.awt.Graphics2D;
import java.util.List;

/**
 * A sheet of segmented images for the eye: a caption, and below it the image as it is, with the
 * outline of the truth, with the outline of what was found, and with both. The truth is green, what
 * was found pink. Two cases stand in a row; a single one is shown in its own size, up to 1024.
 *
 * <p>Safe to use from several threads.
 *
 * @since 0.1.0
 */
public final class CaseSheet {

  private static final int PANEL = 192;
  private static final int LARGEST_PANEL = 1024;
  private static final int GAP = 8;
  private static final int CAPTION = 24;
  private static final int LABEL = 18;
  private static final List<String> LABELS = List.of("image", "truth", "found", "both");

  private CaseSheet() {}

  /**
   * One case.
   *
   * @param caption what to write above it, such as its name and its Dice; what does not fit is cut
   * @param image the image
   * @param truth the true mask, on the image's grid
   * @param found the mask that was found, on the image's grid
   */
  public record Case(String caption, MedicalImage image, Mask truth, Mask found) {

    /**
     * The case of a volume: the slice, as it was acquired, on which the masks differ most; of equal
     * masks, the one with most of the truth.
     *
     * @param name what to write above it, before the number of the slice
     * @param volume the volume
     * @param truth the true mask, on the volume's grid
     * @param found the mask that was found, on the volume's grid
     * @return the case
     * @throws IllegalArgumentException if a mask has not the size of the volume
     */
    public static Case of(String name, MedicalVolume volume, VolumeMask truth, VolumeMask found) {
      boolean[] inside = truth.toArray();
      boolean[] different = found.toArray();
      Arguments.require(
          inside.length == different.length,
          "found must have the size of truth = %s, got %s",
          truth.grid(),
          found.grid());
      for (int i = 0; i < inside.length; i++) {
        different[i] ^= inside[i];
      }
      VolumeMask disagreement = VolumeMask.wrap(found.grid(), different);
      PlaneView view = PlaneView.acquired(volume);
      int z = PlaneView.fullestSlice(view.turn(disagreement.isEmpty() ? truth : disagreement));
      return new Case(
          name + ", slice " + z,
          view.slice(z),
          view.turn(truth).slice(z),
          view.turn(found).slice(z));
    }
  }

  /**
   * Draws the sheet; {@link PngImageWriter} writes it.
   *
   * @param cases in the order to show them, at least one
   * @return an RGB image
   * @throws IllegalArgumentException if there is no case, or a mask has not the size of its image
   */
  public static MedicalImage draw(List<Case> cases) {
    Arguments.require(!cases.isEmpty(), "cases must be at least one, got none");
    MedicalImage first = cases.get(0).image;
    int own = Math.max(first.width(), first.height());
    int panel = cases.size() > 1 ? PANEL : Math.max(PANEL, Math.min(LARGEST_PANEL, own));
    int columns = Math.min(2, cases.size());
    int rows = (cases.size() + columns - 1) / columns;
    int width = LABELS.size() * (panel + GAP);
    int height = CAPTION + LABEL + panel + GAP;
    return Canvas.draw(
        columns * width + GAP,
        rows * height + GAP,
        13,
        canvas -> {
          for (int i = 0; i < cases.size(); i++) {
            int left = i % columns * width + GAP;
            int top = i / columns * height;
            canvas.setClip(left, top, width - GAP, height);
            draw(cases.get(i), panel, left, top, canvas);
          }
        });
  }

  private static void draw(Case shown, int panel, int left, int top, Graphics2D canvas) {
    canvas.drawString(shown.caption, left, top + CAPTION - 7);
    Mask nothing = Mask.empty(shown.image.width(), shown.image.height());
    for (int i = 0; i < LABELS.size(); i++) {
      int x = left + i * (panel + GAP);
      canvas.drawString(LABELS.get(i), x, top + CAPTION + LABEL - 6);
      Mask truth = i == 1 || i == 3 ? shown.truth : nothing;
      Mask found = i == 2 || i == 3 ? shown.found : nothing;
      MedicalImage picture = Thumbnail.of(shown.image, truth, found, panel);
      canvas.drawImage(Thumbnail.picture(picture), x, top + CAPTION + LABEL, null);
    }
  }
}

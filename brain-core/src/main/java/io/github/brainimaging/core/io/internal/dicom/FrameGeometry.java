package io.github.brainimaging.core.io.internal.dicom;

import io.github.brainimaging.core.image.Spacing;
import io.github.brainimaging.core.io.internal.dicom.element.DataSet;
import io.github.brainimaging.core.io.internal.dicom.element.FrameFacts;
import io.github.brainimaging.core.io.internal.dicom.element.Tag;
import io.github.brainimaging.core.io.internal.dicom.pixel.PixelDescription;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where the frames of a file lie, and how far apart their pixels are. Immutable. */
public final class FrameGeometry {

  /** Where the distance between pixels stands, the one in the patient first. */
  private static final int[] SPACINGS = {
    Tag.PIXEL_SPACING, Tag.NOMINAL_PIXEL_SPACING, Tag.IMAGER_PIXEL_SPACING
  };

  private final PixelDescription pixels;
  private final Optional<Mosaic> mosaic;
  private final FrameFacts first;
  private final int groups;

  /** Of a dose grid, the places of its frames along the normal, read once; else empty. */
  private final double[] offsets;

  /** Between the slices of a mosaic, in mm; NaN if it is not told. */
  private final double distance;

  private final Spacing spacing;

  FrameGeometry(
      DataSet data, PixelDescription pixels, Optional<Mosaic> mosaic, FrameFacts firstFrame)
      throws IOException {
    this.pixels = pixels;
    this.mosaic = mosaic;
    this.first = firstFrame;
    this.groups = data.items(Tag.FRAME_GROUPS).size();
    double[] told = pixels.frames() > 1 ? data.decimals(Tag.GRID_OFFSETS) : new double[0];
    this.offsets = told.length == pixels.frames() ? told : new double[0];
    this.distance = mosaic.isPresent() ? sliceDistance() : Double.NaN;
    this.spacing = spacing(firstFrame);
  }

  public static Spacing spacing(FrameFacts facts) throws IOException {
    for (int tag : SPACINGS) {
      double[] found = facts.decimals(tag);
      if (found.length == 2 && found[0] > 0 && found[1] > 0) {
        return new Spacing(found[1], found[0]);
      }
    }
    return Spacing.UNKNOWN;
  }

  /** Distance between slices as the file tells it, in mm; NaN if it does not. */
  public double sliceDistance() throws IOException {
    double told = toldDistance();
    return told > 0 ? told : first.decimal(Tag.SLICE_THICKNESS).orElse(Double.NaN);
  }

  private double toldDistance() throws IOException {
    return Math.abs(first.decimal(Tag.SPACING_BETWEEN_SLICES).orElse(Double.NaN));
  }

  /** Whether each frame has a place of its own: there are not several that share one. */
  public boolean isPlaced() {
    return mosaic.isPresent()
        ? tellsPlaces() || (spacing.isKnown() && distance > 0)
        : pixels.frames() == 1 || groups == pixels.frames() || offsets.length > 0;
  }

  /** Whether the place of each of its frames is told, whatever that of the file is. */
  public boolean tellsPlaces() {
    return mosaic.isPresent() && !mosaic.get().places().isEmpty();
  }

  /**
   * The place of a frame of a file where they have one. That of a mosaic's file is the corner of a
   * single large slice with the middle of the first tile (as dcm2niix reads it).
   */
  public double[] place(double[] position, double[] orientation, int frame) {
    if (tellsPlaces()) {
      return mosaic.orElseThrow().places().get(frame).clone();
    }
    double[] place = position.clone();
    double[] normal = normal(orientation);
    if (offsets.length > 0) {
      // Distances from the first plane, which is 0, or places along z.
      double along = offsets[frame] - offsets[0];
      boolean downwards = offsets[0] != 0 && normal[2] < 0;
      for (int i = 0; i < 3; i++) {
        place[i] += (downwards ? -along : along) * normal[i];
      }
    }
    if (mosaic.isPresent()) {
      moveToTile(mosaic.get(), place, orientation, frame);
    }
    return place;
  }

  private void moveToTile(Mosaic tiles, double[] place, double[] orientation, int tile) {
    double[] normal = normal(orientation);
    double along = 0;
    for (int i = 0; i < tiles.normal().size(); i++) {
      along += tiles.normal().get(i) * normal[i];
    }
    double forth = distance * (along < 0 ? -tile : tile);
    double part = (tiles.across() - 1) / (2.0 * tiles.across());
    double right = spacing.x() * pixels.columns() * part;
    double down = spacing.y() * pixels.rows() * part;
    for (int i = 0; i < 3; i++) {
      place[i] += right * orientation[i] + down * orientation[3 + i] + forth * normal[i];
    }
  }

  private double[] directions() {
    try {
      return first.decimals(Tag.ORIENTATION);
    } catch (IOException e) {
      return new double[0]; // HeaderDoubts tells it.
    }
  }

  /** What was guessed, or is not as it should be. */
  List<String> notes() throws IOException {
    List<String> notes = new ArrayList<>();
    if (first.decimals(Tag.PIXEL_SPACING).length == 0 && spacing.isKnown()) {
      notes.add(
          first.has(Tag.NOMINAL_PIXEL_SPACING)
              ? "the distance between pixels is that of the scanned page"
              : "the distance between pixels is that at the detector, larger than in the patient");
    }
    if (first.has(Tag.PIXEL_SPACING) && !spacing.isKnown()) {
      notes.add("the distance between pixels that is told is none: unused");
    }
    double[] axes = directions();
    if (axes.length > 0 && !isOrthogonal(axes)) {
      notes.add("the directions of rows and columns are not at right angles, of length 1: unused");
    }
    if (groups > 0 && groups != pixels.frames()) {
      notes.add("the places of " + groups + " frames are told, of " + pixels.frames() + ": unused");
    }
    if (mosaic.isPresent() && !tellsPlaces()) {
      if (mosaic.get().tiles() > 1 && mosaic.get().normal().isEmpty()) {
        notes.add("the mosaic does not tell which way its slices follow: it may be the other one");
      }
      if (!(toldDistance() > 0) && distance > 0) {
        notes.add("the mosaic does not tell the distance of its slices: their thickness is taken");
      }
    }
    return notes;
  }

  /** Two directions of length 1 at right angles, to 1 %. */
  public static boolean isOrthogonal(double[] o) {
    if (o.length != 6) {
      return false;
    }
    double row = o[0] * o[0] + o[1] * o[1] + o[2] * o[2];
    double column = o[3] * o[3] + o[4] * o[4] + o[5] * o[5];
    double both = o[0] * o[3] + o[1] * o[4] + o[2] * o[5];
    return Math.abs(row - 1) < 0.01 && Math.abs(column - 1) < 0.01 && Math.abs(both) < 0.01;
  }

  /** The direction in which slices follow, by those of rows and columns. */
  public static double[] normal(double[] o) {
    return new double[] {
      o[1] * o[5] - o[2] * o[4], o[2] * o[3] - o[0] * o[5], o[0] * o[4] - o[1] * o[3]
    };
  }
}

package io.github.brainimaging.core.report;

import io.github.brainimaging.core.explanation.Explanation;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.inference.Contour;
import io.github.brainimaging.core.inference.internal.ContourTracer;
import io.github.brainimaging.core.pipeline.Analysis;
import io.github.brainimaging.core.pipeline.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of a report.
 *
 * @param input what the report calls the input
 * @param outcome what became of it
 * @param gray its image as the screen shows it, if there is one
 * @param mask file name of the mask within the folder, if there is one
 * @param overlay file name of the overlay within the folder, if there is one
 * @param contours outlines of what was found
 * @param explanation where the class is seen, if somebody asked
 * @param heatMap file name of its picture within the folder, if there is one
 * @param doubtMap file name of the map of where runs disagree about the mask, if there is one
 */
record ReportEntry(
    String input,
    Outcome<Analysis> outcome,
    @Nullable MedicalImage gray,
    @Nullable String mask,
    @Nullable String overlay,
    List<Contour> contours,
    @Nullable Explanation explanation,
    @Nullable String heatMap,
    @Nullable String doubtMap) {

  /** A corner of a pixel may be cut, not more. */
  private static final double TOLERANCE_PIXELS = 0.5;

  /** The outlines of what was found, in as few points as show it; none where nothing was. */
  static List<Contour> contours(Analysis analysis) {
    return analysis
        .segmentation()
        .map(found -> ContourTracer.trace(found.mask()))
        .orElse(List.of())
        .stream()
        .map(contour -> contour.simplified(TOLERANCE_PIXELS))
        .toList();
  }
}

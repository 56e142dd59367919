/**
 * Reports of analyses: JSON, pictures and a self-contained HTML page. {@link
 * io.github.brainimaging.core.report.ReportWriter} writes those of slices, {@link
 * io.github.brainimaging.core.report.VolumeReportWriter} those of volumes, both into one folder if
 * wanted; {@link io.github.brainimaging.core.report.ResultJson} gives the JSON of one result, for
 * web services; {@link io.github.brainimaging.core.report.Overlay} draws.
 *
 * <p>Results are written as they come, a line each, so that a run that was killed can go on.
 * Reports need {@code com.google.code.gson:gson}, which an application that wants them adds;
 * brain-models brings it.
 *
 * <pre>{@code
 * String json = ResultJson.toJson(analysis);
 * Mask region = analysis.segmentation().orElseThrow().mask();
 * PngImageWriter.write(Overlay.draw(image, region), Path.of("overlay.png"));
 * }</pre>
 */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.core.report;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

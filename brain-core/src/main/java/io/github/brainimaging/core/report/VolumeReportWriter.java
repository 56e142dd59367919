package io.github.brainimaging.core.report;

import com.google.gson.stream.JsonWriter;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.inference.VolumeSegmentation;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.internal.OptionalLibrary;
import io.github.brainimaging.core.io.NiftiWriter;
import io.github.brainimaging.core.io.PngImageWriter;
import io.github.brainimaging.core.measure.Lesion;
import io.github.brainimaging.core.pipeline.Outcome;
import io.github.brainimaging.core.pipeline.VolumeAnalysis;
import io.github.brainimaging.core.work.AtomicFiles;
import io.github.brainimaging.core.work.OutputNames;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes a report of many analyses of volumes into a folder, which may hold the report of images
 * ({@link ReportWriter}) as well:
 *
 * <ul>
 *   <li>{@code volumes.json}: per volume its class, what was said of each slice and which decided,
 *       the volume of the region in ml, each lesion measured ({@link
 *       io.github.brainimaging.core.measure.Lesion}), and the times; of a volume that failed only
 *       why.
 *   <li>For every volume {@code pages/NAME.html}, a page for the eye: its facts, the tumor
 *       probability over the slices, slices with outlines, three planes through the largest lesion.
 *   <li>For every volume that was segmented, {@code masks/NAME.nii.gz} in the input's geometry and
 *       {@code overlays/NAME.png}, the slice with most of the region (the middle slice of an empty
 *       one), see {@link Overlay}. Names are made by {@link OutputNames} and end with {@code
 *       -volume}.
 * </ul>
 *
 * <p>Masks and overlays are written as they come, {@code volumes.json} with {@link #finish()},
 * whole. Holds no native memory and no open file.
 *
 * <p>For one thread.
 */
public final class VolumeReportWriter {

  static final String JSON = "volumes.json";

  /** Raised when a key changes its meaning or goes; new keys do not raise it. */
  private static final int SCHEMA_VERSION = 1;

  private final Path folder;
  private final String maskEnding;
  private final ReportWriter.Facts facts;
  private final OutputNames names = new OutputNames("-volume");
  private final StringWriter text = new StringWriter();
  private final JsonWriter json = new JsonWriter(text);
  private boolean open = true;

  private VolumeReportWriter(Path folder, String maskEnding, ReportWriter.Facts facts)
      throws IOException {
    this.folder = folder;
    this.maskEnding = maskEnding;
    this.facts = facts;
    json.setIndent("  ");
    json.setHtmlSafe(true);
    json.beginObject();
    json.name("schemaVersion").value(SCHEMA_VERSION);
    JsonParts.facts(json, facts);
    json.name("results").beginArray();
  }

  /**
   * Begins a report.
   *
   * @param folder where to write; made when something is written
   * @param inputs the files that are going to be analyzed, which the report must not overwrite; may
   *     be empty
   * @return the writer, to be finished
   * @throws IllegalArgumentException if an input lies where the report writes
   * @throws IllegalStateException if Gson is not on the class path
   * @throws IOException if the folder cannot be looked at
   */
  public static VolumeReportWriter create(Path folder, Collection<Path> inputs) throws IOException {
    return create(folder, inputs, ".nii.gz", ReportWriter.Facts.ofModel("", ""));
  }

  /**
   * Begins a report whose masks are in another format.
   *
   * @param folder where to write; made when something is written
   * @param inputs the files that are going to be analyzed, which the report must not overwrite; may
   *     be empty
   * @param maskEnding what the names of masks end with, which tells their format: {@code .nii.gz},
   *     {@code .nii}, {@code .nrrd} or {@code .seg.nrrd}
   * @param facts what the report tells of the run
   * @return the writer, to be finished
   * @throws IllegalArgumentException if an input lies where the report writes, or the ending is
   *     none of these
   * @throws IllegalStateException if Gson is not on the class path
   * @throws IOException if the folder cannot be looked at
   */
  public static VolumeReportWriter create(
      Path folder, Collection<Path> inputs, String maskEnding, ReportWriter.Facts facts)
      throws IOException {
    Arguments.require(
        maskEnding.matches("\\.(nii|nii\\.gz|nrrd|seg\\.nrrd)"),
        "maskEnding must be .nii, .nii.gz, .nrrd or .seg.nrrd, got %s",
        maskEnding);
    OptionalLibrary.GSON.require();
    new ReportFolder(folder).requireFreeOf(inputs, JSON);
    return new VolumeReportWriter(folder, maskEnding, Objects.requireNonNull(facts, "facts"));
  }

  /**
   * Adds a result: its mask and overlay are written.
   *
   * @param input what to call the input, such as its path relative to the folder that was asked for
   * @param outcome what became of it
   * @param dicomSeg the DICOM segmentation that was written of the mask, relative to the folder;
   *     null if there is none
   * @throws IOException if writing fails
   * @throws IllegalStateException after {@link #finish()}
   */
  public void add(String input, Outcome<VolumeAnalysis> outcome, @Nullable String dicomSeg)
      throws IOException {
    requireOpen();
    json.beginObject();
    json.name("input").value(input);
    json.name("status").value(outcome.analysis().isPresent() ? "ok" : "failed");
    json.name("error").value(outcome.error().orElse(null));
    if (outcome.analysis().isPresent()) {
      write(input, outcome.analysis().get());
      json.name("dicomSeg").value(dicomSeg);
    }
    json.endObject();
  }

  private void write(String input, VolumeAnalysis analysis) throws IOException {
    List<Lesion> lesions = VolumeJson.lesions(analysis);
    VolumeJson.write(json, analysis, lesions);
    String name = names.next(input);
    PlaneView acquired = PlaneView.acquired(analysis.volume());
    Optional<VolumeSegmentation> found = analysis.segmentation();
    if (found.isPresent()) {
      writePictures(name, found.get().mask(), acquired);
    } else {
      json.name("mask").nullValue();
      json.name("overlay").nullValue();
    }
    String page = ReportFolder.PAGES + "/" + name + ".html";
    String html = VolumePage.of(input, analysis, lesions, acquired, facts);
    AtomicFiles.write(
        folder.resolve(page), out -> out.write(html.getBytes(StandardCharsets.UTF_8)));
    json.name("page").value(page);
  }

  private void writePictures(String name, VolumeMask mask, PlaneView view) throws IOException {
    String maskFile = ReportFolder.MASKS + "/" + name + maskEnding;
    NiftiWriter.withDefaults().write(mask, folder.resolve(maskFile));
    json.name("mask").value(maskFile);
    VolumeMask turned = view.turn(mask);
    int slice = PlaneView.fullestSlice(turned);
    String overlay = ReportFolder.OVERLAYS + "/" + name + ".png";
    PngImageWriter.write(
        Overlay.draw(view.slice(slice), turned.slice(slice)), folder.resolve(overlay));
    json.name("overlay").value(overlay);
  }

  /**
   * Puts {@code volumes.json} in place and ends the report.
   *
   * @throws IOException if writing fails
   * @throws IllegalStateException if it was finished already
   */
  public void finish() throws IOException {
    requireOpen();
    open = false;
    json.endArray();
    json.endObject();
    json.flush();
    AtomicFiles.write(
        folder.resolve(JSON), out -> out.write(text.toString().getBytes(StandardCharsets.UTF_8)));
  }

  private void requireOpen() {
    if (!open) {
      throw new IllegalStateException("the report is finished");
    }
  }
}

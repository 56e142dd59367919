package io.github.brainimaging.core.report;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.stream.JsonWriter;
import io.github.brainimaging.core.inference.VolumeSegmentation;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.internal.OptionalLibrary;
import io.github.brainimaging.core.io.NiftiWriter;
import io.github.brainimaging.core.io.PngImageWriter;
import io.github.brainimaging.core.pipeline.Outcome;
import io.github.brainimaging.core.pipeline.VolumeAnalysis;
import io.github.brainimaging.core.work.AtomicFiles;
import io.github.brainimaging.core.work.OutputNames;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
 *   <li>{@code index.html}, a table of the volumes, each with the way to its page; where images are
 *       reported in the same folder, theirs has that table, if they are finished after the volumes.
 *   <li>For every volume {@code pages/NAME.html}, a page for the eye: its facts, the tumor
 *       probability over the slices, all slices of three planes to scroll through, slices with
 *       outlines, three planes through the largest lesion. The pictures of the slices are {@code
 *       slice-sheets/NAME-PLANE-1.jpg} and so on, of many slices each; the page needs neither a
 *       server nor a network.
 *   <li>For every volume that was segmented, {@code masks/NAME.nii.gz} in the input's geometry and
 *       {@code overlays/NAME.png}, the slice with most of the region (the middle slice of an empty
 *       one), see {@link Overlay}; where several runs were asked, also {@code
 *       uncertainty/NAME.nii.gz}, the share of them that found each voxel; where the segmenter
 *       knows several regions, also {@code masks/NAME-labels.nii.gz}, a label map with the names.
 *       Names are made by {@link OutputNames} and end with {@code -volume}.
 * </ul>
 *
 * <p>Results are written as they come: masks, overlays and pages at once, all else as lines of
 * {@code .volumes.journal}, of which {@link #finish()} makes {@code volumes.json}, whole. The first
 * result takes away that of an earlier run, and {@link #finish()} deletes the masks, overlays and
 * pages that it named and no report in the folder names any more, and nothing else. What a run that
 * was killed, or closed without {@link #finish()}, left can be taken up by {@link #resume}.
 *
 * <p>For one thread. Owned by who created it, closed by try-with-resources, safe to close twice.
 *
 * @since 0.1.0
 */
public final class VolumeReportWriter implements AutoCloseable {

  static final String JSON = "volumes.json";
  static final String JOURNAL = ".volumes.journal";
  private static final String OK = "ok";

  private final Path folder;
  private final String maskEnding;
  private final ReportWriter.Facts facts;
  private final EarlierReport earlier;
  private final Journal journal;
  private final OutputNames names = new OutputNames("-volume");
  private int failed;
  private boolean open = true;

  private VolumeReportWriter(Path folder, String maskEnding, ReportWriter.Facts facts, String run)
      throws IOException {
    this.folder = folder;
    this.maskEnding = maskEnding;
    this.facts = facts;
    earlier = new EarlierReport(folder, JSON);
    journal = new ReportFolder(folder).open(JOURNAL, run, this::keeps);
  }

  /** Counts a result of an earlier run, if all of it is there. */
  private boolean keeps(JsonObject result) {
    List<String> named = JsonParts.texts(result, "input", "status");
    List<String> files = SliceSheets.files(result);
    files.addAll(
        JsonParts.texts(
            result, "mask", "overlay", "uncertaintyMap", "labelMap", "page", "dicomSeg"));
    if (named.size() < 2 || !new ReportFolder(folder).holds(files)) {
      return false;
    }
    if (named.get(1).equals(OK)) {
      String unused = names.next(named.get(0));
    } else {
      failed++;
    }
    return true;
  }

  /**
   * Begins a report.
   *
   * @param folder where to write; made if it is not there
   * @param facts what to say of all results
   * @param inputs the files that are going to be analyzed, which the report must not overwrite; may
   *     be empty
   * @return the writer, to be finished and closed
   * @throws IllegalArgumentException if an input lies where the report writes
   * @throws IllegalStateException if Gson is not on the class path
   * @throws IOException if the folder cannot be made or written to
   */
  public static VolumeReportWriter create(
      Path folder, ReportWriter.Facts facts, Collection<Path> inputs) throws IOException {
    return resume(folder, facts, inputs, "", ".nii.gz");
  }

  /**
   * Takes up a report that was begun and not finished, or begins one.
   *
   * @param folder where to write; made if it is not there
   * @param facts what to say of all results
   * @param inputs the files that are going to be analyzed, which the report must not overwrite; may
   *     be empty
   * @param run all that the results depend on: inputs with their order and content, models,
   *     options, version. Results that are there of a run that says the same are kept: {@link
   *     #size()} of them, the first ones whose files are still there. Where it is empty, the report
   *     begins anew
   * @param maskEnding what the names of masks end with, which tells their format: {@code .nii.gz},
   *     {@code .nii}, {@code .nrrd} or {@code .seg.nrrd}
   * @return the writer, to be finished and closed
   * @throws IllegalArgumentException if an input lies where the report writes, or the ending is
   *     none of these
   * @throws IllegalStateException if Gson is not on the class path
   * @throws IOException if the folder cannot be made or written to, or another run writes its
   *     report there
   */
  public static VolumeReportWriter resume(
      Path folder, ReportWriter.Facts facts, Collection<Path> inputs, String run, String maskEnding)
      throws IOException {
    Arguments.require(
        maskEnding.matches("\\.(nii|nii\\.gz|nrrd|seg\\.nrrd)"),
        "maskEnding must be .nii, .nii.gz, .nrrd or .seg.nrrd, got %s",
        maskEnding);
    OptionalLibrary.GSON.require();
    new ReportFolder(folder).requireFreeOf(inputs, JSON, ReportWriter.PAGE);
    return new VolumeReportWriter(folder, maskEnding, Objects.requireNonNull(facts, "facts"), run);
  }

  /**
   * Takes away the report of an earlier run, with the files that it named and no report of images
   * in the folder names as well, and nothing else.
   *
   * @param folder where a report may be
   * @throws IOException if something cannot be removed
   */
  public static void remove(Path folder) throws IOException {
    new EarlierReport(folder, JSON).remove();
  }

  /**
   * How many results the report has, those of an earlier run that were kept among them.
   *
   * @return their number
   */
  public int size() {
    return journal.size();
  }

  /**
   * How many of them failed.
   *
   * @return at most {@link #size()}
   */
  public int failed() {
    return failed;
  }

  /**
   * Adds a result: its mask, overlay, page and its line of the journal are written.
   *
   * @param input what to call the input, such as its path relative to the folder that was asked for
   * @param outcome what became of it
   * @param dicomSeg the DICOM segmentation that was written of the mask, relative to the folder;
   *     null if there is none
   * @throws IOException if writing fails
   * @throws IllegalStateException after {@link #finish()} or {@link #close()}
   */
  public void add(String input, Outcome<VolumeAnalysis> outcome, @Nullable String dicomSeg)
      throws IOException {
    requireOpen();
    StringWriter text = new StringWriter();
    JsonWriter json = new JsonWriter(text);
    json.beginObject();
    json.name("input").value(input);
    json.name("status").value(outcome.analysis().isPresent() ? OK : "failed");
    json.name("error").value(outcome.error().orElse(null));
    if (outcome.analysis().isPresent()) {
      write(json, input, outcome.analysis().get());
      json.name("dicomSeg").value(dicomSeg);
    }
    json.endObject();
    earlier.giveWayTo(journal);
    journal.add(JsonParser.parseString(text.toString()).getAsJsonObject());
    failed += outcome.analysis().isPresent() ? 0 : 1;
  }

  private void write(JsonWriter json, String input, VolumeAnalysis analysis) throws IOException {
    VolumeFindings findings = new VolumeFindings(analysis);
    VolumeJson.write(json, analysis);
    String name = names.next(input);
    Optional<VolumeSegmentation> found = analysis.segmentation();
    if (found.isPresent()) {
      writePictures(json, name, findings);
      writeDoubt(json, name, found.get());
      writeLabels(json, name, found.get());
    } else {
      json.name("mask").nullValue();
      json.name("overlay").nullValue();
      json.name("uncertaintyMap").nullValue();
      json.name("labelMap").nullValue();
    }
    String page = ReportFolder.PAGES + "/" + name + ".html";
    List<SliceSheets> sheets = SliceSheets.write(folder, name, findings);
    SliceSheets.write(json, sheets);
    String html = VolumePage.of(input, findings, sheets, facts);
    AtomicFiles.write(
        folder.resolve(page), out -> out.write(html.getBytes(StandardCharsets.UTF_8)));
    json.name("page").value(page);
  }

  private void writePictures(JsonWriter json, String name, VolumeFindings findings)
      throws IOException {
    String maskFile = ReportFolder.MASKS + "/" + name + maskEnding;
    NiftiWriter.withDefaults().write(findings.given(), folder.resolve(maskFile));
    json.name("mask").value(maskFile);
    int slice = PlaneView.fullestSlice(findings.mask());
    String overlay = ReportFolder.OVERLAYS + "/" + name + ".png";
    PngImageWriter.write(
        Overlay.draw(findings.view().slice(slice), findings.mask().slice(slice)),
        folder.resolve(overlay));
    json.name("overlay").value(overlay);
  }

  private void writeDoubt(JsonWriter json, String name, VolumeSegmentation found)
      throws IOException {
    json.name("uncertaintyMap");
    if (found.uncertainty().isEmpty()) {
      json.nullValue();
      return;
    }
    String file = ReportFolder.UNCERTAINTY + "/" + name + ".nii.gz";
    NiftiWriter.withDefaults().write(found.uncertainty().get().shares(), folder.resolve(file));
    json.value(file);
  }

  private void writeLabels(JsonWriter json, String name, VolumeSegmentation found)
      throws IOException {
    json.name("labelMap");
    if (found.labels().isEmpty()) {
      json.nullValue();
      return;
    }
    String file = ReportFolder.MASKS + "/" + name + "-labels" + maskEnding;
    NiftiWriter.withDefaults().write(found.labels().get(), folder.resolve(file));
    json.value(file);
  }

  /**
   * Puts {@code volumes.json} in place and ends the report.
   *
   * @throws IOException if writing fails
   * @throws IllegalStateException after {@link #finish()} or {@link #close()}
   */
  public void finish() throws IOException {
    requireOpen();
    earlier.giveWayTo(journal);
    AtomicFiles.write(
        folder.resolve(JSON),
        out -> {
          JsonWriter json = new JsonWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
          json.setIndent("  ");
          json.setHtmlSafe(true);
          json.beginObject();
          JsonParts.facts(json, facts);
          json.name("results").beginArray();
          journal.forEach(result -> JsonParts.copy(result, json));
          json.endArray();
          json.endObject();
          json.flush();
        });
    if (!Files.exists(folder.resolve(ReportWriter.JSON))) {
      String html =
          ReportPage.document(ReportPage.title("volumes", facts), facts, VolumeList.in(folder));
      AtomicFiles.write(
          folder.resolve(ReportWriter.PAGE),
          out -> out.write(html.getBytes(StandardCharsets.UTF_8)));
    }
    earlier.removeRest();
    journal.delete();
    close();
  }

  private void requireOpen() {
    if (!open) {
      throw new IllegalStateException("the report is finished or closed");
    }
  }

  /**
   * Closes the report. If it was not finished, its results can be taken up by {@link #resume}.
   *
   * @throws IOException if the journal cannot be closed
   */
  @Override
  public void close() throws IOException {
    open = false;
    journal.close();
  }
}

package io.github.brainimaging.core.report;

import io.github.brainimaging.core.explanation.Explanation;
import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.inference.Segmentation;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.internal.OptionalLibrary;
import io.github.brainimaging.core.io.PngImageWriter;
import io.github.brainimaging.core.pipeline.Analysis;
import io.github.brainimaging.core.pipeline.Outcome;
import io.github.brainimaging.core.work.AtomicFiles;
import io.github.brainimaging.core.work.OutputNames;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes a report of many analyses into a folder:
 *
 * <ul>
 *   <li>{@code report.json}: one object per input, all with the same keys, null where there is
 *       nothing to say; only the measures of a region are missing where none was looked for.
 *   <li>{@code index.html}: a page that needs no other file, with small pictures inside: to search,
 *       filter, sort, enlarge and save as CSV.
 *   <li>For every input that was segmented, {@code masks/NAME.png} (gray, 255 inside, 0 outside)
 *       and {@code overlays/NAME.png} (see {@link Overlay}), both of the input's width and height;
 *       for every one that was explained, {@code heat-maps/NAME.png} (see {@link Overlay#heat}).
 *       Names are made from the inputs', with "-" for the separators of folders; two of one name
 *       get a number.
 * </ul>
 *
 * <pre>{@code
 * try (ReportWriter report = ReportWriter.create(folder, facts, files);
 *     Stream<Outcome<Analysis>> outcomes = pipeline.analyzeAll(files)) {
 *   for (Outcome<Analysis> outcome : (Iterable<Outcome<Analysis>>) outcomes::iterator) {
 *     report.add(outcome.input(), outcome);
 *   }
 *   report.finish();
 * }
 * }</pre>
 *
 * <p>Results are written as they come, so memory does not grow with their number. The JSON and HTML
 * files appear only with {@link #finish()}, whole; closed without it, the report leaves those of an
 * earlier run as they were. Pictures of an earlier run are overwritten where the names are equal
 * and otherwise left alone.
 *
 * <p>For one thread. Owned by who created it, closed by try-with-resources, safe to close twice.
 */
public final class ReportWriter implements AutoCloseable {

  private static final String JSON = "report.json";
  private static final String PAGE = "index.html";

  private final Path folder;
  private final Path jsonDraft;
  private final Path rowsDraft;
  private final Writer jsonOut;
  private final Writer rowsOut;
  private final ReportJson json;
  private final ReportPage page;
  private final OutputNames names = new OutputNames();
  private boolean open = true;

  private ReportWriter(Path folder, Facts facts) throws IOException {
    this.folder = folder;
    Files.createDirectories(folder);
    jsonDraft = Files.createTempFile(folder, ".report", ".tmp");
    rowsDraft = Files.createTempFile(folder, ".report", ".tmp");
    jsonOut = writer(jsonDraft);
    rowsOut = writer(rowsDraft);
    json = new ReportJson(jsonOut, facts);
    page = new ReportPage(rowsOut, facts);
  }

  /** Not Files.newBufferedWriter, which refuses the half characters of some file names. */
  private static Writer writer(Path file) throws IOException {
    return new BufferedWriter(
        new OutputStreamWriter(Files.newOutputStream(file), StandardCharsets.UTF_8));
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
  public static ReportWriter create(Path folder, Facts facts, Collection<Path> inputs)
      throws IOException {
    OptionalLibrary.GSON.require();
    new ReportFolder(folder).requireFreeOf(inputs, JSON, PAGE);
    return new ReportWriter(folder, facts);
  }

  /**
   * Where an earlier report keeps its pictures, so that whoever lists a folder of images can leave
   * them out.
   *
   * @param folder the folder of a report (also of volumes), or one where none is yet
   * @return real paths of the folders of masks, overlays and heat maps; empty if there is no report
   * @throws IOException if the folder cannot be read
   */
  public static List<Path> picturesIn(Path folder) throws IOException {
    return Files.exists(folder.resolve(JSON))
            || Files.exists(folder.resolve(VolumeReportWriter.JSON))
        ? new ReportFolder(folder).pictures()
        : List.of();
  }

  /**
   * Adds a result: its pictures are written, its lines drafted.
   *
   * @param input what to call the input, such as its path relative to the folder that was asked for
   * @param outcome what became of it
   * @throws IOException if writing fails
   * @throws IllegalStateException after {@link #finish()} or {@link #close()}
   */
  public void add(String input, Outcome<Analysis> outcome) throws IOException {
    addEntry(input, outcome, null);
  }

  /**
   * Adds a result with a map of where its class is seen.
   *
   * @param input what to call the input
   * @param outcome an analysis
   * @param explanation a map on the grid of its image
   * @throws IllegalArgumentException if the outcome is a failure, or the map has another size than
   *     the image
   * @throws IOException if writing fails
   * @throws IllegalStateException after {@link #finish()} or {@link #close()}
   */
  public void add(String input, Outcome<Analysis> outcome, Explanation explanation)
      throws IOException {
    Arguments.require(
        outcome.analysis().isPresent(), "outcome must be an analysis, got %s", outcome);
    addEntry(input, outcome, Objects.requireNonNull(explanation, "explanation"));
  }

  private void addEntry(String input, Outcome<Analysis> outcome, @Nullable Explanation explanation)
      throws IOException {
    requireOpen();
    Optional<Analysis> analysis = outcome.analysis();
    Optional<Mask> mask = analysis.flatMap(Analysis::segmentation).map(Segmentation::mask);
    String maskFile = null;
    String overlay = null;
    String heatMap = null;
    if (analysis.isPresent() && (mask.isPresent() || explanation != null)) {
      MedicalImage image = analysis.get().image();
      String file = names.next(input) + ".png";
      if (explanation != null) {
        heatMap = ReportFolder.HEAT_MAPS + "/" + file;
        PngImageWriter.write(Overlay.heat(image, explanation), folder.resolve(heatMap));
      }
      if (mask.isPresent()) {
        maskFile = ReportFolder.MASKS + "/" + file;
        overlay = ReportFolder.OVERLAYS + "/" + file;
        PngImageWriter.write(mask.get(), folder.resolve(maskFile));
        PngImageWriter.write(Overlay.draw(image, mask.get()), folder.resolve(overlay));
      }
    }
    ReportEntry entry = new ReportEntry(input, outcome, maskFile, overlay, explanation, heatMap);
    json.add(entry);
    page.add(entry);
  }

  /**
   * Puts {@code report.json} and {@code index.html} in place and ends the report.
   *
   * @throws IOException if writing fails
   * @throws IllegalStateException after {@link #finish()} or {@link #close()}
   */
  public void finish() throws IOException {
    requireOpen();
    json.finish();
    jsonOut.flush();
    rowsOut.flush();
    AtomicFiles.write(
        folder.resolve(PAGE),
        out -> {
          out.write(page.head().getBytes(StandardCharsets.UTF_8));
          Files.copy(rowsDraft, out);
          out.write(ReportPage.foot().getBytes(StandardCharsets.UTF_8));
        });
    AtomicFiles.write(folder.resolve(JSON), out -> Files.copy(jsonDraft, out));
    close();
  }

  private void requireOpen() {
    if (!open) {
      throw new IllegalStateException("the report is finished or closed");
    }
  }

  /**
   * Closes the report. If it was not finished, its drafts are thrown away.
   *
   * @throws IOException if a draft cannot be closed or deleted
   */
  @Override
  public void close() throws IOException {
    try (jsonOut;
        rowsOut) {
      open = false;
    } finally {
      Files.deleteIfExists(jsonDraft);
      Files.deleteIfExists(rowsDraft);
    }
  }

  /**
   * What a report says once, of all its results. Texts that do not apply are empty.
   *
   * <p>Immutable and safe to share between threads.
   *
   * @param title what was analyzed, such as the name of a folder
   * @param model name of the model that classified
   * @param segmenter name of what segmented
   * @param device what the models ran on, such as {@code cpu}
   * @param remark what the reader must know of all results
   */
  public record Facts(String title, String model, String segmenter, String device, String remark) {

    /**
     * Checks that all are there.
     *
     * @param title what was analyzed
     * @param model name of the model that classified
     * @param segmenter name of what segmented
     * @param device what the models ran on
     * @param remark what the reader must know of all results
     */
    public Facts {
      Objects.requireNonNull(title, "title");
      Objects.requireNonNull(model, "model");
      Objects.requireNonNull(segmenter, "segmenter");
      Objects.requireNonNull(device, "device");
      Objects.requireNonNull(remark, "remark");
    }

    /**
     * The facts of a model, without title, segmenter and remark.
     *
     * @param model name of the model that classified, empty if there is none
     * @param device what the model ran on, empty if there is no model
     * @return the facts
     */
    public static Facts ofModel(String model, String device) {
      return new Facts("", model, "", device, "");
    }

    /** Said in every report. */
    static final String NOTICE =
        "Not a medical device: for research and development, not for diagnosis or treatment."
            + " Classes and outlines can be wrong.";

    /** The version of the library, as the manifest of its jar says. */
    static String version() {
      String version = Facts.class.getPackage().getImplementationVersion();
      return version == null ? "development" : version;
    }
  }
}

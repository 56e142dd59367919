package io.github.brainimaging.core.report;

import io.github.brainimaging.core.explanation.Explanation;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.inference.Segmentation;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.internal.OptionalLibrary;
import io.github.brainimaging.core.io.PngImageWriter;
import io.github.brainimaging.core.pipeline.Analysis;
import io.github.brainimaging.core.pipeline.Outcome;
import io.github.brainimaging.core.work.AtomicFiles;
import io.github.brainimaging.core.work.OutputNames;
import io.github.brainimaging.core.work.Workers;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
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
 *       for every one that was explained, {@code heat-maps/NAME.png} (see {@link Overlay#heat});
 *       for masks with an uncertainty, its entropy in {@code uncertainty/NAME.png}. Names are made
 *       from the inputs', with "-" for the separators of folders; two of one name get a number.
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
 * <p>Results are written as they come, so memory does not grow with their number: pictures at once,
 * all else as lines of {@code .report.journal}, of which {@link #finish()} makes the JSON and the
 * HTML file, whole. The first result takes away the report of an earlier run, which would not fit
 * the new masks; {@link #finish()} deletes the files in the folders above that it named and no
 * report in the folder names any more, and nothing else. What a run that was killed, or closed
 * without {@link #finish()}, left can be taken up by {@link #resume}.
 *
 * <p>For one thread. Owned by who created it, closed by try-with-resources, safe to close twice.
 *
 * @since 0.1.0
 */
public final class ReportWriter implements AutoCloseable {

  static final String JSON = "report.json";
  static final String PAGE = "index.html";
  private static final String JOURNAL = ".report.journal";

  private final Path folder;
  private final Facts facts;
  private final Journal journal;
  private final EarlierReport earlier;
  private final ReportPage page;
  private final OutputNames names = new OutputNames();
  private final Workers<ResultLine> drawing;
  private int refused;
  private boolean open = true;

  private ReportWriter(Path folder, Facts facts, String run, int threads) throws IOException {
    this.folder = folder;
    this.facts = facts;
    earlier = new EarlierReport(folder, JSON, PAGE);
    drawing = new Workers<>(threads);
    page = new ReportPage(facts);
    journal = new ReportFolder(folder).open(JOURNAL, run, line -> keeps(ResultLine.of(line)));
  }

  /** Counts a result of an earlier run, if all of it is there. */
  private boolean keeps(ResultLine line) {
    if (!line.isWhole() || !new ReportFolder(folder).holds(line.files())) {
      return false;
    }
    count(line);
    if (line.named()) {
      String unused = names.next(line.input());
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
  public static ReportWriter create(Path folder, Facts facts, Collection<Path> inputs)
      throws IOException {
    return resume(folder, facts, inputs, "", 1);
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
   *     #size()} of them, the first ones. Where it is empty, the report begins anew
   * @param threads how many draw at the same time; with more than one, pictures are there when the
   *     report is finished, and what goes wrong with them is thrown by a later call
   * @return the writer, to be finished and closed
   * @throws IllegalArgumentException if an input lies where the report writes, or the number of
   *     threads is not positive
   * @throws IllegalStateException if Gson is not on the class path
   * @throws IOException if the folder cannot be made or written to, or another run writes its
   *     report there
   */
  public static ReportWriter resume(
      Path folder, Facts facts, Collection<Path> inputs, String run, int threads)
      throws IOException {
    OptionalLibrary.GSON.require();
    new ReportFolder(folder).requireFreeOf(inputs, JSON, PAGE);
    return new ReportWriter(folder, facts, run, threads);
  }

  /**
   * How many results the report has, those of an earlier run that were kept among them.
   *
   * @return their number; those that are still being drawn do not count
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
    return page.failed();
  }

  /**
   * How many inputs were out of the domain, also those of which something was said all the same.
   *
   * @return at most {@link #size()}
   */
  public int refused() {
    return refused;
  }

  /**
   * Takes away the report of an earlier run, with the files that it named and no report of volumes
   * in the folder names as well, and nothing else.
   *
   * @param folder where a report may be
   * @throws IOException if something cannot be removed
   */
  public static void remove(Path folder) throws IOException {
    new EarlierReport(folder, JSON, PAGE).remove();
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
    List<String> reports =
        List.of(JSON, JOURNAL, VolumeReportWriter.JSON, VolumeReportWriter.JOURNAL);
    return reports.stream().anyMatch(report -> Files.exists(folder.resolve(report)))
        ? new ReportFolder(folder).pictures()
        : List.of();
  }

  /**
   * Adds a result: its pictures and its line of the journal are written.
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
    boolean drawn = explanation != null || analysis.flatMap(Analysis::segmentation).isPresent();
    String file = drawn ? names.next(input) + ".png" : null;
    drawing.submit(() -> line(input, outcome, explanation, file));
    while (drawing.isFull()) {
      write(drawing.next());
    }
  }

  /** Draws a result; one that is too large to be drawn has failed. */
  private ResultLine line(
      String input,
      Outcome<Analysis> outcome,
      @Nullable Explanation explanation,
      @Nullable String file)
      throws IOException {
    try {
      return ResultLine.of(draw(input, outcome, explanation, file), file != null);
    } catch (OutOfMemoryError e) {
      IOException reason = new IOException("the heap is too small to draw it", e);
      Outcome<Analysis> failure = new Outcome.Failure<>(input, reason);
      return ResultLine.of(draw(input, failure, null, null), file != null);
    }
  }

  private ReportEntry draw(
      String input,
      Outcome<Analysis> outcome,
      @Nullable Explanation explanation,
      @Nullable String file)
      throws IOException {
    Optional<Analysis> analysis = outcome.analysis();
    String maskFile = null;
    String overlay = null;
    String heatMap = null;
    String doubtMap = null;
    MedicalImage gray = analysis.map(Analysis::image).map(DisplayGray::of).orElse(null);
    if (analysis.isPresent() && gray != null && file != null) {
      Optional<Segmentation> found = analysis.get().segmentation();
      if (explanation != null) {
        heatMap = ReportFolder.HEAT_MAPS + "/" + file;
        PngImageWriter.write(Overlay.heatGray(gray, explanation), folder.resolve(heatMap));
      }
      if (found.isPresent()) {
        var mask = found.get().mask();
        maskFile = ReportFolder.MASKS + "/" + file;
        overlay = ReportFolder.OVERLAYS + "/" + file;
        PngImageWriter.write(mask, folder.resolve(maskFile));
        PngImageWriter.write(Overlay.drawGray(gray, mask, Overlay.COLOR), folder.resolve(overlay));
        if (found.get().uncertainty().isPresent()) {
          doubtMap = ReportFolder.UNCERTAINTY + "/" + file;
          MedicalImage entropy = found.get().uncertainty().get().entropy();
          Explanation doubt = Explanation.of("entropy", "region", entropy);
          PngImageWriter.write(Overlay.heatGray(gray, doubt), folder.resolve(doubtMap));
        }
      }
    }
    var contours = analysis.map(ReportEntry::contours).orElse(List.of());
    return new ReportEntry(
        input, outcome, gray, maskFile, overlay, contours, explanation, heatMap, doubtMap);
  }

  private void write(ResultLine line) throws IOException {
    earlier.giveWayTo(journal);
    journal.add(line.toJson());
    count(line);
  }

  private void count(ResultLine line) {
    page.count(line);
    refused += line.refused() ? 1 : 0;
  }

  /**
   * Puts {@code report.json} and {@code index.html} in place and ends the report.
   *
   * @throws IOException if writing fails
   * @throws IllegalStateException after {@link #finish()} or {@link #close()}
   */
  public void finish() throws IOException {
    requireOpen();
    while (!drawing.isIdle()) {
      write(drawing.next());
    }
    earlier.giveWayTo(journal);
    AtomicFiles.write(
        folder.resolve(PAGE),
        html -> AtomicFiles.write(folder.resolve(JSON), json -> write(writer(html), writer(json))));
    earlier.removeRest();
    journal.delete();
    close();
  }

  /** In one reading of the journal. */
  private void write(Writer html, Writer json) throws IOException {
    html.write(page.head(VolumeList.in(folder)));
    ReportJson.write(json, facts, journal, html);
    html.write(ReportPage.foot());
    html.flush();
  }

  /** Not Files.newBufferedWriter, which refuses the half characters of some file names. */
  private static Writer writer(OutputStream out) {
    return new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
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
    drawing.close();
    journal.close();
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
  }
}

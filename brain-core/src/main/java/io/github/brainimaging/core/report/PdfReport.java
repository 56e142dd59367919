package io.github.brainimaging.core.report;

import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.Modality;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.inference.Segmentation;
import io.github.brainimaging.core.inference.SlicePrediction;
import io.github.brainimaging.core.internal.OptionalLibrary;
import io.github.brainimaging.core.measure.Change;
import io.github.brainimaging.core.pipeline.Analysis;
import io.github.brainimaging.core.pipeline.VolumeAnalysis;
import io.github.brainimaging.core.work.AtomicFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * The report of one analysis as PDF, to print, to send, or to store in an archive ({@link
 * io.github.brainimaging.core.io.DicomPdfWriter}): the facts of the scan, what was found and what
 * speaks against it, pictures with outlines and, of volumes, each lesion measured, three planes
 * through the largest one and the tumor probability over the slices.
 *
 * <p>A4, with text that can be searched; characters that its font (Liberation Sans, embedded:
 * Latin, Greek, Cyrillic) does not have become question marks. Holds no date and no times, so that
 * equal results give an equal file. Every page says that this is no medical device.
 *
 * <p>Needs Apache PDFBox, which this library does not bring along. Immutable and safe to share
 * between threads.
 *
 * @since 0.1.0
 */
public final class PdfReport {

  private static final int IN_ROW = 4;

  /** Columns of the lesions that a page is wide enough for: all but the box. */
  private static final int PRINTED = 7;

  private final byte[] bytes;

  private PdfReport(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * The report of a volume.
   *
   * @param input what to call the input
   * @param analysis what was found
   * @param facts what to say of the run
   * @return the report
   * @throws IllegalStateException if PDFBox is not on the class path
   * @throws IOException if it cannot be made
   */
  public static PdfReport of(String input, VolumeAnalysis analysis, ReportWriter.Facts facts)
      throws IOException {
    OptionalLibrary.PDFBOX.require();
    VolumeFindings findings = new VolumeFindings(analysis);
    try (PdfPages pages = new PdfPages("Brain volume: " + input)) {
      pages.text("Brain volume: " + input, PdfPages.TITLE);
      begin(pages, findings.headlines(), facts);
      for (VolumeFindings.Term fact : findings.facts()) {
        pages.term(fact.name(), fact.value());
      }
      if (analysis.prediction().isPresent()) {
        classes(pages, analysis.prediction().get());
      }
      if (!findings.lesions().isEmpty()) {
        pages.heading("Lesions");
        pages.row(LesionTable.COLUMNS.subList(0, PRINTED));
        for (int i = 0; i < findings.lesions().size(); i++) {
          pages.row(LesionTable.row(i + 1, findings.lesions().get(i)).subList(0, PRINTED));
        }
      }
      if (analysis.change().isPresent()) {
        Change change = analysis.change().get();
        pages.heading("Since " + change.earlier());
        pages.row(ChangeTable.COLUMNS);
        for (List<String> row : ChangeTable.rows(change)) {
          pages.row(row);
        }
        pages.text(ChangeTable.NOTE, PdfPages.PLAIN);
        pages.figures(findings.visits(change), 2);
      }
      if (!analysis.slices().isEmpty()) {
        pages.heading("Tumor probability of the slices");
        pages.bars(
            analysis.slices().stream().map(s -> s.prediction().tumorProbability()).toList(),
            analysis.slices().stream().map(SlicePrediction::isDecisive).toList());
        pages.text("In color: the slices that decide.", PdfPages.PLAIN);
      }
      List<VolumeFindings.Figure> planes = findings.planes();
      if (!planes.isEmpty()) {
        pages.heading("Through the largest lesion");
        pages.figures(planes, planes.size());
      }
      pages.heading("Slices, " + findings.plane());
      pages.figures(List.copyOf(findings.slices().values()), IN_ROW);
      return new PdfReport(pages.finish(ReportPage.NOTICE));
    }
  }

  /**
   * The report of an image.
   *
   * @param input what to call the input
   * @param analysis what was found
   * @param facts what to say of the run
   * @return the report
   * @throws IllegalStateException if PDFBox is not on the class path
   * @throws IOException if it cannot be made
   */
  public static PdfReport of(String input, Analysis analysis, ReportWriter.Facts facts)
      throws IOException {
    OptionalLibrary.PDFBOX.require();
    MedicalImage image = analysis.image();
    try (PdfPages pages = new PdfPages("Brain image: " + input)) {
      pages.text("Brain image: " + input, PdfPages.TITLE);
      begin(pages, headlines(analysis), facts);
      pages.term("size", image.width() + " \u00d7 " + image.height());
      if (image.spacing().isKnown()) {
        pages.term(
            "pixels",
            String.format(
                Locale.ROOT, "%.2f \u00d7 %.2f mm", image.spacing().x(), image.spacing().y()));
      }
      if (image.modality() != Modality.UNKNOWN) {
        pages.term("modality", ReportRow.words(image.modality()));
      }
      for (var fact : image.facts().facts()) {
        pages.term(fact.name(), fact.value() + " (" + fact.source() + ")");
      }
      for (String warning : image.warnings()) {
        pages.term("warning", warning);
      }
      pages.term("assessment", analysis.assessment().toString());
      for (String remark : analysis.remarks()) {
        pages.term("remark", remark);
      }
      if (analysis.prediction().isPresent()) {
        classes(pages, analysis.prediction().get());
      }
      pages.heading("Image");
      pages.figures(pictures(analysis), 2);
      return new PdfReport(pages.finish(ReportPage.NOTICE));
    }
  }

  private static void begin(
      PdfPages pages, List<VolumeFindings.Term> headlines, ReportWriter.Facts facts)
      throws IOException {
    pages.heading("Result");
    for (VolumeFindings.Term line : headlines) {
      pages.term(line.value(), line.name());
    }
    if (headlines.isEmpty()) {
      pages.term("none", "nothing was classified or segmented");
    }
    pages.heading("How it was made");
    for (VolumeFindings.Term fact :
        List.of(
            new VolumeFindings.Term("model", facts.model()),
            new VolumeFindings.Term("segmenter", facts.segmenter()),
            new VolumeFindings.Term("device", facts.device()),
            new VolumeFindings.Term("remark", facts.remark()))) {
      if (!fact.value().isEmpty()) {
        pages.term(fact.name(), fact.value());
      }
    }
    pages.heading("Facts");
  }

  private static void classes(PdfPages pages, Prediction prediction) throws IOException {
    pages.heading("Probability of each class");
    for (var each : prediction.probabilities().entrySet()) {
      pages.term(each.getKey(), String.format(Locale.ROOT, "%.3f", each.getValue()));
    }
  }

  private static List<VolumeFindings.Term> headlines(Analysis analysis) {
    List<VolumeFindings.Term> lines = new ArrayList<>();
    analysis
        .prediction()
        .ifPresent(
            said ->
                lines.add(
                    new VolumeFindings.Term(
                        String.format(Locale.ROOT, "%.1f %%", 100 * said.probability()),
                        said.label())));
    if (!analysis.assessment().answers()) {
      lines.add(new VolumeFindings.Term("no answer", "out of domain"));
    }
    analysis
        .segmentation()
        .ifPresent(found -> lines.add(new VolumeFindings.Term("region", area(found))));
    return lines;
  }

  private static String area(Segmentation found) {
    if (!found.found()) {
      return "nothing found";
    }
    return found.areaPixels()
        + " px"
        + (found.areaMm2().isPresent()
            ? String.format(Locale.ROOT, ", %.0f mm\u00b2", found.areaMm2().getAsDouble())
            : "");
  }

  private static List<VolumeFindings.Figure> pictures(Analysis analysis) {
    MedicalImage image = analysis.image();
    Mask none = Mask.empty(image.width(), image.height());
    int longest = Math.max(image.width(), image.height());
    List<VolumeFindings.Figure> pictures = new ArrayList<>();
    pictures.add(new VolumeFindings.Figure(Thumbnail.of(image, none, none, longest), "as it is"));
    analysis
        .segmentation()
        .ifPresent(
            found ->
                pictures.add(
                    new VolumeFindings.Figure(
                        Thumbnail.of(image, none, found.mask(), longest), "what was found")));
    return pictures;
  }

  /**
   * The file.
   *
   * @return a PDF file, as a copy
   */
  public byte[] toBytes() {
    return bytes.clone();
  }

  /**
   * Writes the file, whole or not at all. Folders are created as needed; a file that is there is
   * replaced.
   *
   * @param file the file to write
   * @throws IOException if writing fails
   */
  public void write(Path file) throws IOException {
    Objects.requireNonNull(file, "file");
    AtomicFiles.write(file, this::write);
  }

  /**
   * Writes it to a stream.
   *
   * @param out where to; not closed
   * @throws IOException if writing fails
   */
  public void write(OutputStream out) throws IOException {
    out.write(bytes);
    out.flush();
  }

  /** Its length. */
  @Override
  public String toString() {
    return "PdfReport[" + bytes.length + " bytes]";
  }
}

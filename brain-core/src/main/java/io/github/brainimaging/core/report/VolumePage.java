package io.github.brainimaging.core.report;

import io.github.brainimaging.core.explanation.Explanation;
import io.github.brainimaging.core.geometry.AnatomicalPlane;
import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.Modality;
import io.github.brainimaging.core.image.Orientation;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.image.VoxelSpacing;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.inference.SlicePrediction;
import io.github.brainimaging.core.inference.VolumeMaskUncertainty;
import io.github.brainimaging.core.inference.VolumeSegmentation;
import io.github.brainimaging.core.measure.Lesion;
import io.github.brainimaging.core.measure.Lesion.Diameters;
import io.github.brainimaging.core.pipeline.VolumeAnalysis;
import io.github.brainimaging.core.transform.spatial.Interpolation;
import io.github.brainimaging.core.transform.spatial.Resize;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The page of one volume: it needs nothing else. */
final class VolumePage {

  private static final int MONTAGE = 12;

  /** Of so many lesions, the slice with most is in the montage for sure. */
  private static final int SHOWN_LESIONS = 3;

  private final String input;
  private final VolumeAnalysis analysis;
  private final List<Lesion> lesions;
  private final PlaneView view;
  private final VolumeMask mask;
  private final Map<Integer, SlicePrediction> said = new HashMap<>();

  private VolumePage(
      String input, VolumeAnalysis analysis, List<Lesion> lesions, PlaneView acquired) {
    this.input = input;
    this.analysis = analysis;
    this.lesions = lesions;
    view = acquired;
    mask = view.turn(given(analysis));
    if (analysis.slices().stream().allMatch(slice -> slice.turnedTo().equals(orientation()))) {
      analysis.slices().forEach(slice -> said.put(slice.number(), slice));
    }
  }

  private Optional<Orientation> orientation() {
    return view.volume().affine().map(Affine::orientation);
  }

  private static VolumeMask given(VolumeAnalysis analysis) {
    return analysis
        .segmentation()
        .map(VolumeSegmentation::mask)
        .orElseGet(() -> VolumeMask.empty(analysis.volume().grid()));
  }

  /** The whole page. */
  static String of(
      String input,
      VolumeAnalysis analysis,
      List<Lesion> lesions,
      PlaneView acquired,
      ReportWriter.Facts facts)
      throws IOException {
    return new VolumePage(input, analysis, lesions, acquired).page(facts);
  }

  private String page(ReportWriter.Facts facts) throws IOException {
    StringBuilder body = new StringBuilder();
    body.append("<div class=\"summary\">").append(cards()).append("</div>\n");
    body.append(list());
    body.append(LabelRows.html(analysis.segmentation().flatMap(VolumeSegmentation::labels)));
    if (!analysis.slices().isEmpty()) {
      body.append("<h2>Tumor probability of the slices</h2>\n");
      body.append(SliceCurve.svg(analysis.slices()));
      body.append(
          "<p class=\"facts\">Filled: the slices that decide. Hollow: the model refuses to answer"
              + " or the slice says otherwise than the volume.</p>\n");
    }
    body.append("<h2>Slices, ").append(view.name()).append("</h2>\n<div class=\"montage\">\n");
    for (int slice : montage()) {
      body.append(figure(view, mask, slice, "slice " + slice + words(said.get(slice))));
    }
    body.append("</div>\n");
    if (!lesions.isEmpty()) {
      body.append(planes()).append(table());
    }
    if (doubt().isPresent()) {
      body.append(disagreement(doubt().get()));
    }
    return ReportPage.document("Brain volume: " + input, facts, body.toString());
  }

  private String cards() {
    StringBuilder cards = new StringBuilder();
    analysis
        .prediction()
        .ifPresentOrElse(
            said ->
                cards.append(
                    ReportPage.card(
                        said.label(),
                        String.format(Locale.ROOT, "%.1f %%", 100 * said.probability()))),
            () -> {
              if (!analysis.assessment().answers()) {
                cards.append(ReportPage.card("out of domain", "no answer"));
              }
            });
    if (!analysis.slices().isEmpty()) {
      long decisive = analysis.slices().stream().filter(SlicePrediction::isDecisive).count();
      cards.append(ReportPage.card(decisive + " of " + analysis.slices().size(), "slices decide"));
    }
    analysis
        .segmentation()
        .ifPresent(
            found -> {
              cards.append(
                  ReportPage.card(
                      found.mask().volumeMl().isPresent()
                          ? ml(found.mask().volumeMl().getAsDouble())
                          : found.mask().count() + " voxels",
                      "region"));
              cards.append(
                  ReportPage.card(
                      Integer.toString(lesions.size()),
                      lesions.size() == 1 ? "lesion" : "lesions"));
            });
    return cards.toString();
  }

  private static String ml(double milliliters) {
    return String.format(Locale.ROOT, "%.1f ml", milliliters);
  }

  private String list() {
    MedicalVolume volume = analysis.volume();
    StringBuilder list = new StringBuilder("<dl class=\"facts\">\n");
    term(list, "size", volume.width() + " \u00d7 " + volume.height() + " \u00d7 " + volume.depth());
    VoxelSpacing step = volume.spacing();
    term(
        list,
        "voxels",
        step.isKnown()
            ? String.format(
                Locale.ROOT, "%.2f \u00d7 %.2f \u00d7 %.2f mm", step.x(), step.y(), step.z())
            : "of unknown size");
    term(
        list,
        "orientation",
        volume.affine().map(affine -> affine.orientation().toString()).orElse("unknown"));
    if (volume.modality() != Modality.UNKNOWN) {
      term(list, "modality", ReportRow.words(volume.modality()));
    }
    volume
        .facts()
        .facts()
        .forEach(fact -> term(list, fact.name(), fact.value() + " (" + fact.source() + ")"));
    volume.warnings().forEach(warning -> term(list, "warning", warning));
    term(list, "assessment", analysis.assessment().toString());
    analysis.remarks().forEach(remark -> term(list, "remark", remark));
    doubt().ifPresent(known -> term(list, "region, several runs", words(known)));
    double seconds =
        analysis.milliseconds().values().stream().mapToDouble(Double::doubleValue).sum() / 1000;
    term(list, "time", String.format(Locale.ROOT, "%.1f s", seconds));
    list.append("</dl>\n");
    analysis.prediction().map(ReportRow::bars).ifPresent(list::append);
    return list.toString();
  }

  private Optional<VolumeMaskUncertainty> doubt() {
    return analysis.segmentation().flatMap(VolumeSegmentation::uncertainty);
  }

  private static String words(VolumeMaskUncertainty known) {
    String size =
        known.lowMl().isPresent() && known.highMl().isPresent()
            ? String.format(
                Locale.ROOT,
                "%.1f to %.1f ml",
                known.lowMl().getAsDouble(),
                known.highMl().getAsDouble())
            : String.format(Locale.ROOT, "%.0f to %.0f voxels", known.low(), known.high());
    return String.format(
        Locale.ROOT,
        "%s in nine tenths of %d runs, whose masks agree by a Dice of %.2f",
        size,
        known.runs(),
        known.agreement());
  }

  private static void term(StringBuilder list, String name, String value) {
    list.append("<dt>").append(name).append("</dt><dd>");
    list.append(ReportRow.escape(value)).append("</dd>\n");
  }

  private static String words(@Nullable SlicePrediction slice) {
    if (slice == null) {
      return "";
    }
    Prediction prediction = slice.prediction();
    return prediction.assessment().answers()
        ? String.format(
            Locale.ROOT,
            ", %s %.0f %%%s",
            prediction.label(),
            100 * prediction.probability(),
            slice.isDecisive() ? ", decides" : "")
        : ", refused";
  }

  /** Slices at equal distances over what was looked at, and those with most of a lesion. */
  private NavigableSet<Integer> montage() {
    int first = 0;
    int last = view.volume().depth() - 1;
    if (!said.isEmpty()) {
      TreeSet<Integer> asked = new TreeSet<>(said.keySet());
      first = asked.first();
      last = asked.last();
      for (Lesion lesion : lesions) {
        first = Math.min(first, lesion.firstSlice());
        last = Math.max(last, lesion.lastSlice());
      }
    }
    NavigableSet<Integer> shown = new TreeSet<>();
    for (int i = 0; i < MONTAGE; i++) {
      shown.add(first + (int) ((2L * i + 1) * (last - first + 1) / (2L * MONTAGE)));
    }
    lesions.stream().limit(SHOWN_LESIONS).forEach(lesion -> shown.add(lesion.fullestSlice()));
    return shown;
  }

  private static String figure(PlaneView view, VolumeMask turned, int slice, String caption)
      throws IOException {
    Resize square = square(view.slice(slice));
    MedicalImage image = square.apply(view.slice(slice));
    Mask found = Mask.above(square.apply(turned.slice(slice).toImage()), 127);
    Mask none = Mask.empty(image.width(), image.height());
    return figure(Thumbnail.of(image, none, found, Thumbnail.LONGEST_SIDE), caption);
  }

  /** To square pixels, so that lines are as thick everywhere. */
  private static Resize square(MedicalImage stored) {
    double wide = stored.spacing().isKnown() ? stored.spacing().x() / stored.spacing().y() : 1;
    return Resize.to(
            (int) Math.round(stored.width() * Math.max(1, wide)),
            (int) Math.round(stored.height() * Math.max(1, 1 / wide)))
        .withInterpolation(Interpolation.BILINEAR);
  }

  private static String figure(MedicalImage picture, String caption) throws IOException {
    return String.format(
        Locale.ROOT,
        "<figure>%s<figcaption>%s</figcaption></figure>%n",
        ReportRow.embedded(picture, caption, ""),
        ReportRow.escape(caption));
  }

  /** The slice with most doubt: bright where half of the runs say the one and half the other. */
  private String disagreement(VolumeMaskUncertainty known) throws IOException {
    MedicalVolume entropy = PlaneView.acquired(known.entropy()).volume();
    int slice = PlaneView.fullestSlice(VolumeMask.above(entropy, 0));
    Resize square = square(view.slice(slice));
    Explanation map = Explanation.of("entropy", "region", square.apply(entropy.slice(slice)));
    MedicalImage gray = DisplayGray.of(square.apply(view.slice(slice)));
    String caption = "slice " + slice + ", where the runs disagree about the region";
    return "<h2>Where the runs disagree</h2>\n<div class=\"montage\">\n"
        + figure(Thumbnail.of(gray, map), caption)
        + "</div>\n";
  }

  /** Three planes through the middle of the largest lesion. */
  private String planes() throws IOException {
    Lesion largest = lesions.get(0);
    if (largest.centroidMm().isEmpty()) {
      return "";
    }
    StringBuilder text = new StringBuilder("<h2>Through the largest lesion</h2>\n");
    text.append("<div class=\"planes\">\n");
    for (AnatomicalPlane plane : AnatomicalPlane.values()) {
      PlaneView across = PlaneView.of(analysis.volume(), plane);
      VolumeMask turned = across.turn(given(analysis));
      int slice = sliceOf(largest.centroidMm(), across.volume().grid());
      text.append(figure(across, turned, slice, across.name() + ", slice " + slice));
    }
    return text.append("</div>\n").toString();
  }

  private static int sliceOf(List<Double> place, VolumeGrid grid) {
    double[] voxel = grid.requireAffine().inverse().apply(place.get(0), place.get(1), place.get(2));
    return (int) Math.max(0, Math.min(grid.depth() - 1, Math.round(voxel[2])));
  }

  private String table() {
    StringBuilder text =
        new StringBuilder(
            "<h2>Lesions</h2>\n<div class=\"table\"><table><thead><tr><th>#</th><th>Volume</th>"
                + "<th>Diameter \u00d7 across it</th><th>In space</th><th>Middle (RAS, mm)</th>"
                + "<th>Slices</th></tr></thead><tbody>\n");
    for (int i = 0; i < lesions.size(); i++) {
      Lesion lesion = lesions.get(i);
      text.append(
          String.format(
              Locale.ROOT,
              "<tr><td>%d</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td>%d to %d</td></tr>%n",
              i + 1,
              lesion.volumeMl().isPresent()
                  ? ml(lesion.volumeMl().getAsDouble())
                  : lesion.voxels() + " voxels",
              lesion.diameters().map(VolumePage::inPlane).orElse("unknown"),
              lesion
                  .diameters()
                  .map(d -> String.format(Locale.ROOT, "%.1f mm", d.inSpace()))
                  .orElse("unknown"),
              place(lesion.centroidMm()),
              lesion.firstSlice(),
              lesion.lastSlice()));
    }
    return text.append("</tbody></table></div>\n").toString();
  }

  private static String inPlane(Diameters diameters) {
    return String.format(
        Locale.ROOT, "%.1f \u00d7 %.1f mm", diameters.inPlane(), diameters.perpendicular());
  }

  private static String place(List<Double> mm) {
    return mm.isEmpty()
        ? "unknown"
        : String.format(Locale.ROOT, "%.0f, %.0f, %.0f", mm.get(0), mm.get(1), mm.get(2));
  }
}

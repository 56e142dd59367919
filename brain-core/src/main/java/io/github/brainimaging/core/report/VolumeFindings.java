package io.github.brainimaging.core.report;

import io.github.brainimaging.core.explanation.Explanation;
import io.github.brainimaging.core.geometry.AnatomicalPlane;
import io.github.brainimaging.core.image.Affine;
import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.Modality;
import io.github.brainimaging.core.image.Orientation;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.image.VoxelSpacing;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.inference.SlicePrediction;
import io.github.brainimaging.core.inference.VolumeMaskUncertainty;
import io.github.brainimaging.core.inference.VolumeSegmentation;
import io.github.brainimaging.core.measure.Change;
import io.github.brainimaging.core.measure.Lesion;
import io.github.brainimaging.core.pipeline.VolumeAnalysis;
import io.github.brainimaging.core.transform.intensity.DisplayWindow;
import io.github.brainimaging.core.transform.spatial.Resize;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What is told of a volume, in words and pictures, whatever it is told on. */
final class VolumeFindings {

  private static final int MONTAGE = 12;

  /** Of so many lesions, the slice with most is in the montage for sure. */
  private static final int SHOWN_LESIONS = 3;

  /** Something that is told, by its name. */
  record Term(String name, String value) {}

  /** A picture of three channels, 0 to 255. */
  record Figure(MedicalImage picture, String caption) {}

  private final VolumeAnalysis analysis;
  private final List<Lesion> lesions;
  private final PlaneView view;
  private final VolumeMask given;
  private final VolumeMask mask;
  private final DisplayWindow window;
  private final Map<Integer, SlicePrediction> said = new HashMap<>();

  VolumeFindings(VolumeAnalysis analysis) {
    this.analysis = analysis;
    lesions = analysis.lesions();
    view = PlaneView.acquired(analysis.volume());
    given = given(analysis);
    mask = view.turn(given);
    window = DisplayGray.window(analysis.volume());
    if (analysis.slices().stream().allMatch(slice -> slice.turnedTo().equals(orientation()))) {
      analysis.slices().forEach(slice -> said.put(slice.number(), slice));
    }
  }

  private Optional<Orientation> orientation() {
    return view.volume().affine().map(Affine::orientation);
  }

  /** What was found; an empty mask where nothing was looked for. */
  private static VolumeMask given(VolumeAnalysis analysis) {
    return analysis
        .segmentation()
        .map(VolumeSegmentation::mask)
        .orElseGet(() -> VolumeMask.empty(analysis.volume().grid()));
  }

  VolumeAnalysis analysis() {
    return analysis;
  }

  List<Lesion> lesions() {
    return lesions;
  }

  /** The volume in the plane in which it was acquired. */
  PlaneView view() {
    return view;
  }

  /** What was found, on the grid of the volume as read. */
  VolumeMask given() {
    return given;
  }

  /** The same in the plane of {@link #view()}. */
  VolumeMask mask() {
    return mask;
  }

  /** What the gray values of all pictures are shown with. */
  DisplayWindow window() {
    return window;
  }

  /** The plane of the slices in words. */
  String plane() {
    return view.name();
  }

  /** The result in a few words, each with what it is. */
  List<Term> headlines() {
    List<Term> lines = new ArrayList<>();
    analysis
        .prediction()
        .ifPresentOrElse(
            said ->
                lines.add(
                    new Term(
                        String.format(Locale.ROOT, "%.1f %%", 100 * said.probability()),
                        said.label())),
            () -> {
              if (!analysis.assessment().answers()) {
                lines.add(new Term("no answer", "out of domain"));
              }
            });
    if (!analysis.slices().isEmpty()) {
      long decisive = analysis.slices().stream().filter(SlicePrediction::isDecisive).count();
      lines.add(new Term("slices decide", decisive + " of " + analysis.slices().size()));
    }
    analysis
        .segmentation()
        .ifPresent(
            found -> {
              lines.add(
                  new Term(
                      "region",
                      found.mask().volumeMl().isPresent()
                          ? LesionTable.ml(found.mask().volumeMl().getAsDouble())
                          : found.mask().count() + " voxels"));
              lines.add(
                  new Term(
                      lesions.size() == 1 ? "lesion" : "lesions",
                      Integer.toString(lesions.size())));
            });
    analysis
        .change()
        .filter(change -> change.volumeMl().percent().isPresent())
        .ifPresent(
            change ->
                lines.add(
                    new Term(
                        "region since " + change.earlier(),
                        ChangeTable.percent(change.volumeMl()))));
    return lines;
  }

  /** The facts of the scan, and what speaks against the result. */
  List<Term> facts() {
    MedicalVolume volume = analysis.volume();
    List<Term> list = new ArrayList<>();
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
    analysis.change().ifPresent(change -> visit(list, change));
    doubt().ifPresent(known -> term(list, "region, several runs", words(known)));
    return list;
  }

  private static void visit(List<Term> list, Change change) {
    String move = change.registration().rigid().words("mm");
    term(list, "earlier visit", change.earlier() + ", laid on this one: " + move);
    change.registration().doubts().forEach(doubt -> term(list, "earlier visit, doubtful", doubt));
  }

  private static void term(List<Term> list, String name, String value) {
    list.add(new Term(name, value));
  }

  /** How much several runs disagree; empty where there was one. */
  Optional<VolumeMaskUncertainty> doubt() {
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

  /** What was said of slices, by their numbers; empty where these are of another plane. */
  SortedMap<Integer, String> answers() {
    SortedMap<Integer, String> answers = new TreeMap<>();
    said.forEach((slice, answer) -> answers.put(slice, words(answer)));
    return answers;
  }

  /** Slices over all that was looked at, by their numbers, with what was found outlined. */
  SortedMap<Integer, Figure> slices() {
    SortedMap<Integer, Figure> figures = new TreeMap<>();
    for (int slice : montage()) {
      String caption = "slice " + slice + words(said.get(slice));
      figures.put(slice, figure(view, mask, slice, caption));
    }
    return figures;
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

  private Figure figure(PlaneView view, VolumeMask turned, int slice, String caption) {
    return figure(view, turned, slice, caption, window);
  }

  private static Figure figure(
      PlaneView view, VolumeMask turned, int slice, String caption, DisplayWindow window) {
    Resize square = view.square();
    MedicalImage gray = square.apply(DisplayGray.of(view.slice(slice), window));
    Mask found = Mask.above(square.apply(turned.slice(slice).toImage()), 127);
    Mask none = Mask.empty(gray.width(), gray.height());
    return new Figure(Thumbnail.outlined(gray, none, found, Thumbnail.LONGEST_SIDE), caption);
  }

  /** The slice with most doubt: bright where half of the runs say the one and half the other. */
  Figure disagreement(VolumeMaskUncertainty known) {
    MedicalVolume entropy = PlaneView.acquired(known.entropy()).volume();
    int slice = PlaneView.fullestSlice(VolumeMask.above(entropy, 0));
    Resize square = view.square();
    Explanation map = Explanation.of("entropy", "region", square.apply(entropy.slice(slice)));
    MedicalImage gray = square.apply(DisplayGray.of(view.slice(slice), window));
    String caption = "slice " + slice + ", where the runs disagree about the region";
    return new Figure(Thumbnail.of(gray, map), caption);
  }

  /** Three planes through the middle of the largest lesion; none if its place is not known. */
  List<Figure> planes() {
    if (lesions.isEmpty() || lesions.get(0).centroidMm().isEmpty()) {
      return List.of();
    }
    Lesion largest = lesions.get(0);
    List<Figure> figures = new ArrayList<>();
    for (AnatomicalPlane plane : AnatomicalPlane.values()) {
      PlaneView across = PlaneView.of(analysis.volume(), plane);
      VolumeMask turned = across.turn(given);
      int slice = across.sliceAt(largest.centroidMm());
      figures.add(figure(across, turned, slice, across.name() + ", slice " + slice));
    }
    return figures;
  }

  /** The same slice at the earlier visit and now, with most of the largest lesion. */
  List<Figure> visits(Change change) {
    MedicalVolume earlier = change.registration().aligned();
    VolumeMask before = view.turn(change.earlierMask());
    int slice = lesions.isEmpty() ? PlaneView.fullestSlice(before) : lesions.get(0).fullestSlice();
    return List.of(
        figure(
            PlaneView.acquired(earlier),
            before,
            slice,
            change.earlier() + ", where slice " + slice + " lies",
            DisplayGray.window(earlier)),
        figure(view, mask, slice, "now, slice " + slice));
  }
}

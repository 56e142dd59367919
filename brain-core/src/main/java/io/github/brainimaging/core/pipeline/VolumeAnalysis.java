package io.github.brainimaging.core.pipeline;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.inference.Assessment;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.inference.SlicePrediction;
import io.github.brainimaging.core.inference.VolumeSegmentation;
import io.github.brainimaging.core.measure.Atlas;
import io.github.brainimaging.core.measure.Change;
import io.github.brainimaging.core.measure.Lesion;
import io.github.brainimaging.core.measure.Visit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link VolumePipeline} says of one volume.
 *
 * <p>Holds the volume itself (4 bytes per sample). Where many volumes are analyzed, take what is
 * needed from each and let it go.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @since 0.1.0
 */
public final class VolumeAnalysis {

  private final Findings<MedicalVolume, VolumeSegmentation> findings;
  private final @Nullable Change change;

  /** Made when first asked for, since the midline is searched. */
  @GuardedBy("this")
  private @Nullable List<Lesion> lesions;

  VolumeAnalysis(Findings<MedicalVolume, VolumeSegmentation> findings) {
    this(findings, null);
  }

  private VolumeAnalysis(
      Findings<MedicalVolume, VolumeSegmentation> findings, @Nullable Change change) {
    this.findings = findings;
    this.change = change;
  }

  /**
   * The same with what became of the lesions since an earlier visit of the same patient ({@link
   * Visit#changeTo}), which the report then tells as well. Takes some ten seconds, since the heads
   * are registered.
   *
   * @param earlier what the same pipeline said of the earlier visit
   * @return with {@link #change()}; without it where in one of both no region was looked for, or
   *     the heads cannot be registered: one more of {@link #remarks()} then says why
   */
  public VolumeAnalysis since(VolumeAnalysis earlier) {
    Optional<VolumeSegmentation> before = earlier.segmentation();
    Optional<VolumeSegmentation> now = segmentation();
    if (before.isEmpty() || now.isEmpty()) {
      VolumeAnalysis lacks = now.isEmpty() ? this : earlier;
      String reason = lacks.assessment().answers() ? "" : " (" + lacks.assessment() + ")";
      return without(earlier, "no region was looked for in " + lacks.input() + reason);
    }
    try {
      Visit first = new Visit(earlier.input(), earlier.volume(), before.get().mask());
      Change found = first.changeTo(new Visit(input(), volume(), now.get().mask()));
      Findings<MedicalVolume, VolumeSegmentation> told = findings;
      for (String warning : earlier.volume().warnings()) {
        told = told.with(earlier.input() + ": " + warning);
      }
      return new VolumeAnalysis(told, found);
    } catch (IllegalArgumentException e) {
      return without(earlier, e.getMessage());
    }
  }

  /**
   * The same with the regions of an atlas in which the lesions lie, in words among {@link
   * #remarks()}. Takes up to a minute, since the heads are registered.
   *
   * @param atlas the atlas
   * @return with a remark for each of the five largest lesions and one that says how far to believe
   *     it; without a mask or with an empty one as it is; where the heads cannot be registered,
   *     with a remark that says why
   */
  public VolumeAnalysis within(Atlas atlas) {
    if (segmentation().filter(VolumeSegmentation::found).isEmpty()) {
      return this;
    }
    Findings<MedicalVolume, VolumeSegmentation> told = findings;
    try {
      Atlas.Places places = atlas.find(volume(), segmentation().get().mask());
      for (String sentence : places.sentences()) {
        told = told.with(sentence);
      }
    } catch (IllegalArgumentException e) {
      told = told.with("no region of the atlas is told: " + e.getMessage());
    }
    return new VolumeAnalysis(told, change);
  }

  private VolumeAnalysis without(VolumeAnalysis earlier, @Nullable String reason) {
    return new VolumeAnalysis(
        findings.with("the change since " + earlier.input() + " is not told: " + reason));
  }

  /**
   * What became of the lesions since an earlier visit.
   *
   * @return empty unless it was asked for by {@link #since}
   */
  public Optional<Change> change() {
    return Optional.ofNullable(change);
  }

  /**
   * Whether this is a volume that the models were made for, with the reasons if not. Where it is
   * out of the domain, there is no class and no mask, unless the pipeline insists.
   *
   * @return the worst of what the assessors and the classifiers say
   */
  public Assessment assessment() {
    return findings.assessment();
  }

  /**
   * The name of the input: the path of the file, or what the caller named the volume.
   *
   * @return as given
   */
  public String input() {
    return findings.input();
  }

  /**
   * The volume as read, before any preprocessing.
   *
   * @return the volume
   */
  public MedicalVolume volume() {
    return findings.image();
  }

  /**
   * The class with all probabilities: of several classifiers, what the last that ran says.
   *
   * @return empty if the pipeline has no classifier, or refused to answer
   */
  public Optional<Prediction> prediction() {
    return findings.prediction();
  }

  /**
   * What each classifier that ran says, in the order in which they ran: {@code classify}, then
   * {@code classify2} and so on where {@link VolumePipeline.Builder#classifyWhen} asked for it.
   *
   * @return an unmodifiable map: step -> prediction
   */
  public Map<String, Prediction> predictions() {
    return findings.predictions();
  }

  /**
   * What was said of each slice that was looked at, by the last classifier that looks at slices;
   * also where the volume as a whole is out of the domain.
   *
   * @return from the first slice to the last; empty if no classifier of slices ran
   */
  public List<SlicePrediction> slices() {
    return findings.slices();
  }

  /**
   * The region, on the grid of {@link #volume()}.
   *
   * @return empty if the pipeline has no segmenter, its condition did not hold, or it refused to
   *     answer
   */
  public Optional<VolumeSegmentation> segmentation() {
    return findings.found();
  }

  /**
   * The connected regions of the mask, measured, and where they lie to the midline. Found once,
   * when first asked for; takes up to some seconds, since the midline is searched.
   *
   * @return an unmodifiable list, the largest first; empty without a mask
   */
  public synchronized List<Lesion> lesions() {
    if (lesions == null) {
      lesions =
          change()
              .map(Change::after)
              .or(() -> segmentation().map(found -> Lesion.of(found.mask(), volume())))
              .orElse(List.of());
    }
    return lesions;
  }

  /**
   * Why there is no mask, or less of one than was drawn: what the pipeline and the segmenter say.
   *
   * @return an unmodifiable list, in words for people; empty where nothing is to be said
   */
  public List<String> remarks() {
    return findings.remarks();
  }

  /**
   * Whether there is a tumor: what {@link #prediction()} says; without a classifier, whether the
   * segmenter found something.
   *
   * @return true for a tumor; false also where {@link #assessment()} gives no answer
   */
  public boolean tumorPresent() {
    return prediction()
        .map(Prediction::isTumor)
        .orElseGet(() -> segmentation().filter(VolumeSegmentation::found).isPresent());
  }

  /**
   * The time that each step took, in the order in which they ran: {@code read} (where it was read),
   * the transforms by their names, {@code classify}, {@code segment}. A step that did not run is
   * not there.
   *
   * @return an unmodifiable map: step -> milliseconds
   */
  public Map<String, Double> milliseconds() {
    return findings.milliseconds();
  }

  /** Input, size and findings in one line, never the samples. */
  @Override
  public String toString() {
    return findings.describe(
        "VolumeAnalysis",
        volume().grid(),
        segmentation().map(found -> found.mask().toString()).orElse(null));
  }
}

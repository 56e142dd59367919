package io.github.brainimaging.core.pipeline;

import io.github.brainimaging.core.fusion.ImageFusion;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.core.io.MedicalVolumeReader;
import io.github.brainimaging.core.registration.Registration;
import io.github.brainimaging.core.registration.Registration.Aligned;
import io.github.brainimaging.core.transform.intensity.DisplayWindow;
import io.github.brainimaging.core.transform.intensity.Grayscale;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes of the MRI and the CT of one head what a pipeline analyzes, as P5 does: the CT is laid on
 * the MRI, cut to a window, and both are fused into one image, which is then classified.
 *
 * <pre>{@code
 * BrainPipeline pipeline = BrainPipeline.builder().classify(classifier).build();
 * CtFusion pair = CtFusion.withDefaults();
 * Analysis one = pipeline.analyze("case 1", pair.fuse(mri, ct));
 * pipeline
 *     .analyzeInputs(List.of(pair.slices(mriFile, ctFile)), Progress.none())
 *     .forEach(outcome -> log.info("{}", outcome));
 * }</pre>
 *
 * <p>The result lies on the grid of the MRI, is in [0, 1] and has an unknown modality, so that a
 * model made for MRI may find it doubtful. Its warnings are those of both images, how the CT was
 * moved, and what speaks against that ({@link Aligned#doubts}). Colors become gray.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @since 0.1.0
 */
public final class CtFusion {

  /** The usual window of radiology for a brain, in Hounsfield units. */
  private static final DisplayWindow BRAIN = DisplayWindow.linearExact(40, 80);

  private final @Nullable Registration registration;
  private final @Nullable DisplayWindow window;
  private final ImageFusion method;

  private CtFusion(
      @Nullable Registration registration, @Nullable DisplayWindow window, ImageFusion method) {
    this.registration = registration;
    this.window = window;
    this.method = method;
  }

  /**
   * Registered rigidly, the CT cut to 0 to 80 Hounsfield units unless it has a nominal maximum or
   * no sample below 0 (it was cut before), fused by the guided filter. The paper names no window
   * and no method.
   *
   * @return the fusion
   */
  public static CtFusion withDefaults() {
    return new CtFusion(Registration.withDefaults(), null, ImageFusion.guidedFilter());
  }

  /**
   * The same with another way to fuse.
   *
   * @param newMethod {@link ImageFusion#guidedFilter()} by default
   * @return a copy
   */
  public CtFusion withMethod(ImageFusion newMethod) {
    return new CtFusion(registration, window, Objects.requireNonNull(newMethod, "newMethod"));
  }

  /**
   * The same with another window of the CT, which then holds for every CT.
   *
   * @param newWindow in the unit of the CT's samples
   * @return a copy
   */
  public CtFusion withWindow(DisplayWindow newWindow) {
    return new CtFusion(registration, Objects.requireNonNull(newWindow, "newWindow"), method);
  }

  /**
   * The same with another registration.
   *
   * @param newRegistration {@link Registration#withDefaults()} by default
   * @return a copy
   */
  public CtFusion withRegistration(Registration newRegistration) {
    return new CtFusion(Objects.requireNonNull(newRegistration, "newRegistration"), window, method);
  }

  /**
   * The same for pairs that lie on one grid already.
   *
   * @return a copy
   */
  public CtFusion withoutRegistration() {
    return new CtFusion(null, window, method);
  }

  /**
   * Fuses two slices.
   *
   * @param mri stays where it is
   * @param ct the same slice in CT; without registration, on the grid of the MRI
   * @return the fused slice
   * @throws IllegalArgumentException if no place is found where they overlap by three tenths of the
   *     smaller one, only one spacing is known, an image is constant or has samples that are not
   *     finite, or, without registration, the sizes differ
   */
  public MedicalImage fuse(MedicalImage mri, MedicalImage ct) {
    MedicalImage grayMri = Grayscale.bt601().apply(mri);
    MedicalImage grayCt = Grayscale.bt601().apply(ct);
    List<String> warnings = warnings(mri.warnings(), ct.warnings());
    MedicalImage laid =
        registration == null
            ? grayCt
            : found(registration.align(grayMri, grayCt), mri.spacing().isKnown(), warnings);
    return method.fuse(grayMri, windowed(laid)).withWarnings(warnings);
  }

  /**
   * Fuses two volumes.
   *
   * @param mri stays where it is, gray
   * @param ct the same head in CT, gray; without registration, on the grid of the MRI
   * @return the fused volume
   * @throws IllegalArgumentException as of slices
   */
  public MedicalVolume fuse(MedicalVolume mri, MedicalVolume ct) {
    List<String> warnings = warnings(mri.warnings(), ct.warnings());
    MedicalVolume laid =
        registration == null
            ? ct
            : found(registration.align(mri, ct), mri.spacing().isKnown(), warnings);
    return method.fuse(mri, windowed(laid)).withWarnings(warnings);
  }

  /**
   * A pair of files of one slice as an input of a {@link BrainPipeline}.
   *
   * @param mri the file of the MRI, whose path is the input's name
   * @param ct the file of the CT
   * @return the input, read and fused when it is its turn
   */
  public NamedInput<MedicalImage> slices(Path mri, Path ct) {
    MedicalImageReader reader = MedicalImageReader.withDefaults();
    return new Pair<>(mri, ct, () -> fuse(reader.read(mri), reader.read(ct)));
  }

  /**
   * A pair of volumes as an input of a {@link VolumePipeline}.
   *
   * @param mri the file or folder of the MRI, whose path is the input's name
   * @param ct the file or folder of the CT
   * @return the input, read and fused when it is its turn
   */
  public NamedInput<MedicalVolume> volumes(Path mri, Path ct) {
    MedicalVolumeReader reader = MedicalVolumeReader.withDefaults();
    return new Pair<>(mri, ct, () -> fuse(reader.read(mri), reader.read(ct)));
  }

  /** Reads and fuses two files. */
  @FunctionalInterface
  private interface Source<T> {
    T read() throws IOException;
  }

  /** Two files that are one input. */
  private record Pair<T>(Path mri, Path ct, Source<T> source) implements NamedInput<T> {

    @Override
    public String name() {
      return mri.toString();
    }

    @Override
    public T read() throws IOException {
      try {
        return source.read();
      } catch (IllegalArgumentException e) {
        throw new IOException(ct + ": cannot be fused with " + mri + ": " + e.getMessage(), e);
      }
    }
  }

  private static List<String> warnings(List<String> ofMri, List<String> ofCt) {
    List<String> all = new ArrayList<>(ofMri);
    ofCt.forEach(warning -> all.add("CT: " + warning));
    return all;
  }

  /** The CT where it was laid; how, and what speaks against it, is added to the warnings. */
  private static <T> T found(Aligned<T> result, boolean inMm, List<String> warnings) {
    Arguments.require(
        result.measure() > 1,
        "ct must overlap mri by three tenths of the smaller one, found no such place");
    String unit = inMm ? "mm" : "pixels";
    warnings.add("the CT was laid on the MRI: " + result.rigid().words(unit));
    result.doubts().forEach(doubt -> warnings.add("doubtful place of the CT: " + doubt));
    return result.aligned();
  }

  private MedicalImage windowed(MedicalImage ct) {
    DisplayWindow shown = window(ct.nominalMaximum() > 0 ? 0 : ct.range()[0]);
    return shown == null ? ct : shown.apply(ct);
  }

  private MedicalVolume windowed(MedicalVolume ct) {
    DisplayWindow shown = window(ct.range()[0]);
    if (shown == null) {
      return ct;
    }
    MedicalImage column = MedicalImage.ofGray(ct.width(), ct.height() * ct.depth(), ct.samples());
    return ct.withSamples(shown.apply(column).samples());
  }

  /** Null where none was asked for and no sample is below 0, as that of air in Hounsfield units. */
  private @Nullable DisplayWindow window(float smallest) {
    return window == null && smallest < 0 ? BRAIN : window;
  }

  @Override
  public String toString() {
    return "CtFusion["
        + (registration == null ? "no registration" : registration)
        + ", window="
        + (window == null ? BRAIN + " where there are Hounsfield units" : window)
        + ", "
        + method
        + "]";
  }
}

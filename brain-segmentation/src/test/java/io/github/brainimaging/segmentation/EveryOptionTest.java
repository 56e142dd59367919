package io.github.brainimaging.segmentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.Spacing;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.image.VoxelSpacing;
import io.github.brainimaging.core.work.Progress;
import io.github.brainimaging.segmentation.filter.MedianFilter;
import io.github.brainimaging.segmentation.morphology.VolumeCleanUp;
import io.github.brainimaging.segmentation.skullstrip.SkullStripper;
import io.github.brainimaging.segmentation.skullstrip.SurfaceSkullStripper;
import io.github.brainimaging.segmentation.tumor.MarkovRefinement;
import io.github.brainimaging.segmentation.tumor.Polarity;
import io.github.brainimaging.segmentation.tumor.TumorSegmenter;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every {@code with...} method of the module's public types shows in what is done. */
class EveryOptionTest {

  private static final MedicalImage HEAD = HeadPhantom.of(100, 110, 0.25, Spacing.UNKNOWN).image();
  private static final MedicalImage DARK_LESION =
      HeadPhantom.of(100, 110, 0.25, 40, Spacing.UNKNOWN).image();
  private static final MedicalVolume BALLS = balls();

  /**
   * An option, and what it does.
   *
   * @param name type and method
   * @param before without it
   * @param after with it
   * @param observe what one of them does, a value with equality
   */
  private record Option(
      String name, Object before, Object after, Function<Object, Object> observe) {

    static <T> Option of(String name, T before, T after, Function<T, Object> observe) {
      @SuppressWarnings("unchecked")
      Function<Object, Object> any = object -> observe.apply((T) object);
      return new Option(name, before, after, any);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Option> options() {
    return Stream.of(skullStripping(), tumors(), refinement(), volumes()).flatMap(List::stream);
  }

  private static List<Option> skullStripping() {
    SkullStripper slices = SkullStripper.withDefaults();
    SurfaceSkullStripper surface = SurfaceSkullStripper.withDefaults();
    MedicalImage furrow = withFurrow(HEAD);
    // Counts what it is told, so that it shows in toString whether it was.
    CountingProgress progress = new CountingProgress();
    return List.of(
        Option.of(
            "SkullStripper.withTissueFraction",
            slices,
            slices.withTissueFraction(0.95),
            s -> s.extract(HEAD)),
        Option.of(
            "SkullStripper.withOpeningFraction",
            slices,
            slices.withOpeningFraction(0.2),
            s -> s.extract(HEAD)),
        Option.of(
            "SkullStripper.withClosingFraction",
            slices,
            slices.withClosingFraction(0.001),
            s -> s.extract(furrow)),
        Option.of(
            "SurfaceSkullStripper.withFraction",
            surface,
            surface.withFraction(0.95),
            s -> s.extract(BALLS)),
        Option.of(
            "SurfaceSkullStripper.withProgress",
            surface,
            surface.withProgress(progress),
            s -> {
              int before = progress.calls;
              return s.extract(BALLS).isEmpty() ? -1 : progress.calls - before;
            }));
  }

  private static List<Option> tumors() {
    TumorSegmenter segmenter = TumorSegmenter.withDefaults();
    return List.of(
        Option.of(
            "TumorSegmenter.withMedian",
            segmenter,
            segmenter.withMedian(MedianFilter.ofRadius(3)),
            s -> step(s, "median")),
        Option.of(
            "TumorSegmenter.withSkullStripper",
            segmenter,
            segmenter.withSkullStripper(SkullStripper.withDefaults().withTissueFraction(0.95)),
            s -> step(s, "brain")),
        Option.of(
            "TumorSegmenter.withPolarity",
            segmenter,
            segmenter.withPolarity(Polarity.DARK),
            s -> s.segment(DARK_LESION).mask()),
        Option.of(
            "TumorSegmenter.withRefinement",
            segmenter,
            segmenter.withRefinement(MarkovRefinement.withDefaults()),
            s -> s.explain(HEAD).stream().map(TumorSegmenter.Step::name).toList()));
  }

  private static MedicalImage step(TumorSegmenter segmenter, String name) {
    return segmenter.explain(HEAD).stream()
        .filter(step -> step.name().equals(name))
        .findFirst()
        .orElseThrow()
        .image();
  }

  private static List<Option> refinement() {
    MarkovRefinement refinement = MarkovRefinement.withDefaults();
    HeadPhantom head = HeadPhantom.of(100, 110, 0.25, Spacing.UNKNOWN);
    // Half of the lesion: the outline has far to go.
    boolean[] left = head.lesion().toArray();
    for (int i = 0; i < left.length; i++) {
      left[i] &= i % 100 < 33;
    }
    Mask start = Mask.wrap(100, 110, left);
    Function<MarkovRefinement, Object> observe = r -> r.refine(blurred(), start, head.brain());
    return List.of(
        Option.of("MarkovRefinement.withBeta", refinement, refinement.withBeta(20), observe),
        Option.of(
            "MarkovRefinement.withIterations", refinement, refinement.withIterations(1), observe),
        Option.of(
            "MarkovRefinement.withReachPixels",
            refinement,
            refinement.withReachPixels(10),
            observe));
  }

  /** Gray values that overlap, so that the neighbors matter. */
  private static MedicalImage blurred() {
    float[] samples = HEAD.samples();
    for (int i = 0; i < samples.length; i++) {
      samples[i] += (i * 7919 % 101) - 50;
    }
    return HEAD.withSamples(samples);
  }

  private static List<Option> volumes() {
    VolumeCleanUp cleanUp = VolumeCleanUp.withDefaults();
    VolumeMask mask = VolumeMask.above(BALLS, 120);
    return List.of(
        Option.of(
            "VolumeCleanUp.withOpening", cleanUp, cleanUp.withOpening(12), c -> c.apply(mask)),
        Option.of(
            "VolumeCleanUp.withMinimumVolume",
            cleanUp,
            cleanUp.withMinimumVolume(100_000),
            c -> c.apply(mask)));
  }

  @ParameterizedTest
  @MethodSource("options")
  void anOptionChangesTheDescriptionAndTheWork(Option option) {
    assertThat(option.after()).doesNotHaveToString(option.before().toString());
    assertThat(option.observe().apply(option.after()))
        .isNotEqualTo(option.observe().apply(option.before()));
  }

  @Test
  void noOptionIsWithoutACase() throws Exception {
    assertThat(optionsOfTheModule()).isEqualTo(new TreeSet<>(options().map(Option::name).toList()));
  }

  private static Set<String> optionsOfTheModule()
      throws IOException, URISyntaxException, ClassNotFoundException {
    Path classes =
        Path.of(TumorSegmenter.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Set<String> names = new TreeSet<>();
    try (Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
        String name =
            classes.relativize(file).toString().replace(file.getFileSystem().getSeparator(), ".");
        if (name.endsWith("-info.class") || name.contains(".internal.")) {
          continue;
        }
        Class<?> type = Class.forName(name.substring(0, name.length() - ".class".length()));
        if (Modifier.isPublic(type.getModifiers())) {
          Arrays.stream(type.getDeclaredMethods())
              .filter(EveryOptionTest::isOption)
              .forEach(method -> names.add(type.getSimpleName() + "." + method.getName()));
        }
      }
    }
    return names;
  }

  private static boolean isOption(Method method) {
    return method.getName().startsWith("with")
        && Modifier.isPublic(method.getModifiers())
        && !Modifier.isStatic(method.getModifiers());
  }

  private static final class CountingProgress implements Progress {

    private int calls;

    @Override
    public void advanced(String what, long done, long total) {
      calls++;
    }
  }

  /** A dark cleft from the top into the brain. */
  private static MedicalImage withFurrow(MedicalImage head) {
    float[] samples = head.samples();
    for (int y = 0; y < 40; y++) {
      for (int x = 48; x < 52; x++) {
        samples[y * head.width() + x] = 15;
      }
    }
    return head.withSamples(samples);
  }

  /** A bright ball in a gray one, voxels of 4 mm. */
  private static MedicalVolume balls() {
    int side = 40;
    float[] samples = new float[side * side * side];
    for (int i = 0; i < samples.length; i++) {
      double x = i % side - 20;
      double y = i / side % side - 20;
      double z = i / (side * side) - 20;
      double r = Math.sqrt(x * x + y * y + z * z);
      samples[i] = r < 3 ? 150 : (float) Math.max(0, 100 - 100 * Math.max(0, r - 12) / 7);
    }
    return MedicalVolume.of(
        VolumeGrid.ofSize(side, side, side).withSpacing(new VoxelSpacing(4, 4, 4)), samples);
  }
}

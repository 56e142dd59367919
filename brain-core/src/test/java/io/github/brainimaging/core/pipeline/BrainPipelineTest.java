package io.github.brainimaging.core.pipeline;

import static io.github.brainimaging.core.pipeline.FakeModels.ABOVE_HALF;
import static io.github.brainimaging.core.pipeline.FakeModels.BRIGHTNESS;
import static io.github.brainimaging.core.pipeline.FakeModels.constant;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.brainimaging.core.image.Mask;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.Spacing;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.inference.Segmentation;
import io.github.brainimaging.core.inference.Segmenter;
import io.github.brainimaging.core.io.ImageFormatException;
import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.core.transform.Transform;
import io.github.brainimaging.core.transform.spatial.Resize;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrainPipelineTest {

  private static final Transform HALVE =
      image -> {
        float[] samples = image.samples();
        for (int i = 0; i < samples.length; i++) {
          samples[i] /= 2;
        }
        return image.withSamples(samples);
      };

  private static final BrainPipeline FULL =
      BrainPipeline.builder()
          .classify(BRIGHTNESS)
          .segmentWhen(Prediction::isTumor, ABOVE_HALF)
          .build();

  @TempDir Path folder;

  @Test
  void aConditionMayLookAtTheImageThatTheSegmenterWouldSee() {
    MedicalImage bright = MedicalImage.ofGray(2, 1, new float[] {0.9f, 0.9f});
    BrainPipeline pipeline =
        BrainPipeline.builder()
            .step("halve", HALVE)
            .classify(BRIGHTNESS)
            .segmentWhen((image, last) -> image.get(0, 0) > 0.44f, ABOVE_HALF)
            .build();

    assertThat(pipeline.analyze(bright).segmentation()).isPresent();
    MedicalImage darker = MedicalImage.ofGray(2, 1, new float[] {0.8f, 0.8f});
    assertThat(pipeline.analyze(darker).segmentation()).isEmpty();
  }

  @Test
  void analyzesAFile() throws IOException {
    Path file = png("bright.png", 6, 4, 204);

    long start = System.nanoTime();
    Analysis analysis = FULL.analyze(file);
    double elapsed = (System.nanoTime() - start) / 1e6;

    assertThat(analysis.input()).isEqualTo(file.toString());
    assertThat(analysis.image()).isEqualTo(MedicalImageReader.withDefaults().read(file));
    assertThat(analysis.prediction()).hasValue(BRIGHTNESS.classify(analysis.image()));
    assertThat(analysis.segmentation().orElseThrow().areaPixels()).isEqualTo(24);
    assertThat(analysis.tumorPresent()).isTrue();
    assertThat(analysis.milliseconds().keySet()).containsExactly("read", "classify", "segment");
    assertThat(analysis.milliseconds().values()).allMatch(ms -> ms > 0);
    assertThat(analysis.milliseconds().values().stream().mapToDouble(ms -> ms).sum())
        .isLessThanOrEqualTo(elapsed);
    assertThat(analysis)
        .hasToString("Analysis[" + file + ", 6x4, glioma 0.8000, 24 pixels segmented]");
  }

  @Test
  void readsWithTheReaderThatWasGiven() throws IOException {
    Path file = png("bright.png", 6, 4, 204);
    BrainPipeline.Builder builder = BrainPipeline.builder().classify(BRIGHTNESS);
    BrainPipeline enough = builder.readWith(withMaximumPixels(24)).build();
    BrainPipeline tooFew = builder.readWith(withMaximumPixels(23)).build();

    assertThat(enough.analyze(file).prediction()).isPresent();
    assertThatThrownBy(() -> tooFew.analyze(file)).isInstanceOf(ImageFormatException.class);
  }

  private static MedicalImageReader withMaximumPixels(long pixels) {
    return MedicalImageReader.withDefaults().withMaximumPixels(pixels);
  }

  @Test
  void segmentsOnlyWhereTheConditionHolds() {
    Analysis analysis = FULL.analyze(constant(5, 3, 20));

    assertThat(analysis.tumorPresent()).isFalse();
    assertThat(analysis.segmentation()).isEmpty();
    assertThat(analysis.milliseconds().keySet()).containsExactly("classify");
    assertThat(analysis.input()).isEmpty();
  }

  @Test
  void segmentsWithoutAClassifier() {
    BrainPipeline pipeline = BrainPipeline.builder().segment(ABOVE_HALF).build();

    assertThat(pipeline.analyze("dark", constant(5, 3, 20)).tumorPresent()).isFalse();
    Analysis bright = pipeline.analyze("bright", constant(5, 3, 200));
    assertThat(bright.tumorPresent()).isTrue();
    assertThat(bright.prediction()).isEmpty();
    assertThat(bright.input()).isEqualTo("bright");
  }

  @Test
  void letsTheClassDecideWhetherThereIsATumorEvenIfNothingIsFound() {
    Segmenter blind =
        image -> new Segmentation(Mask.empty(image.width(), image.height()), image.spacing());
    BrainPipeline pipeline = BrainPipeline.builder().classify(BRIGHTNESS).segment(blind).build();

    assertThat(pipeline.analyze(constant(4, 4, 200)).tumorPresent()).isTrue();
    assertThat(pipeline.analyze(constant(4, 4, 20)).tumorPresent()).isFalse();
  }

  @Test
  void runsStepsInTheOrderGivenAndKeepsTheInputImage() {
    MedicalImage image = constant(4, 4, 200);
    BrainPipeline pipeline =
        BrainPipeline.builder()
            .preprocess(HALVE, HALVE)
            .classify(BRIGHTNESS)
            .step("halve again", HALVE)
            .segment(i -> new Segmentation(Mask.above(i, 24.9f), i.spacing()))
            .build();

    Analysis analysis = pipeline.analyze(image);

    assertThat(analysis.prediction().orElseThrow().probability("glioma"))
        .isEqualTo(50 / 255.0, within(1e-9));
    assertThat(analysis.segmentation().orElseThrow().areaPixels()).isEqualTo(16);
    assertThat(analysis.milliseconds().keySet())
        .containsExactly("preprocess", "classify", "halve again", "segment");
    assertThat(analysis.image()).isSameAs(image);
  }

  @Test
  void measuresInTheSpacingOfTheInputEvenIfAStepLosesIt() {
    BrainPipeline pipeline =
        BrainPipeline.builder()
            .step("forget", i -> MedicalImage.wrap(i.width(), i.height(), 1, i.samples()))
            .segment(ABOVE_HALF)
            .build();

    Analysis analysis =
        pipeline.analyze(constant(4, 4, 200).withSpacing(Spacing.ofMillimeters(0.5)));

    assertThat(analysis.segmentation().orElseThrow().areaMm2()).hasValue(4);
  }

  @Test
  void refusesWhenBuiltAStepThatTakesTheMaskOffTheGrid() {
    assertThatThrownBy(
            () ->
                BrainPipeline.builder()
                    .step("shrink", Resize.to(64, 64))
                    .segment(ABOVE_HALF)
                    .build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("step 'shrink' must keep the grid")
        .hasMessageEndingWith("it made 64 x 64 of 131 x 113");
  }

  @Test
  void refusesAStepThatLeavesTheGridOnlyOfSomeImages() {
    Transform resizeRgbOnly =
        image -> {
          if (image.channels() != 3) {
            throw new IllegalArgumentException("image must have 3 channels, got 1");
          }
          return Resize.to(2, 2).apply(image);
        };
    BrainPipeline pipeline =
        BrainPipeline.builder().preprocess(resizeRgbOnly).segment(ABOVE_HALF).build();

    assertThatThrownBy(() -> pipeline.analyze(MedicalImage.of(3, 3, 3, new float[27])))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("it made 2 x 2 of 3 x 3");
  }

  @Test
  void letsTransformsChangeTheSizeWhereNoMaskDependsOnIt() {
    BrainPipeline classifyOnly =
        BrainPipeline.builder().preprocess(Resize.to(8, 8)).classify(BRIGHTNESS).build();
    BrainPipeline segmentFirst =
        BrainPipeline.builder()
            .segment(ABOVE_HALF)
            .preprocess(Resize.to(8, 8))
            .classify(BRIGHTNESS)
            .build();

    assertThat(classifyOnly.analyze(constant(4, 4, 200)).tumorPresent()).isTrue();
    assertThat(segmentFirst.analyze(constant(4, 4, 200)).segmentation().orElseThrow().areaPixels())
        .isEqualTo(16);
  }

  @Test
  void refusesAMaskOfAnotherSize() {
    BrainPipeline pipeline =
        BrainPipeline.builder()
            .segment(image -> new Segmentation(Mask.empty(2, 2), image.spacing()))
            .build();

    assertThatThrownBy(() -> pipeline.analyze(constant(4, 3, 0)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("step 'segment' must give a mask on the grid of the image = 4 x 3, got 2 x 2");
  }

  @Test
  void isCheckedWhenItIsBuilt() {
    assertThatThrownBy(() -> BrainPipeline.builder().build())
        .hasMessage("a pipeline needs a classifier or a segmenter: call classify or segment");
    assertThatThrownBy(() -> BrainPipeline.builder().segmentWhen(Prediction::isTumor, ABOVE_HALF))
        .hasMessage("segmentWhen needs a classifier before it: call classify");
    assertThatThrownBy(() -> BrainPipeline.builder().classify(BRIGHTNESS).classify(BRIGHTNESS))
        .hasMessage("a pipeline has one classifier, not two: give others to classifyWhen");
    assertThatThrownBy(() -> BrainPipeline.builder().segment(ABOVE_HALF).segment(ABOVE_HALF))
        .hasMessage("a pipeline has one segmenter, not two");
    assertThatThrownBy(
            () -> BrainPipeline.builder().classify(BRIGHTNESS).step("late", HALVE).build())
        .hasMessage("step 'late' comes after the last step that would use it");
    assertThatThrownBy(() -> BrainPipeline.builder().step("read", HALVE))
        .hasMessage("name must not be in use yet, got 'read'");
    assertThatThrownBy(() -> BrainPipeline.builder().preprocess(HALVE).preprocess(HALVE))
        .hasMessage(
            "name must not be in use yet, got 'preprocess':"
                + " give all transforms to one call, or name each by step");
    assertThatThrownBy(() -> BrainPipeline.builder().step(" ", HALVE))
        .hasMessage("name must not be blank, got ' '");
    assertThatThrownBy(() -> BrainPipeline.builder().preprocess())
        .hasMessage("transforms must be at least one, got none");
  }

  @Test
  void keepsTheFailureOfAFileAndGoesOn() throws IOException {
    Path text = Files.writeString(folder.resolve("text.png"), "no image");
    List<Path> files =
        List.of(png("1.png", 3, 3, 200), text, folder.resolve("absent.png"), png("2.png", 3, 3, 9));

    List<Outcome<Analysis>> outcomes = FULL.analyzeAll(files).toList();

    assertThat(outcomes)
        .extracting(Outcome::input)
        .containsExactlyElementsOf(files.stream().map(Path::toString).toList());
    assertThat(outcomes)
        .extracting(o -> o.analysis().isPresent())
        .containsExactly(true, false, false, true);
    assertThat(outcomes.get(1).error().orElseThrow())
        .startsWith(ImageFormatException.class.getSimpleName())
        .contains("text.png");
    assertThat(outcomes.get(2).error())
        .hasValue("NoSuchFileException: " + folder.resolve("absent.png"));
    assertThat(outcomes.get(0).error()).isEmpty();
  }

  @Test
  void keepsTheExceptionsOfAModelAsFailures() throws IOException {
    BrainPipeline broken =
        BrainPipeline.builder()
            .segment(
                image -> {
                  throw new NullPointerException();
                })
            .build();

    Outcome<Analysis> outcome = broken.analyzeAll(List.of(png("1.png", 3, 3, 1))).toList().get(0);

    assertThat(outcome.error()).hasValue("NullPointerException");
  }

  @Test
  void goesOnAfterAnImageThatIsTooLargeForTheHeap() throws IOException {
    BrainPipeline exhausted =
        BrainPipeline.builder()
            .segment(
                image -> {
                  if (image.width() > 3) {
                    throw new OutOfMemoryError("Java heap space");
                  }
                  return new Segmentation(Mask.empty(3, 3), image.spacing());
                })
            .build();

    List<Outcome<Analysis>> outcomes =
        exhausted.analyzeAll(List.of(png("1.png", 4, 4, 1), png("2.png", 3, 3, 1))).toList();

    assertThat(outcomes.get(0).error().orElseThrow())
        .contains("1.png")
        .contains("the heap is too small");
    assertThat(outcomes.get(1).analysis()).isPresent();
  }

  @Test
  void doesNotSwallowOtherErrors() throws IOException {
    BrainPipeline broken =
        BrainPipeline.builder()
            .segment(
                image -> {
                  throw new StackOverflowError("test");
                })
            .build();
    Stream<Outcome<Analysis>> outcomes = broken.analyzeAll(List.of(png("1.png", 3, 3, 1)));

    assertThatThrownBy(outcomes::toList).isInstanceOf(StackOverflowError.class);
  }

  @Test
  void endsTheBatchWhenTheThreadIsInterrupted() throws IOException {
    List<Path> files = List.of(png("1.png", 3, 3, 1), png("2.png", 3, 3, 1), png("3.png", 3, 3, 1));
    List<Integer> done = new ArrayList<>();
    Stream<Outcome<Analysis>> outcomes =
        FULL.analyzeAll(
            files,
            (file, n, total) -> {
              done.add((int) n);
              if (n == 2) {
                Thread.currentThread().interrupt();
              }
            });

    assertThatThrownBy(outcomes::toList)
        .isInstanceOf(CancellationException.class)
        .hasMessage("interrupted after " + files.get(1));
    assertThat(done).containsExactly(1, 2);
    // Also clears the state for the tests that follow.
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void isLazyAndTellsItsProgress() throws IOException {
    List<Path> files = List.of(png("1.png", 3, 3, 1), png("2.png", 3, 3, 1), png("3.png", 3, 3, 1));
    List<String> progress = new ArrayList<>();

    assertThat(
            FULL.analyzeAll(
                    files,
                    (file, done, total) ->
                        progress.add(done + "/" + total + " " + Path.of(file).getFileName()))
                .limit(2)
                .toList())
        .hasSize(2);

    assertThat(progress).containsExactly("1/3 1.png", "2/3 2.png");
  }

  @Test
  void keepsTheOrderInParallel() throws IOException {
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      files.add(png(i + ".png", 3, 3, i));
    }

    assertThat(FULL.analyzeAll(files).parallel().map(Outcome::input).toList())
        .containsExactlyElementsOf(files.stream().map(Path::toString).toList());
  }

  private Path png(String name, int width, int height, int value) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < width * height; i++) {
      image.getRaster().setSample(i % width, i / width, 0, value);
    }
    Path file = folder.resolve(name);
    assertThat(ImageIO.write(image, "png", file.toFile())).isTrue();
    return file;
  }

  @Test
  @SuppressWarnings("NullAway")
  void namesTheStepThatGaveNull() {
    MedicalImage image = FakeModels.constant(4, 4, 200);
    BrainPipeline segmenting = BrainPipeline.builder().segment(any -> null).build();
    assertThatThrownBy(() -> segmenting.analyze(image))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("step 'segment' gave null");
    BrainPipeline transforming =
        BrainPipeline.builder().step("mine", any -> null).classify(FakeModels.BRIGHTNESS).build();
    assertThatThrownBy(() -> transforming.analyze(image))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("step 'mine' gave null");
  }
}

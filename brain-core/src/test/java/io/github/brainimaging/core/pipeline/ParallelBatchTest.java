package io.github.brainimaging.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.io.PngImageWriter;
import io.github.brainimaging.core.work.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A batch of which several images are analyzed at a time. */
@Timeout(60)
class ParallelBatchTest {

  private static final int COUNT = 24;

  @TempDir Path folder;
  private final List<Path> files = new ArrayList<>();

  @BeforeEach
  void writeImages() throws IOException {
    for (int i = 0; i < COUNT; i++) {
      Path file = folder.resolve(i + ".png");
      PngImageWriter.write(FakeModels.constant(4, 3, i).withNominalMaximum(255), file);
      files.add(file);
    }
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Test
  void analyzesAsManyAtATimeAsAskedForInTheirOrder() {
    CountDownLatch three = new CountDownLatch(3);
    Set<Boolean> met = ConcurrentHashMap.newKeySet();
    List<String> told = new ArrayList<>();
    BrainPipeline pipeline =
        BrainPipeline.builder()
            .step(
                "meet",
                image -> {
                  three.countDown();
                  met.add(await(three));
                  return image;
                })
            .classify(FakeModels.BRIGHTNESS)
            .build()
            .withParallelism(3);

    List<String> inputs =
        pipeline
            .analyzeAll(files, (what, done, total) -> told.add(what + " " + done))
            .map(Outcome::input)
            .toList();

    assertThat(met).containsExactly(true);
    assertThat(inputs).containsExactlyElementsOf(files.stream().map(Path::toString).toList());
    assertThat(told).hasSize(COUNT).first().isEqualTo(files.get(0) + " 1");
    assertThat(pipeline.toString()).endsWith(", 3 at a time]");
  }

  @Test
  void anImageThatNeedsTheHeapForItselfIsAnalyzedAlone() {
    AtomicInteger active = new AtomicInteger();
    AtomicInteger tries = new AtomicInteger();
    AtomicInteger beside = new AtomicInteger();
    BrainPipeline pipeline =
        BrainPipeline.builder()
            .step(
                "large",
                image -> {
                  int now = active.incrementAndGet();
                  try {
                    if (image.get(0, 0) == 5) {
                      beside.set(now - 1);
                      if (tries.incrementAndGet() == 1) {
                        throw new OutOfMemoryError("Java heap space");
                      }
                    }
                    return image;
                  } finally {
                    active.decrementAndGet();
                  }
                })
            .classify(FakeModels.BRIGHTNESS)
            .build()
            .withParallelism(4);

    assertThat(pipeline.analyzeAll(files)).allMatch(o -> o.analysis().isPresent());
    assertThat(tries.get()).isEqualTo(2);
    assertThat(beside.get()).isZero();
  }

  @Test
  void anImageThatIsTooLargeEvenAloneIsARow() {
    BrainPipeline pipeline =
        BrainPipeline.builder()
            .step("large", ParallelBatchTest::tooLarge)
            .classify(FakeModels.BRIGHTNESS)
            .build()
            .withParallelism(4);

    List<Outcome<Analysis>> outcomes = pipeline.analyzeAll(files).toList();

    assertThat(outcomes).filteredOn(o -> o.analysis().isPresent()).hasSize(COUNT - 1);
    assertThat(outcomes.get(5).error().orElseThrow())
        .endsWith("5.png: the heap is too small for this image");
  }

  private static MedicalImage tooLarge(MedicalImage image) {
    if (image.get(0, 0) == 5) {
      throw new OutOfMemoryError("Java heap space");
    }
    return image;
  }

  @Test
  void makesSomethingOfEachOutcomeInTheThreadThatAnalyzedIt() {
    Set<String> threads = ConcurrentHashMap.newKeySet();
    BrainPipeline pipeline =
        BrainPipeline.builder().classify(FakeModels.BRIGHTNESS).build().withParallelism(2);

    List<String> made =
        pipeline
            .analyzeAll(
                files,
                Progress.none(),
                outcome -> {
                  threads.add(Thread.currentThread().getName());
                  return Path.of(outcome.input()).getFileName().toString();
                })
            .toList();

    assertThat(made).hasSize(COUNT).startsWith("0.png", "1.png", "2.png");
    assertThat(threads).containsExactly("brain-worker");
  }

  @Test
  void refusesToAnalyzeNoneAtATime() {
    BrainPipeline pipeline = BrainPipeline.builder().classify(FakeModels.BRIGHTNESS).build();

    assertThatThrownBy(() -> pipeline.withParallelism(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("parallelism must be positive");
  }
}

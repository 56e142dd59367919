package io.github.brainimaging.core.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.brainimaging.core.image.MedicalImage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What holds for every model of images, whatever it answers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ModelContract {

  private static final int THREADS = 4;

  /** Two images or more, with different answers. */
  protected abstract List<MedicalImage> images();

  /** Asks the model, and gives something with equality. */
  abstract Object ask(MedicalImage image);

  @Test
  void leavesTheImagesAsTheyAre() {
    for (MedicalImage image : images()) {
      MedicalImage before = image.withSamples(image.samples());

      assertThat(ask(image)).isNotNull();

      assertThat(image).isEqualTo(before);
    }
  }

  @Test
  void givesTheSameTwiceAndNotTheSameToAll() {
    List<Object> answers = images().stream().map(this::ask).toList();

    assertThat(images().stream().map(this::ask).toList()).isEqualTo(answers);
    assertThat(answers).hasSizeGreaterThan(1).doesNotHaveDuplicates();
  }

  @Test
  void isSharedByThreadsWithoutMixingUpTheirAnswers() throws Exception {
    List<Object> expected = images().stream().map(this::ask).toList();
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<Object>> answers = new ArrayList<>();
      for (int i = 0; i < 2 * THREADS * expected.size(); i++) {
        MedicalImage image = images().get(i % expected.size());
        answers.add(pool.submit(() -> ask(image)));
      }
      for (int i = 0; i < answers.size(); i++) {
        assertThat(answers.get(i).get()).isEqualTo(expected.get(i % expected.size()));
      }
    } finally {
      pool.shutdownNow();
    }
  }
}

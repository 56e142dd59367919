package io.github.brainimaging.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.brainimaging.core.inference.Assessment;
import io.github.brainimaging.core.inference.Assessment.Verdict;
import io.github.brainimaging.core.inference.Prediction;
import io.github.brainimaging.core.work.Progress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What both doors of the pipeline do and refuse alike. */
abstract class PipelineContract {

  /** What a made-up step or segmenter does. */
  enum Gives {
    SAME_GRID,
    A_MASK,
    OTHER_GRID,
    NOTHING,
    NO_MEMORY,
    AN_ERROR
  }

  /** One of the two builders, with made-up models. */
  interface Door {
    Door step(String name, Gives what);

    Door assess(Assessment assessment);

    Door insist();

    Door classify(Prediction prediction);

    Door classify(List<String> labels, double... probabilities);

    /** A classifier that breaks its promise. */
    Door classifyNothing();

    Door classifyWhen(Predicate<Prediction> condition, List<String> labels, double... all);

    Door segment(Gives what);

    Door segmentWhen(Predicate<Prediction> condition, Gives what);

    Door keepWhen(Predicate<Prediction> condition);

    Ready build();
  }

  /** What was built, run on a made-up input. */
  interface Ready {
    Found analyze();

    /** As many inputs as names; one called "damaged" cannot be read. */
    Stream<? extends Outcome<?>> analyzeAll(List<String> names, Progress progress);
  }

  /** What an analysis says. */
  record Found(
      Assessment assessment,
      Map<String, Prediction> predictions,
      boolean segmented,
      List<String> steps,
      boolean found,
      List<String> remarks) {}

  static final List<String> SCREENING = List.of("tumor", "normal");
  private static final List<String> TYPES = List.of("glioma", "meningioma");

  abstract Door door();

  private Door segmenting() {
    return door().segment(Gives.SAME_GRID);
  }

  @Test
  void runsTheStepsInTheirOrder() {
    Found found =
        door()
            .step("first", Gives.SAME_GRID)
            .classify(SCREENING, 0.9, 0.1)
            .step("second", Gives.SAME_GRID)
            .segmentWhen(Prediction::isTumor, Gives.SAME_GRID)
            .build()
            .analyze();

    assertThat(found.steps()).containsExactly("first", "classify", "second", "segment");
    assertThat(found.segmented()).isTrue();
  }

  @Test
  void asksForTheTypeOfWhatTheScreeningFoundOnly() {
    Found tumor =
        door()
            .classify(SCREENING, 0.9, 0.1)
            .classifyWhen(Prediction::isTumor, TYPES, 0.3, 0.7)
            .build()
            .analyze();
    Found normal =
        door()
            .classify(SCREENING, 0.1, 0.9)
            .classifyWhen(Prediction::isTumor, TYPES, 0.3, 0.7)
            .build()
            .analyze();

    assertThat(tumor.predictions().keySet()).containsExactly("classify", "classify2");
    assertThat(tumor.predictions().values())
        .extracting(Prediction::label)
        .containsExactly("tumor", "meningioma");
    assertThat(normal.predictions().keySet()).containsExactly("classify");
  }

  @Test
  void segmentsOnlyWhereTheConditionHolds() {
    Found found =
        door()
            .classify(SCREENING, 0.1, 0.9)
            .segmentWhen(Prediction::isTumor, Gives.SAME_GRID)
            .build()
            .analyze();

    assertThat(found.segmented()).isFalse();
    assertThat(found.steps()).containsExactly("classify");
    assertThat(found.remarks()).containsExactly("not segmented: the class is normal (0.900)");
  }

  @Test
  void leavesOutAMaskThatIsNotBelieved() {
    Door steps =
        door()
            .classify(SCREENING, 0.6, 0.4)
            .segment(Gives.A_MASK)
            .keepWhen(prediction -> prediction.probability() > 0.7);

    Found left = steps.build().analyze();
    Found insisted = steps.insist().build().analyze();
    Found kept = steps.keepWhen(Prediction::isTumor).build().analyze();
    Found empty =
        door()
            .classify(SCREENING, 0.6, 0.4)
            .segment(Gives.SAME_GRID)
            .keepWhen(any -> false)
            .build()
            .analyze();

    assertThat(left.segmented()).isTrue();
    assertThat(left.found()).isFalse();
    assertThat(left.remarks()).singleElement().asString().contains("tumor (0.600)", "left out 1 ");
    assertThat(List.of(kept, insisted)).allMatch(f -> f.found() && f.remarks().isEmpty());
    assertThat(empty.remarks()).isEmpty();
  }

  private static final Assessment REFUSED =
      new Assessment(Verdict.OUT_OF_DOMAIN, List.of("the file says CT"));
  private static final Assessment DOUBTED =
      new Assessment(Verdict.DOUBTFUL, List.of("another sequence"));

  @Test
  void claimsNothingOfAnInputOutOfTheDomain() {
    Found found =
        door()
            .assess(REFUSED)
            .step("mine", Gives.SAME_GRID)
            .classify(SCREENING, 0.9, 0.1)
            .segment(Gives.SAME_GRID)
            .build()
            .analyze();

    assertThat(found.assessment()).isEqualTo(REFUSED);
    assertThat(found.predictions()).isEmpty();
    assertThat(found.segmented()).isFalse();
    assertThat(found.steps()).containsExactly("assess");
  }

  @Test
  void asksNoSecondAssessorAfterARefusal() {
    Found found =
        door().assess(REFUSED).assess(DOUBTED).classify(SCREENING, 1, 0).build().analyze();

    assertThat(found.assessment()).isEqualTo(REFUSED);
  }

  @Test
  void believesTheClassifierThatItShouldNotBeAsked() {
    Prediction refused = Prediction.of(SCREENING, 0.9, 0.1).withAssessment(REFUSED);
    Door steps = door().classify(refused).segmentWhen(Prediction::isTumor, Gives.SAME_GRID);

    Found found = steps.build().analyze();
    Found insisted = steps.insist().build().analyze();

    assertThat(found.assessment()).isEqualTo(REFUSED);
    assertThat(found.predictions()).isEmpty();
    assertThat(found.segmented()).isFalse();
    assertThat(insisted.assessment()).isEqualTo(REFUSED);
    assertThat(insisted.predictions()).containsEntry("classify", refused);
    assertThat(insisted.segmented()).isTrue();
  }

  @Test
  void answersWithADoubt() {
    Prediction doubted = Prediction.of(SCREENING, 0.9, 0.1).withAssessment(DOUBTED);

    Found found = door().assess(Assessment.inDomain()).classify(doubted).build().analyze();

    assertThat(found.assessment()).isEqualTo(DOUBTED);
    assertThat(found.predictions()).containsEntry("classify", doubted);
  }

  @Test
  void refusesToAssessWhatWasClassifiedAlready() {
    assertThatThrownBy(() -> door().classify(SCREENING, 1, 0).assess(DOUBTED))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("assess must come before");
  }

  @Test
  void namesTheStepThatGaveNothing() {
    assertThatThrownBy(
            () -> door().step("mine", Gives.NOTHING).classify(SCREENING, 1, 0).build().analyze())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("step 'mine' gave null");
    assertThatThrownBy(() -> door().segment(Gives.NOTHING).build().analyze())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("step 'segment' gave null");
    assertThatThrownBy(() -> door().classifyNothing().build().analyze())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("step 'classify' gave null");
  }

  @Test
  void refusesAMaskOnAnotherGrid() {
    assertThatThrownBy(() -> door().segment(Gives.OTHER_GRID).build().analyze())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("step 'segment' must give a mask on the grid of the");
  }

  @Test
  void refusesAStepThatLosesTheGridBeforeASegmenter() {
    assertThatThrownBy(
            () -> door().step("crop", Gives.OTHER_GRID).segment(Gives.SAME_GRID).build().analyze())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("step 'crop' must keep the");
    assertThatCode(
            () -> door().step("crop", Gives.OTHER_GRID).classify(SCREENING, 1, 0).build().analyze())
        .doesNotThrowAnyException();
  }

  @Test
  void refusesWhatCannotRun() {
    assertThatThrownBy(() -> door().build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("needs a classifier or a segmenter");
    assertThatThrownBy(() -> door().segmentWhen(Prediction::isTumor, Gives.SAME_GRID))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("segmentWhen needs a classifier");
    assertThatThrownBy(() -> door().classifyWhen(Prediction::isTumor, TYPES, 1, 0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("classifyWhen needs a classifier");
    assertThatThrownBy(() -> segmenting().keepWhen(Prediction::isTumor))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("keepWhen needs a classifier");
    assertThatThrownBy(() -> door().classify(SCREENING, 1, 0).keepWhen(Prediction::isTumor))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("keepWhen needs a segmenter");
    assertThatThrownBy(() -> door().classify(SCREENING, 1, 0).classify(TYPES, 1, 0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("one classifier, not two");
    assertThatThrownBy(() -> segmenting().segment(Gives.SAME_GRID))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("one segmenter, not two");
    assertThatThrownBy(() -> segmenting().step("late", Gives.SAME_GRID).build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("'late' comes after the last step");
  }

  @Test
  void refusesLabelsAndNamesThatSayNothing() {
    assertThatThrownBy(() -> door().classify(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("labels of the classifier");
    assertThatThrownBy(() -> door().classify(List.of("a", "a"), 1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("labels of the classifier");
    for (String name : List.of("read", "segment", "classify", "classify2")) {
      assertThatThrownBy(() -> door().step(name, Gives.SAME_GRID))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("name must not be in use yet, got '" + name + "'");
    }
    assertThatThrownBy(() -> door().step("a", Gives.SAME_GRID).step("a", Gives.SAME_GRID))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> door().step(" ", Gives.SAME_GRID))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("name must not be blank, got ' '");
  }

  @Test
  void aFailureIsAnOutcomeAndTheNextInputFollows() throws IOException {
    List<String> told = new ArrayList<>();
    List<? extends Outcome<?>> outcomes =
        segmenting()
            .build()
            .analyzeAll(
                List.of("a", "damaged", "b"),
                (what, done, total) -> told.add(what + " " + done + "/" + total))
            .toList();

    assertThat(outcomes).extracting(Outcome::input).containsExactly("a", "damaged", "b");
    assertThat(outcomes)
        .extracting(outcome -> outcome.analysis().isPresent())
        .containsExactly(true, false, true);
    assertThat(outcomes.get(1).error()).hasValue("IOException: damaged: no image");
    assertThat(told).containsExactly("a 1/3", "damaged 2/3", "b 3/3");
  }

  @Test
  void anExceptionAndAHeapThatIsTooSmallAreFailuresToo() {
    assertThat(only(door().segment(Gives.AN_ERROR)).error())
        .hasValue("IllegalArgumentException: no");
    assertThat(only(door().segment(Gives.NO_MEMORY)).error().orElseThrow())
        .contains("a: the heap is too small for this")
        .doesNotContain("Java heap space");
  }

  private static Outcome<?> only(Door door) {
    return door.build().analyzeAll(List.of("a"), Progress.none()).toList().get(0);
  }

  @Test
  void aProgressThatCancelsEndsTheBatch() {
    Progress once =
        new Progress() {
          @Override
          public void advanced(String what, long done, long total) {}

          @Override
          public boolean isCancelled() {
            return true;
          }
        };
    Stream<? extends Outcome<?>> outcomes =
        segmenting().build().analyzeAll(List.of("a", "b"), once);

    assertThatThrownBy(outcomes::toList)
        .isInstanceOf(CancellationException.class)
        .hasMessage("cancelled after a");
  }

  @Test
  void anInterruptEndsTheBatchAndStays() {
    Progress interrupting = (what, done, total) -> Thread.currentThread().interrupt();
    Stream<? extends Outcome<?>> outcomes =
        segmenting().build().analyzeAll(List.of("a", "b"), interrupting);

    assertThatThrownBy(outcomes::toList).isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
  }
}

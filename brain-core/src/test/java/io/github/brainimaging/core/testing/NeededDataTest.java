package io.github.brainimaging.core.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

class NeededDataTest {

  private final Throwable skipped = new TestAbortedException("no such file: head.nii");

  @Test
  void whereDataIsRequiredItsAbsenceIsAFailure() {
    assertThat(NeededData.judged(skipped, Set.of("data"), true))
        .isInstanceOf(AssertionError.class)
        .hasMessage("data is missing: no such file: head.nii");
  }

  @Test
  void elsewhereASkipStaysOneAndAFailureToo() {
    Throwable wrong = new AssertionError("wrong");

    assertThat(NeededData.judged(skipped, Set.of("data"), false)).isSameAs(skipped);
    assertThat(NeededData.judged(skipped, Set.of(), true)).isSameAs(skipped);
    assertThat(NeededData.judged(wrong, Set.of("data"), true)).isSameAs(wrong);
  }
}

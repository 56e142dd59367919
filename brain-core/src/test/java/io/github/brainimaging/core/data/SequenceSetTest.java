package io.github.brainimaging.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SequenceSetTest {

  /** Slices named by patient and number; a capital letter is a slice with a tumor. */
  private static DataSet slices(String... patients) {
    List<DataSet.LabeledFile> files = new ArrayList<>();
    for (int p = 0; p < patients.length; p++) {
      for (int i = 0; i < patients[p].length(); i++) {
        int label = Character.isUpperCase(patients[p].charAt(i)) ? 1 : 0;
        files.add(new DataSet.LabeledFile(Path.of(p + "-" + i), label, "patient " + p));
      }
    }
    return new DataSet(List.of("notumor", "tumor"), files);
  }

  private static List<String> names(SequenceSet set) {
    return set.sequences().stream().map(s -> s.slices() + " " + s.label()).toList();
  }

  @Test
  void cutsEachPatientIntoSlabs() {
    assertThat(names(SequenceSet.slabs(slices("aaAaa", "bb"), 2, 2)))
        .containsExactly("[0-0, 0-1] 0", "[0-2, 0-3] 1", "[0-4] 0", "[1-0, 1-1] 0");
  }

  @Test
  void slabsMayOverlapButNotRepeat() {
    assertThat(names(SequenceSet.slabs(slices("aaaA"), 3, 1)))
        .containsExactly("[0-0, 0-1, 0-2] 0", "[0-1, 0-2, 0-3] 1");
  }

  @Test
  void spreadsSlicesOverEachPatient() {
    assertThat(names(SequenceSet.spread(slices("aaaaaA", "bB"), 3)))
        .containsExactly("[0-1, 0-3, 0-5] 1", "[1-0, 1-1] 1");
  }

  @Test
  void keepsThePatientOfEachSequence() {
    assertThat(SequenceSet.slabs(slices("aa", "bb"), 2, 2).sequences())
        .extracting(SequenceSet.Sequence::group)
        .containsExactly("patient 0", "patient 1");
  }

  @Test
  void balancesTheClasses() {
    SequenceSet set = SequenceSet.slabs(slices("aaaA"), 1, 1);

    assertThat(set.balancedWeights()).containsExactly(4.0 / (2 * 3), 4.0 / (2 * 1));
    SequenceSet healthy = SequenceSet.slabs(slices("aa"), 1, 1);
    assertThatThrownBy(healthy::balancedWeights)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tumor must have a sequence");
  }

  @Test
  void rejectsSlicesOfNobodyAndLengthsOutOfRange() {
    DataSet anonymous =
        new DataSet(List.of("a", "b"), List.of(new DataSet.LabeledFile(Path.of("x"), 0, "")));
    assertThatThrownBy(() -> SequenceSet.slabs(anonymous, 2, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must each have a group");
    assertThatThrownBy(() -> SequenceSet.slabs(slices("aa"), 0, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("length must be positive");
    assertThatThrownBy(() -> SequenceSet.slabs(slices("aa"), 2, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("step must be positive");
    assertThatThrownBy(() -> SequenceSet.spread(slices("aa"), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("count must be positive");
  }
}

package io.github.brainimaging.models.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.brainimaging.core.inference.Assessment;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClinicalColumnsTest {

  private static Map<String, String> row(String age, String sex) {
    return Map.of("age", age, "sex", sex, "passed over", "x");
  }

  /** Ages 20, 40 and 60 with one missing: mean 40, deviation 20 sqrt(2/3). */
  private static ClinicalColumns fitted() {
    return ClinicalColumns.fit(
        List.of(row("20", "m"), row("", "f"), row("60", "f"), row("40", "m")),
        List.of("age"),
        List.of("sex"));
  }

  @Test
  void aNumberBecomesItsDistanceFromTheMeanAndACategoryOneOfItsLevels() {
    double deviation = 20 * Math.sqrt(2.0 / 3);

    assertThat(fitted().columns())
        .containsExactly(
            new ClinicalColumns.Quantity("age", 40, deviation, 1),
            new ClinicalColumns.Category("sex", List.of("f", "m"), 0));
    float[] values = fitted().encode(row(" 50.0 ", "m"));
    assertThat(values).hasSize(fitted().size()).hasSize(4);
    assertThat(values[0]).isCloseTo((float) (10 / deviation), within(1e-6f));
    assertThat(values).endsWith(0, 0, 1);
    assertThat(fitted().assess(row("50", "m"))).isEqualTo(Assessment.inDomain());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "NA", "n/a", "NaN"})
  void whatIsMissingHasAValueOfItsOwnIfTheTrainingKnewItAndIsToldAnyway(String nothing) {
    assertThat(fitted().encode(row(nothing, "f"))).containsExactly(0, 1, 1, 0);
    Assessment age = fitted().assess(row(nothing, "f"));
    assertThat(age.verdict()).isEqualTo(Assessment.Verdict.IN_DOMAIN);
    assertThat(age.reasons()).containsExactly("age is missing");

    assertThat(fitted().encode(row("40", nothing))).containsExactly(0, 0, 0, 0);
    Assessment sex = fitted().assess(row("40", nothing));
    assertThat(sex.verdict()).isEqualTo(Assessment.Verdict.DOUBTFUL);
    assertThat(sex.reasons()).containsExactly("sex is missing, and never was in the training");

    assertThat(fitted().assess(row(nothing, nothing)).reasons()).hasSize(2);
  }

  @Test
  void aNumberFarFromTheTrainingIsDoubtful() {
    assertThat(fitted().assess(row("500", "f")))
        .hasToString("doubtful: age lies 28 deviations from the mean of the training");
    assertThat(fitted().assess(row("-40", "f"))).isEqualTo(Assessment.inDomain());
  }

  @Test
  void wrongRowsAreRefusedWithColumnFoundAndExpected() {
    assertThatThrownBy(() -> fitted().encode(Map.of("Age", "44", "sex", "m")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "row must have the column 'age' (empty where it is not known),"
                + " got the columns [Age, sex]");
    assertThatThrownBy(() -> fitted().encode(row("forty", "m")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("column 'age' must hold a number, got 'forty'");
    assertThatThrownBy(() -> fitted().encode(row("1e999", "m")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("column 'age' must be finite, got Infinity");
    assertThatThrownBy(() -> fitted().assess(row("44", "d")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("column 'sex' must hold one of [f, m], got 'd'");
  }

  @Test
  void columnsThatTellNothingAreRefused() {
    List<Map<String, String>> same = List.of(row("44", "m"), row("44", "m"));
    assertThatThrownBy(() -> ClinicalColumns.fit(same, List.of("age"), List.of()))
        .hasMessage(
            "column 'age' must have different values in the rows to learn from, got '44' only");
    assertThatThrownBy(() -> ClinicalColumns.fit(same, List.of(), List.of("sex")))
        .hasMessageContaining("column 'sex' must have different values");
    assertThatThrownBy(() -> ClinicalColumns.fit(List.of(row("", "m")), List.of("age"), List.of()))
        .hasMessageContaining("got none");
    assertThatThrownBy(() -> ClinicalColumns.fit(same, List.of("sex", "sex"), List.of()))
        .hasMessage("column 'sex' must hold a number, got 'm'");
    assertThatThrownBy(
            () ->
                new ClinicalColumns(
                    List.of(
                        new ClinicalColumns.Quantity("a", 0, 1, 0),
                        new ClinicalColumns.Category("a", List.of("x", "y"), 0))))
        .hasMessage("columns must have another name each, got [a, a]");
    assertThatThrownBy(() -> new ClinicalColumns.Category("a", List.of("x", "NA"), 0))
        .hasMessageContaining("levels of a must be at least two, each once and none of them empty");
    assertThatThrownBy(() -> new ClinicalColumns.Quantity("a", 0, 0, 0))
        .hasMessage("deviation of a must be positive, got 0.0");
    assertThatThrownBy(() -> new ClinicalColumns.Quantity("a", 0, 1, -1))
        .hasMessage("missing of a must not be negative, got -1");
  }

  private static ModelCard.Builder card() {
    return ModelCard.builder(
        "fused", ModelInput.ofSize(8, 1), Activation.SOFTMAX, List.of("low", "high"));
  }

  @Test
  void aCardKeepsThem() {
    ModelCard card = card().clinical(fitted()).build();

    assertThat(ModelCard.fromJson(card.toJson())).isEqualTo(card);
    assertThat(ModelCard.fromJson(card.toJson()).clinical().encode(row("33", "f")))
        .isEqualTo(fitted().encode(row("33", "f")));
    assertThat(card().build().toJson()).doesNotContain("clinical");
  }

  @Test
  void aCardRefusesWhatItCannotMean() {
    assertThatThrownBy(() -> card().clinical(fitted()).task(Task.SEGMENTATION).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("clinical must be empty for SEGMENTATION");
    String json = card().clinical(fitted()).build().toJson();
    assertThatThrownBy(() -> ModelCard.fromJson(json.replace("\"mean\"", "\"median\"")))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("key 'mean' is missing");
    assertThatThrownBy(() -> ModelCard.fromJson(json.replaceAll("\"clinical\": ", "$0 3, \"c\":")))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("clinical must be an array, got 3");
  }
}

package io.github.brainimaging.examples.cli.option;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.brainimaging.core.inference.SecondOpinion;
import io.github.brainimaging.models.onnx.OnnxClassifier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class OpinionOptionTest {

  private static final OnnxClassifier CLASSIFIER = OnnxClassifier.embedded();

  @AfterAll
  static void close() {
    CLASSIFIER.close();
  }

  @Command
  private static final class Asking {
    @Mixin private final OpinionOption opinion = new OpinionOption();
    @Mixin private final ModelOptions model = new ModelOptions();
  }

  private static OpinionOption.Opened open(String... arguments) {
    Asking asking = new Asking();
    new CommandLine(asking).parseArgs(arguments);
    return asking.opinion.open(CLASSIFIER, asking.model, 1);
  }

  @Test
  void theEmbeddedClassifierHasASecondOpinion() {
    for (String[] usual : new String[][] {{}, {"--model", "embedded"}}) {
      try (OpinionOption.Opened opened = open(usual)) {
        assertThat(opened.second()).isNotNull();
        assertThat(opened.classifier()).isInstanceOf(SecondOpinion.class);
      }
    }
  }

  @Test
  void otherModelsHaveOneWhereItIsWanted() {
    try (OpinionOption.Opened opened = open("--model", "mine.onnx")) {
      assertThat(opened.second()).isNull();
    }
    try (OpinionOption.Opened opened = open("--model", "mine.onnx", "--second-opinion")) {
      assertThat(opened.classifier()).isInstanceOf(SecondOpinion.class);
    }
  }

  @Test
  void withoutOneTheClassifierAnswersAlone() {
    try (OpinionOption.Opened opened = open("--no-second-opinion")) {
      assertThat(opened.second()).isNull();
      assertThat(opened.classifier()).isSameAs(CLASSIFIER);
    }
  }
}

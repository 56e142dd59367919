package io.github.brainimaging.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

class UsageTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path folder;

  private int run(Object... arguments) {
    return Commands.run(out, err, arguments);
  }

  @Test
  void aWrongOptionIsOneErrorAndTheWayToMore() {
    assertThat(run("train", "--nosuch")).isEqualTo(2);

    assertThat(err.toString().lines()).hasSizeLessThan(6);
    assertThat(err.toString()).contains("--nosuch", "brain train --help explains it.");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void aMisspelledOptionIsNamedAndTheRightOneProposed() {
    assertThat(run("analyze", "x.png", "--output", "d")).isEqualTo(2);

    assertThat(err.toString()).contains("'--output'", "Possible solutions: --out");
  }

  @Test
  void aMisspelledCommandIsProposed() {
    assertThat(run("analyse")).isEqualTo(2);

    assertThat(err.toString()).contains("Did you mean: brain analyze", "brain --help");
  }

  @Test
  void helpExplainsACommand() {
    assertThat(run("help", "analyze")).isZero();

    assertThat(out.toString()).contains("Usage: brain analyze");
  }

  @Test
  void commandsAreListedInGroupsAndNoneIsMissing() {
    assertThat(run("help")).isZero();

    assertThat(out.toString())
        .containsSubsequence(
            "Run:", "analyze", "Measure:", "Train:", "Models:", "Files:", "About:", "doctor");
    for (String name : Brain.commandLine().getSubcommands().keySet()) {
      assertThat(out.toString()).containsPattern("(?m)^  " + name + " ");
    }
    assertThat(out.toString().lines()).allMatch(line -> line.length() <= 80);
  }

  @Test
  void anAtSignIsPartOfAName() throws IOException {
    Files.writeString(folder.resolve("list"), "--help");

    assertThat(run("info", "@" + folder.resolve("list"))).isEqualTo(1);

    assertThat(err.toString()).contains("no such file");
  }

  @Test
  void numbersOutOfRangeAndEndingsOfPicturesAreRefused() {
    assertThat(run("segment", "x.png", "--out", folder, "--minimum-score", 7)).isEqualTo(2);
    assertThat(run("convert", "x.nii", "--out", folder.resolve("a.jpg"))).isEqualTo(2);

    assertThat(err.toString())
        .contains("--minimum-score must be 0 to 1, got 7.0", ".nii, .nii.gz, .hdr, .img or .nrrd");
    assertThat(folder.resolve("a.jpg")).doesNotExist();
  }

  static Stream<CommandLine> commands() {
    return Brain.commandLine().getSubcommands().values().stream();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void helpFitsATerminalAndBreaksBetweenWordsOnly(CommandLine command) {
    String text = command.getUsageMessage(CommandLine.Help.Ansi.OFF);

    assertThat(text.lines()).allMatch(line -> line.length() <= 80);
    assertThat(text).contains("Usage: brain ");
    List<String> words = List.of(text.split("\\s+"));
    for (OptionSpec option : command.getCommandSpec().options()) {
      String label = option.arity().max() == 0 ? "" : "=" + option.paramLabel();
      assertThat(words).anyMatch(word -> word.contains(label));
      assertThat(option.description()).as("one text, of which no line is indented").hasSize(1);
      String told = option.description()[0].replace("%%", "%").replaceAll("\\S*[$]\\{.*?}\\S*", "");
      assertThat(words).contains(told.strip().split("\\s+"));
    }
  }

  @Test
  void theFirstLineOfHelpNamesWhatMustBeGiven() {
    assertThat(run("help", "segment")).isZero();
    assertThat(run("help", "train")).isZero();
    assertThat(run("help", "fuse")).isZero();

    assertThat(out.toString())
        .contains(
            "Usage: brain segment INPUT... --out=DIR [OPTIONS]",
            "Usage: brain train --out=DIR --data=DIR|LIST.csv [OPTIONS]",
            "Usage: brain fuse --mri=FILE --ct=FILE --out=FILE [OPTIONS]");
  }

  @Test
  void papersAreExplainedWhereTheyAreNamed() {
    assertThat(run("architectures")).isZero();

    assertThat(out.toString()).contains("P1's CNN", "P1  DNN, CNN, ResNet-50: Int. J. Circuits");
  }
}

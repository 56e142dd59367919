package io.github.brainimaging.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
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

  /** Each element of the array is a paragraph: it must not end where a line of the source does. */
  @Test
  void whatACommandSaysOfItselfIsWholeSentences() {
    for (CommandLine command : Brain.commandLine().getSubcommands().values()) {
      Object type = command.getCommand();
      if (type.getClass().getName().startsWith("io.github.brainimaging")) {
        assertThat(command.getCommandSpec().usageMessage().description())
            .as(command.getCommandName())
            .isNotEmpty()
            .allMatch(paragraph -> paragraph.endsWith("."));
      }
    }
  }

  @Test
  void calibrateOffersNothingThatMeansNothingThere() {
    assertThat(run("calibrate", "--help")).isZero();

    assertThat(out.toString())
        .contains("--data", "--groups", "--held-out")
        .doesNotContain("--folds", "--masks", "--validation", "--drop-duplicates", "--test");
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
  void theReadmeListsTheCommandsInTheSameOrder() throws IOException {
    List<String> listed =
        Pattern.compile("(?m)^\\| `([a-z-]+)[ `]")
            .matcher(Files.readString(Path.of("../README.md")))
            .results()
            .map(row -> row.group(1))
            .filter(name -> !name.startsWith("brain-"))
            .toList();
    List<String> ofAll = List.of("generate-completion", "help");

    assertThat(listed)
        .isEqualTo(
            Usage.GROUPS.values().stream()
                .flatMap(List::stream)
                .filter(name -> !ofAll.contains(name))
                .toList());
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
        .contains(
            "--minimum-score must be from 0 to 1, got 7.0", ".nii, .nii.gz, .hdr, .img or .nrrd");
    assertThat(folder.resolve("a.jpg")).doesNotExist();
  }

  /** Numbers whose range is a file's, or that have none. */
  private static final List<String> WITHOUT_RANGE = List.of("--seed", "--labels");

  @ParameterizedTest
  @MethodSource("commands")
  void everyNumberHasARangeAndOneBeyondItIsWrongUsage(CommandLine command) {
    for (OptionSpec option : command.getCommandSpec().options()) {
      Class<?> type = option.typeInfo().getType();
      boolean number = type.isPrimitive() && type != boolean.class;
      number |= Number.class.isAssignableFrom(type);
      if (number && !WITHOUT_RANGE.contains(option.longestName())) {
        String beyond = option.longestName().endsWith("-level") ? "NaN" : "-4";
        String given = option.longestName() + "=" + beyond;

        assertThat(run(command.getCommandName(), given)).as(given).isEqualTo(2);

        assertThat(err.toString()).contains(option.longestName() + " must be ", "got " + beyond);
      }
    }
  }

  @Test
  void aNumberThatIsNoneIsWrongUsage() {
    assertThat(run("train", "--size", "big")).isEqualTo(2);
    assertThat(run("train", "--learning-rate", "fast")).isEqualTo(2);
    assertThat(run("strip", "x.nii", "--out", "y.nii", "--minimum-ml=9", "--maximum-ml=8"))
        .isEqualTo(2);
    assertThat(run("architectures", "vgg16", "--size", 3)).isEqualTo(2);

    assertThat(err.toString())
        .contains(
            "--size must be positive (a whole number), got big",
            "--learning-rate must be a number, got fast",
            "--minimum-ml must be below --maximum-ml, got 9.0 and 8.0");
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

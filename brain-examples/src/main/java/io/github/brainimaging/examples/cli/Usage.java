package io.github.brainimaging.examples.cli;

import io.github.brainimaging.examples.cli.file.Terminal;
import io.github.brainimaging.examples.cli.option.Numbers;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What people see of the commands: their list in groups, and what is wrong in one line. */
final class Usage {

  /** Every command is in one group, in the order of the README's table. */
  static final Map<String, List<String>> GROUPS = new LinkedHashMap<>();

  static {
    GROUPS.put("Run", List.of("analyze", "segment", "explain", "demo"));
    GROUPS.put("Measure", List.of("evaluate", "calibrate", "baselines"));
    GROUPS.put(
        "Train",
        List.of(
            "inspect-data",
            "train",
            "train-segmenter",
            "train-stripper",
            "extract-features",
            "architectures"));
    GROUPS.put("Models", List.of("card", "export"));
    GROUPS.put(
        "Files",
        List.of(
            "info",
            "convert",
            "overlay",
            "parity",
            "strip",
            "bias-correct",
            "register",
            "fuse",
            "deidentify",
            "deface"));
    GROUPS.put("Archive", List.of("find", "fetch", "store"));
    GROUPS.put("About", List.of("doctor", "generate-completion", "help"));
  }

  private Usage() {}

  static CommandLine applyTo(CommandLine brain) {
    brain.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, Usage::commands);
    return brain.setHelpFactory(WholeWordsHelp::new).setParameterExceptionHandler(Usage::explain);
  }

  private static String commands(Help help) {
    StringBuilder text = new StringBuilder();
    GROUPS.forEach(
        (title, names) -> {
          Help.TextTable table =
              Help.TextTable.forColumns(
                  help.colorScheme(),
                  new Help.Column(23, 2, Help.Column.Overflow.SPAN),
                  new Help.Column(57, 2, Help.Column.Overflow.WRAP));
          for (String name : names) {
            Help command = help.allSubcommands().get(name);
            if (command != null) {
              table.addRowValues(name, brief(command.commandSpec().usageMessage()));
            }
          }
          text.append(String.format("%n%s:%n%s", title, table));
        });
    return text.toString();
  }

  /** The first sentence of what a command says of itself. */
  private static String brief(UsageMessageSpec message) {
    String[] lines = message.header().length > 0 ? message.header() : message.description();
    return String.join(" ", lines).replaceFirst("(?s)(?<=\\.)\\s.*", "");
  }

  /** Of a number out of its range, its option is all that picocli has to add. */
  private static String message(ParameterException problem) {
    return problem.getCause() instanceof Numbers.OutOfRange range
            && problem.getArgSpec() instanceof OptionSpec option
        ? option.longestName() + " " + range.getMessage()
        : String.valueOf(problem.getMessage());
  }

  /** The error, what may have been meant, and where to read more: no page that buries it. */
  private static int explain(ParameterException problem, String[] arguments) {
    CommandLine command = problem.getCommandLine();
    PrintWriter err = command.getErr();
    ParameterException told = problem;
    if (!(problem instanceof UnmatchedArgumentException)
        && !command.getUnmatchedArguments().isEmpty()) {
      // A misspelled option is a missing one as well, and the missing one is what is found first.
      told = new UnmatchedArgumentException(command, command.getUnmatchedArguments());
    }
    err.println(command.getColorScheme().errorText(Terminal.shown(message(told))));
    UnmatchedArgumentException.printSuggestions(told, err);
    err.println(command.getCommandSpec().qualifiedName() + " --help explains it.");
    err.flush();
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }
}

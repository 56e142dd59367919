package io.github.brainimaging.examples.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line: {@code java -jar brain.jar COMMAND}. */
@Command(
    name = "brain",
    mixinStandardHelpOptions = true,
    description =
        "Reads brain MRI and CT slices, classifies them and segments tumors. Not a medical device.",
    subcommands = {TrainCommand.class})
public final class Brain {

  private Brain() {}

  /**
   * Runs a command and exits: 0 if all went well, 1 if something failed, 2 for wrong usage.
   *
   * @param arguments command and options
   */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Brain()).execute(arguments));
  }
}

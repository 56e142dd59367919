package io.github.brainimaging.examples.cli;

import java.nio.file.FileSystemException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line: {@code java -jar brain.jar COMMAND}. */
@Command(
    name = "brain",
    mixinStandardHelpOptions = true,
    version = "brain-imaging 0.1.0-SNAPSHOT",
    description = "Reads brain MRI and CT slices, classifies them and segments tumors.",
    footer = "Not a medical device.",
    subcommands = {
      AnalyzeCommand.class,
      SegmentCommand.class,
      EvaluateCommand.class,
      TrainCommand.class,
      DemoCommand.class,
      DoctorCommand.class
    })
public final class Brain {

  private Brain() {}

  /**
   * Runs a command and exits: 0 if all went well, 1 if something failed, 2 for wrong usage.
   *
   * @param arguments command and options
   */
  public static void main(String[] arguments) {
    try {
      System.exit(commandLine().execute(arguments));
    } catch (OutOfMemoryError e) {
      System.err.println(
          "memory ran out: " + e.getMessage() + "; give more by java -Xmx4g -jar ...");
      System.exit(CommandLine.ExitCode.SOFTWARE);
    }
  }

  static CommandLine commandLine() {
    return new CommandLine(new Brain())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(Brain::explain);
  }

  /** A message for people; the stack trace only on demand. */
  private static int explain(
      Exception failure, CommandLine command, CommandLine.ParseResult arguments) {
    String message =
        failure.getMessage() == null ? failure.toString() : plain(failure) + failure.getMessage();
    command.getErr().println(command.getColorScheme().errorText(Terminal.plain(message)));
    if (System.getProperty("brain.trace") != null) {
      failure.printStackTrace(command.getErr());
    }
    return CommandLine.ExitCode.SOFTWARE;
  }

  /** The message of a missing file is nothing but its name. */
  private static String plain(Exception failure) {
    return failure instanceof FileSystemException ? failure.getClass().getSimpleName() + ": " : "";
  }
}

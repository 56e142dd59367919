package io.github.brainimaging.examples.cli;

import io.github.brainimaging.examples.cli.command.AnalyzeCommand;
import io.github.brainimaging.examples.cli.command.ArchitecturesCommand;
import io.github.brainimaging.examples.cli.command.BiasCorrectCommand;
import io.github.brainimaging.examples.cli.command.CalibrateCommand;
import io.github.brainimaging.examples.cli.command.CardCommand;
import io.github.brainimaging.examples.cli.command.ConvertCommand;
import io.github.brainimaging.examples.cli.command.DefaceCommand;
import io.github.brainimaging.examples.cli.command.DeidentifyCommand;
import io.github.brainimaging.examples.cli.command.DemoCommand;
import io.github.brainimaging.examples.cli.command.DoctorCommand;
import io.github.brainimaging.examples.cli.command.EvaluateCommand;
import io.github.brainimaging.examples.cli.command.ExplainCommand;
import io.github.brainimaging.examples.cli.command.ExportCommand;
import io.github.brainimaging.examples.cli.command.ExtractFeaturesCommand;
import io.github.brainimaging.examples.cli.command.FuseCommand;
import io.github.brainimaging.examples.cli.command.InfoCommand;
import io.github.brainimaging.examples.cli.command.InspectDataCommand;
import io.github.brainimaging.examples.cli.command.OverlayCommand;
import io.github.brainimaging.examples.cli.command.ParityCommand;
import io.github.brainimaging.examples.cli.command.RegisterCommand;
import io.github.brainimaging.examples.cli.command.SegmentCommand;
import io.github.brainimaging.examples.cli.command.StripCommand;
import io.github.brainimaging.examples.cli.command.TrainCommand;
import io.github.brainimaging.examples.cli.command.TrainSegmenterCommand;
import io.github.brainimaging.examples.cli.command.TrainStripperCommand;
import io.github.brainimaging.examples.cli.file.Terminal;
import java.nio.file.FileSystemException;
import java.util.Locale;
import java.util.Objects;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line: {@code java -jar brain.jar COMMAND}. */
@Command(
    name = "brain",
    mixinStandardHelpOptions = true,
    versionProvider = Brain.Version.class,
    description = "Reads brain MRI and CT slices, classifies them and segments tumors.",
    footer = {
      "",
      "brain COMMAND --help explains a command.",
      "java -Dbrain.trace -jar ... prints the stack trace of a failure.",
      "Not a medical device."
    },
    subcommands = {
      AnalyzeCommand.class,
      SegmentCommand.class,
      EvaluateCommand.class,
      CalibrateCommand.class,
      ExplainCommand.class,
      TrainCommand.class,
      InspectDataCommand.class,
      ExportCommand.class,
      ExtractFeaturesCommand.class,
      CardCommand.class,
      ArchitecturesCommand.class,
      TrainSegmenterCommand.class,
      TrainStripperCommand.class,
      StripCommand.class,
      BiasCorrectCommand.class,
      FuseCommand.class,
      RegisterCommand.class,
      OverlayCommand.class,
      ParityCommand.class,
      InfoCommand.class,
      ConvertCommand.class,
      DeidentifyCommand.class,
      DefaceCommand.class,
      DemoCommand.class,
      DoctorCommand.class,
      AutoComplete.GenerateCompletion.class,
      CommandLine.HelpCommand.class
    })
public final class Brain {

  /** The version that the jar's manifest tells. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Brain.class.getPackage().getImplementationVersion();
      return new String[] {"brain-imaging " + (version == null ? "development" : version)};
    }
  }

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
    return Usage.applyTo(
        new CommandLine(new Brain())
            .setCaseInsensitiveEnumValuesAllowed(true)
            // A file may be called @something; it is no list of arguments.
            .setExpandAtFiles(false)
            .setExecutionStrategy(Brain::run)
            .setExecutionExceptionHandler(Brain::explain));
  }

  /** In a terminal no word of what a command prints is cut in two. */
  private static int run(CommandLine.ParseResult arguments) {
    CommandLine brain = arguments.commandSpec().commandLine();
    if (Terminal.isThere()) {
      brain.setOut(Terminal.wrapping(brain.getOut()));
    }
    try {
      return new CommandLine.RunLast().execute(arguments);
    } finally {
      brain.getOut().flush();
    }
  }

  /** A message for people; the stack trace only on demand. */
  private static int explain(
      Exception failure, CommandLine command, CommandLine.ParseResult arguments) {
    String message = message(failure);
    command.getErr().println(command.getColorScheme().errorText(Terminal.plain(message)));
    if (System.getProperty("brain.trace") != null) {
      failure.printStackTrace(command.getErr());
    }
    return CommandLine.ExitCode.SOFTWARE;
  }

  /** The JDK's message of a missing file is nothing but its name; the class says the rest. */
  private static String message(Exception failure) {
    if (failure instanceof FileSystemException problem && problem.getFile() != null) {
      String kind = failure.getClass().getSimpleName().replace("Exception", "");
      String words = kind.replaceAll("(?<=.)(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
      return problem.getFile() + ": " + Objects.requireNonNullElse(problem.getReason(), words);
    }
    return Objects.requireNonNullElse(failure.getMessage(), failure.toString());
  }
}

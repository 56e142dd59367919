package io.github.brainimaging.examples.cli;

import io.github.brainimaging.examples.cli.command.AnalyzeCommand;
import io.github.brainimaging.examples.cli.command.ArchitecturesCommand;
import io.github.brainimaging.examples.cli.command.BaselinesCommand;
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
import io.github.brainimaging.examples.cli.command.FetchCommand;
import io.github.brainimaging.examples.cli.command.FindCommand;
import io.github.brainimaging.examples.cli.command.FuseCommand;
import io.github.brainimaging.examples.cli.command.InfoCommand;
import io.github.brainimaging.examples.cli.command.InspectDataCommand;
import io.github.brainimaging.examples.cli.command.OverlayCommand;
import io.github.brainimaging.examples.cli.command.ParityCommand;
import io.github.brainimaging.examples.cli.command.RegisterCommand;
import io.github.brainimaging.examples.cli.command.SegmentCommand;
import io.github.brainimaging.examples.cli.command.StoreCommand;
import io.github.brainimaging.examples.cli.command.StripCommand;
import io.github.brainimaging.examples.cli.command.TrainCommand;
import io.github.brainimaging.examples.cli.command.TrainSegmenterCommand;
import io.github.brainimaging.examples.cli.command.TrainStripperCommand;
import io.github.brainimaging.examples.cli.file.Terminal;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
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

  private static final List<String> COMMANDS =
      Usage.GROUPS.values().stream().flatMap(List::stream).toList();

  /** Those that speak of the others. */
  private static final Set<String> OF_ALL = Set.of("generate-completion", "help");

  private Brain() {}

  /**
   * Runs a command and exits: 0 if all went well, 1 if something failed, 2 for wrong usage.
   *
   * @param arguments command and options
   */
  public static void main(String[] arguments) {
    try {
      System.exit(commandLine(arguments).execute(arguments));
    } catch (OutOfMemoryError e) {
      System.err.println(
          "memory ran out: " + e.getMessage() + "; give more by java -Xmx4g -jar ...");
      System.exit(CommandLine.ExitCode.SOFTWARE);
    }
  }

  /** Of the command that the first argument names, or of all where it names none. */
  static CommandLine commandLine(String... arguments) {
    CommandLine brain = new CommandLine(new Brain());
    String first = arguments.length == 0 ? "" : arguments[0];
    boolean alone = COMMANDS.contains(first) && !OF_ALL.contains(first);
    for (String name : alone ? List.of(first) : COMMANDS) {
      brain.addSubcommand(command(name));
    }
    return Usage.applyTo(
        brain
            .setCaseInsensitiveEnumValuesAllowed(true)
            // A file may be called @something; it is no list of arguments.
            .setExpandAtFiles(false)
            .setExecutionStrategy(Brain::run)
            .setExecutionExceptionHandler(Brain::explain));
  }

  /** A class is loaded when it is asked for: all commands together take half a second. */
  private static Class<?> command(String name) {
    return switch (name) {
      case "analyze" -> AnalyzeCommand.class;
      case "baselines" -> BaselinesCommand.class;
      case "segment" -> SegmentCommand.class;
      case "explain" -> ExplainCommand.class;
      case "demo" -> DemoCommand.class;
      case "evaluate" -> EvaluateCommand.class;
      case "calibrate" -> CalibrateCommand.class;
      case "inspect-data" -> InspectDataCommand.class;
      case "train" -> TrainCommand.class;
      case "train-segmenter" -> TrainSegmenterCommand.class;
      case "train-stripper" -> TrainStripperCommand.class;
      case "extract-features" -> ExtractFeaturesCommand.class;
      case "architectures" -> ArchitecturesCommand.class;
      case "card" -> CardCommand.class;
      case "export" -> ExportCommand.class;
      case "parity" -> ParityCommand.class;
      case "info" -> InfoCommand.class;
      case "convert" -> ConvertCommand.class;
      case "overlay" -> OverlayCommand.class;
      case "strip" -> StripCommand.class;
      case "bias-correct" -> BiasCorrectCommand.class;
      case "register" -> RegisterCommand.class;
      case "fuse" -> FuseCommand.class;
      case "deidentify" -> DeidentifyCommand.class;
      case "deface" -> DefaceCommand.class;
      case "find" -> FindCommand.class;
      case "fetch" -> FetchCommand.class;
      case "store" -> StoreCommand.class;
      case "doctor" -> DoctorCommand.class;
      case "generate-completion" -> AutoComplete.GenerateCompletion.class;
      case "help" -> CommandLine.HelpCommand.class;
      default -> throw new AssertionError(name);
    };
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
    String shown = Terminal.shown(Terminal.plain(message));
    command.getErr().println(command.getColorScheme().errorText(shown));
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

package io.github.brainimaging.examples.web;

import io.javalin.util.JavalinBindException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Starts the web service; it runs until it is stopped (Ctrl-C). */
@Command(
    name = "WebService",
    mixinStandardHelpOptions = true,
    description = {
      "Serves a page to upload an image or a volume, which answers with the report.",
      "curl -F image=@FILE http://127.0.0.1:PORT/api/analyze gives the same as JSON.",
      "Not a medical device."
    })
public final class WebService implements Callable<Integer> {

  private static final int MEGABYTE = 1_000_000;
  private static final int MOST_MEGABYTES = 2000;
  private static final int MOST_PORT = 65_535;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "The port to listen at; 0 takes one that is free (default: ${DEFAULT-VALUE}).")
  private int port = 7070;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description =
          "The address to listen at (default: ${DEFAULT-VALUE}, this machine only). There is no"
              + " password and no encryption: another one belongs behind a proxy that has both.")
  private String host = "127.0.0.1";

  @Option(
      names = "--maximum-megabytes",
      paramLabel = "N",
      description = "The largest file that is taken, 1 to 2000 (default: ${DEFAULT-VALUE}).")
  private int maximumMegabytes = 64;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = "How many files are analyzed at a time (default: ${DEFAULT-VALUE}).")
  private int jobs = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

  @Option(
      names = "--patience",
      paramLabel = "SECONDS",
      description =
          "How long an upload waits for its turn before it is turned away (default:"
              + " ${DEFAULT-VALUE}).")
  private int patience = 60;

  private WebService() {}

  /**
   * Starts the service and waits.
   *
   * @param arguments options; {@code --help} explains them
   */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new WebService());
  }

  @Override
  public Integer call() throws InterruptedException {
    require("--port", port, 0, MOST_PORT);
    require("--maximum-megabytes", maximumMegabytes, 1, MOST_MEGABYTES);
    require("--jobs", jobs, 1, 1024);
    require("--patience", patience, 0, 3600);
    WebServer.Settings settings =
        new WebServer.Settings(host, port, maximumMegabytes * MEGABYTE, jobs, patience);
    try (WebServer server = WebServer.start(settings)) {
      spec.commandLine()
          .getOut()
          .printf("http://%s:%d/ (Ctrl-C stops it)%n", host, server.port())
          .flush();
      new CountDownLatch(1).await();
      return 0;
    } catch (JavalinBindException e) {
      spec.commandLine()
          .getErr()
          .println(
              host + ":" + port + ": cannot listen there: it is taken, or not of this machine");
      return CommandLine.ExitCode.SOFTWARE;
    }
  }

  private void require(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw new ParameterException(
          spec.commandLine(), option + " must be " + least + " to " + most + ", got " + value);
    }
  }
}

package io.github.brainimaging.models.onnx;

import io.github.brainimaging.models.card.ClinicalColumns;
import io.github.brainimaging.models.onnx.internal.EngineSession;
import io.github.brainimaging.models.onnx.internal.ModelContent;
import io.github.brainimaging.models.onnx.internal.SessionSettings;
import io.github.brainimaging.models.onnx.internal.graph.EngineFailure;
import io.github.brainimaging.models.onnx.internal.graph.Port;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads a model and runs it once on blank input, in a JVM of its own: there it may crash, or never
 * end.
 */
final class ModelTrial {

  private static final Logger logger = LoggerFactory.getLogger(ModelTrial.class);

  /** Length of an axis that the graph leaves open; the first one is 1. */
  private static final int OPEN_AXIS = 64;

  /** Of the blank input; a larger one is not tried. */
  private static final int MOST_VALUES = 1 << 26;

  private static final int REFUSED = 3;
  private static final String WHY = "why";
  private static final String LOG = "log";

  private ModelTrial() {}

  /**
   * Tries a model.
   *
   * @param model its file
   * @param optimization as in {@link SessionSettings}
   * @param limit how long all may take, the start of the JVM included
   * @throws EngineFailure if the engine refuses the model, or the other JVM does not end well
   * @throws IOException if no other JVM can be started
   */
  static void run(Path model, String optimization, Duration limit)
      throws EngineFailure, IOException {
    Path folder = Files.createTempDirectory("brain-trial"); // for what a crash leaves behind
    try {
      Process process =
          new ProcessBuilder(command(model, optimization, folder))
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve(LOG).toFile())
              .start();
      try {
        boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        EngineFailure.require(
            ended, "tried in another process, it took longer than %s s", limit.toSeconds());
      } finally {
        process.destroyForcibly().onExit().join();
      }
      judge(process.exitValue(), folder);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while " + model + " was tried");
    } finally {
      delete(folder);
    }
  }

  /** The same for content, which is written to a file first where it has none. */
  static void run(ModelContent model, String optimization, Duration limit)
      throws EngineFailure, IOException {
    Path file = model.file();
    if (file != null) {
      run(file, optimization, limit);
      return;
    }
    Path copy = Files.createTempFile("brain-model", ".onnx");
    try (FileChannel channel = FileChannel.open(copy, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = model.bytes().duplicate();
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      run(copy, optimization, limit);
    } finally {
      Files.delete(copy);
    }
  }

  private static List<String> command(Path model, String optimization, Path folder) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:-CreateCoredumpOnCrash",
        "-cp",
        classPath(),
        ModelTrial.class.getName(),
        model.toAbsolutePath().toString(),
        optimization,
        folder.resolve(WHY).toString());
  }

  /** The module path too, whose folders may hold modules as jars. */
  private static String classPath() {
    List<String> entries = new ArrayList<>(List.of(System.getProperty("java.class.path", "")));
    String modules = System.getProperty("jdk.module.path", "");
    for (String entry : modules.split(File.pathSeparator, -1)) {
      entries.add(entry);
      if (Files.isDirectory(Path.of(entry))) {
        entries.add(entry + File.separator + "*");
      }
    }
    entries.removeIf(String::isEmpty);
    return String.join(File.pathSeparator, entries);
  }

  private static void judge(int exitCode, Path folder) throws EngineFailure, IOException {
    if (exitCode == REFUSED) {
      throw new EngineFailure(Files.readString(folder.resolve(WHY)));
    }
    if (exitCode != 0) {
      // A crash begins with the line "#".
      String words =
          Files.readString(folder.resolve(LOG))
              .lines()
              .filter(line -> line.chars().anyMatch(Character::isLetter))
              .findFirst()
              .orElse("it said nothing");
      throw new EngineFailure(
          String.format(
              "the process in which it was tried ended with exit code %s: %s", exitCode, words));
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  /** The program of the other JVM: model, optimization, and the file that tells a refusal. */
  public static void main(String[] arguments) throws IOException {
    endWithParent();
    SessionSettings settings =
        new SessionSettings(OptionalInt.empty(), OptionalLong.empty(), 1, arguments[1]);
    try (EngineSession session =
        EngineSession.open(ModelContent.of(Path.of(arguments[0])), settings)) {
      runBlank(session);
    } catch (EngineFailure e) {
      Files.writeString(Path.of(arguments[2]), String.valueOf(e.getMessage()));
      System.exit(REFUSED);
    }
    System.exit(0);
  }

  /** A loop would go on for ever if nobody were left to end it. */
  private static void endWithParent() {
    Thread thread =
        new Thread(
            () -> {
              try {
                while (System.in.read() >= 0) {}
              } catch (IOException e) {
                // the parent is gone, as at the end of the stream
              }
              Runtime.getRuntime().halt(1);
            },
            "brain-parent");
    thread.setDaemon(true);
    thread.start();
  }

  /** Whether the values fit is seen later, by who knows the card. */
  private static void runBlank(EngineSession session) throws EngineFailure {
    List<Port> inputs = session.inputs();
    // Who has clinical columns takes their values beside the image.
    long values =
        inputs.stream()
            .filter(port -> port.name().equals(ClinicalColumns.INPUT) && port.shape().length == 2)
            .mapToLong(port -> port.shape()[1])
            .filter(width -> width > 0 && width <= MOST_VALUES && inputs.size() == 2)
            .findFirst()
            .orElse(0);
    boolean tableFirst = values > 0 && inputs.get(0).name().equals(ClinicalColumns.INPUT);
    Port input = inputs.get(tableFirst ? 1 : 0);
    long[] shape = input.shape().clone();
    for (int i = 0; i < shape.length; i++) {
      shape[i] = shape[i] > 0 ? shape[i] : i == 0 ? 1 : OPEN_AXIS;
    }
    double size = Arrays.stream(shape).asDoubleStream().reduce(1, (a, b) -> a * b);
    if (size > MOST_VALUES) {
      return;
    }
    ByteBuffer blank =
        ByteBuffer.allocateDirect((int) (size * Float.BYTES)).order(ByteOrder.nativeOrder());
    try {
      var unused =
          session.run(
              blank.asFloatBuffer(),
              shape,
              new EngineSession.Ports(
                  input, session.outputs().get(0), new float[(int) values], (int) shape[0]));
    } catch (EngineFailure e) {
      logger.info("the run on blank input failed: {}", e.getMessage());
    }
  }
}

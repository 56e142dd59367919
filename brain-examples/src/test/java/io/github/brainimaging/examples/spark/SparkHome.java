package io.github.brainimaging.examples.spark;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** The Spark that {@code SPARK_HOME} names, with the jars of the class path to ship. */
final class SparkHome implements AutoCloseable {

  /** Those that Spark has itself, and large ones that only tests and training need. */
  private static final Pattern NOT_SHIPPED =
      Pattern.compile(
          "(spark|hadoop|scala|jackson|slf4j|pytorch|selenium|jetty|javalin|kotlin|junit|archunit|guava"
              + "|byte-buddy|opentelemetry)-.*");

  /** What of a home is needed to start jobs. */
  private static final List<String> LINKED = List.of("bin", "jars");

  private final Path folder;
  private final Path home;
  private final List<String> jars = new ArrayList<>();
  private final List<Process> started = new ArrayList<>();

  /**
   * Skips the test where there is none.
   *
   * @param folder where jars and what Spark writes are put
   */
  SparkHome(Path folder) throws IOException {
    String given = System.getenv("SPARK_HOME");
    assumeTrue(
        given != null && Files.isRegularFile(Path.of(given, "bin", "spark-submit")),
        "no Spark at SPARK_HOME ("
            + given
            + "): pip install pyspark==4.2.0 brings one, in site-packages/pyspark");
    assumeTrue(
        !System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("windows"),
        "spark-submit of Windows is another script");
    this.folder = folder;
    home = Files.createDirectory(folder.resolve("spark")).toAbsolutePath();
    // Executors write into the home; the one that is given may not be ours to write into.
    for (String part : LINKED) {
      Path unused = Files.createSymbolicLink(home.resolve(part), Path.of(given, part));
    }
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path path = Path.of(entry);
      if (Files.isDirectory(path)) {
        jars.add(jar(path, folder.resolve("classes" + jars.size() + ".jar")));
      } else if (Files.exists(path)
          && !NOT_SHIPPED.matcher(path.getFileName().toString()).matches()) {
        jars.add(path.toString());
      }
    }
  }

  private static String jar(Path classes, Path jar) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file);
        Stream<Path> all = Files.walk(classes)) {
      out.setLevel(0);
      for (Path each : all.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(
            new ZipEntry(classes.relativize(each).toString().replace(File.separatorChar, '/')));
        Files.copy(each, out);
      }
    }
    return jar.toString();
  }

  /**
   * A job that runs; what it prints goes to a file, its log is its output.
   *
   * @param commands for {@link SparkCommands}
   */
  Process start(String master, List<String> commands) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(home.resolve("bin/spark-submit").toString());
    line.addAll(List.of("--master", master, "--driver-memory", "1g"));
    for (String setting :
        List.of(
            "spark.ui.enabled=false",
            "spark.sql.shuffle.partitions=2",
            "spark.hadoop.fs.viewfs.mounttable.far.link./there=" + folder.toUri())) {
      line.addAll(List.of("--conf", setting));
    }
    line.addAll(
        List.of("--driver-java-options", "-Djava.io.tmpdir=" + folder.resolve("temporary")));
    line.addAll(List.of("--jars", String.join(",", jars)));
    line.addAll(List.of("--class", SparkCommands.class.getName(), jars.get(0)));
    line.addAll(commands);
    ProcessBuilder builder =
        new ProcessBuilder(line).directory(folder.toFile()).redirectOutput(out().toFile());
    builder.environment().put("SPARK_HOME", home.toString());
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    builder.environment().put("SPARK_LOCAL_DIRS", folder.resolve("scratch").toString());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Files.createDirectories(folder.resolve("temporary"));
    Process process = builder.start();
    started.add(process);
    return process;
  }

  private Path out() {
    return folder.resolve("printed.txt");
  }

  /** Runs a job to its end, and gives what it printed and logged. */
  String run(String master, List<String> commands) throws IOException {
    Process process = start(master, commands);
    StringBuilder log = new StringBuilder();
    try (BufferedReader lines = process.errorReader()) {
      lines.lines().forEach(line -> log.append(line).append('\n'));
    }
    return Files.readString(out()) + log;
  }

  /** Ends what still runs. */
  @Override
  public void close() throws IOException {
    for (Process process : started) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      Process unused = process.destroyForcibly();
    }
    for (String part : LINKED) {
      Files.delete(home.resolve(part));
    }
  }

  /** The rows that a job wrote as JSON. */
  static List<JsonObject> rows(Path json) throws IOException {
    List<JsonObject> rows = new ArrayList<>();
    try (Stream<Path> files = Files.list(json)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".json")).toList()) {
        for (String line : Files.readAllLines(file)) {
          rows.add(JsonParser.parseString(line).getAsJsonObject());
        }
      }
    }
    return rows;
  }
}

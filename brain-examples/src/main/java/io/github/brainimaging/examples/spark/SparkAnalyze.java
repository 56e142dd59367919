package io.github.brainimaging.examples.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import io.github.brainimaging.examples.cli.file.Terminal;
import io.github.brainimaging.examples.cli.option.ForceOption;
import io.github.brainimaging.examples.cli.option.ModelOptions;
import io.github.brainimaging.examples.cli.option.Numbers;
import io.github.brainimaging.examples.cli.option.OpinionOption;
import io.github.brainimaging.examples.cli.option.PreparationOptions;
import io.github.brainimaging.examples.cli.option.SegmenterOptions;
import io.github.brainimaging.examples.cli.option.VolumeOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/**
 * Analyzes images and volumes by Apache Spark, to be started by {@code spark-submit}.
 *
 * <p>Inputs are worked on in rounds, each a job of Spark whose rows are committed together. A run
 * that was killed goes on where the last round was committed: what stands in the results is not
 * analyzed again.
 */
@Command(
    name = "SparkAnalyze",
    mixinStandardHelpOptions = true,
    description = {
      "Classifies images and volumes and segments those with a tumor, by Apache Spark; writes a row"
          + " for each. The same command again goes on where a run was stopped.",
      "Not a medical device."
    })
public final class SparkAnalyze implements Callable<Integer> {

  private static final String INPUT = "input";

  /** Of one core: so much work is lost at most, and so little of a round is waiting for its end. */
  private static final int TASKS_PER_ROUND = 50;

  /** With fewer, cores would wait for the last. */
  private static final int LEAST_TASKS_PER_CORE = 10;

  private static final int TOLD_FAILURES = 5;

  @Spec
  @SuppressWarnings("NullAway.Init")
  CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "INPUT",
      description =
          "Image files, volumes of one file, folders or globs, as paths or URIs of one of Hadoop's"
              + " file systems (file:, hdfs:, s3a:).")
  private List<String> inputs = List.of();

  @Option(
      names = "--list",
      paramLabel = "FILE",
      description = "Text files of absolute paths or URIs, one a line, in the place of INPUT.")
  private List<String> lists = List.of();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "A folder or URI: rows are written to DIR/results, as Parquet.")
  private String out = "";

  @Option(names = "--masks", description = "Write the masks as well, to DIR/masks.")
  private boolean masks;

  @Option(
      names = "--series",
      description =
          "Each folder that holds files is an input, of one DICOM series or several, and not each"
              + " file.")
  private boolean series;

  @Option(
      names = "--per-task",
      converter = Numbers.Positive.class,
      paramLabel = "N",
      description =
          "Inputs of a task, at most about; a task is what is lost with an executor (default:"
              + " ${DEFAULT-VALUE}).")
  private int perTask = 500;

  @Mixin final ModelOptions model = new ModelOptions();

  @Mixin final OpinionOption opinion = new OpinionOption();

  @Mixin final VolumeOptions volumes = new VolumeOptions();

  @Mixin final PreparationOptions preparation = new PreparationOptions();

  @Mixin final SegmenterOptions segmenter = new SegmenterOptions();

  @Mixin final ForceOption force = new ForceOption();

  private SparkAnalyze() {}

  /**
   * Runs the job.
   *
   * @param arguments options; {@code --help} explains them
   */
  public static void main(String[] arguments) {
    int code = commandLine().execute(arguments);
    if (code != 0) {
      System.exit(code); // at the end of a job that went well Spark may still have to tell so
    }
  }

  static CommandLine commandLine() {
    return new CommandLine(new SparkAnalyze())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(SparkAnalyze::explain);
  }

  /** What is wrong with a file is said in a line; of anything else Spark's trace is needed. */
  private static int explain(Exception failure, CommandLine command, ParseResult arguments)
      throws Exception {
    if (!(failure instanceof IOException)) {
      throw failure;
    }
    command.getErr().println(Terminal.plain(String.valueOf(failure.getMessage())));
    return CommandLine.ExitCode.SOFTWARE;
  }

  /** What the arguments say, in an executor. */
  static SparkAnalyze of(String[] arguments) {
    CommandLine line = commandLine();
    line.parseArgs(arguments);
    return line.getCommand();
  }

  @Override
  public Integer call() throws IOException {
    if (inputs.isEmpty() == lists.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "expected INPUT or --list, got " + (inputs.isEmpty() ? "none" : "both"));
    }
    SparkSession spark = SparkSession.builder().appName("SparkAnalyze").getOrCreate();
    try {
      run(spark);
      return 0;
    } finally {
      spark.stop();
    }
  }

  private void run(SparkSession spark) throws IOException {
    long start = System.nanoTime();
    PrintWriter printer = spec.commandLine().getOut();
    Path given = new Path(out);
    FileSystem files = given.getFileSystem(spark.sparkContext().hadoopConfiguration());
    Path folder = files.makeQualified(given);
    Path results = new Path(folder, "results");
    Path plan = new Path(folder, "plan");
    // Tasks of a job that was killed would be committed with those of the next.
    files.delete(new Path(results, "_temporary"), true);
    Dataset<Row> all = InputListing.of(spark, inputs, lists, folder, series).toDF(INPUT);
    long before = 0;
    if (files.exists(results) && files.listStatus(results).length > 0) {
      Dataset<Row> done = spark.read().schema(ResultRow.SCHEMA).parquet(results.toString());
      requireSameOptions(done);
      before = done.select(INPUT).distinct().count();
      all = all.join(done.select(INPUT), new String[] {INPUT}, "left_anti");
    }
    // Kept, so that folders are listed once and what is in a round stays the same.
    all.write().mode(SaveMode.Overwrite).parquet(plan.toString());
    Dataset<Row> left = spark.read().parquet(plan.toString());
    long count = left.count();
    if (before > 0) {
      printer
          .printf(Locale.ROOT, "%,d inputs were analyzed before, %,d are left%n", before, count)
          .flush();
    }
    int cores = spark.sparkContext().defaultParallelism();
    int rounds = (int) atLeast(count, (long) perTask * TASKS_PER_ROUND * cores);
    for (int round = 0; round < rounds; round++) {
      Column inRound = pmod(xxhash64(col(INPUT)), lit(rounds)).equalTo(lit(round));
      analyze(
              left.filter(inRound).as(Encoders.STRING()),
              tasks(atLeast(count, rounds), cores),
              folder)
          .write()
          .mode(SaveMode.Append)
          .parquet(results.toString());
      printer
          .printf(Locale.ROOT, "round %d of %d, %.0f s%n", round + 1, rounds, secondsSince(start))
          .flush();
    }
    files.delete(plan, true);
    if (before + count > 0) {
      summarize(spark.read().parquet(results.toString()), printer);
    }
    printer
        .printf(
            Locale.ROOT, "%,d inputs in %.1f s; results: %s%n", count, secondsSince(start), results)
        .flush();
  }

  private static double secondsSince(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  /** So many packets of a size hold them. */
  private static long atLeast(long count, long size) {
    return (count + size - 1) / size;
  }

  private int tasks(long count, int cores) {
    long least = Math.min(count, (long) cores * LEAST_TASKS_PER_CORE);
    return (int) Math.max(atLeast(count, perTask), least);
  }

  /** By the names of inputs, so that a task that is tried again has the same. */
  private Dataset<Row> analyze(Dataset<String> some, int tasks, Path folder) {
    String[] arguments = spec.commandLine().getParseResult().originalArgs().toArray(new String[0]);
    String told = options();
    boolean folders = series;
    String maskFolder = masks ? new Path(folder, "masks").toString() : "";
    MapPartitionsFunction<String, Row> work =
        each -> new InputAnalyzer(arguments, told, folders, maskFolder).rows(each);
    return some.repartition(tasks, some.col(INPUT))
        .mapPartitions(work, Encoders.row(ResultRow.SCHEMA));
  }

  /** Version and options on which results depend. */
  private String options() {
    String version = SparkAnalyze.class.getPackage().getImplementationVersion();
    return spec.commandLine().getParseResult().matchedOptions().stream()
        .filter(option -> !List.of("--out", "--list", "--per-task").contains(option.longestName()))
        .map(option -> option.longestName() + "=" + String.join(",", option.stringValues()))
        .sorted()
        .collect(Collectors.joining(" ", (version == null ? "development" : version) + " ", ""))
        .strip();
  }

  private void requireSameOptions(Dataset<Row> done) {
    for (Row row : done.select("options").distinct().collectAsList()) {
      if (!options().equals(row.getString(0))) {
        throw new ParameterException(
            spec.commandLine(),
            String.format(
                "--out %s holds results of other options or of another version: expected \"%s\","
                    + " found \"%s\"",
                out, options(), row.getString(0)));
      }
    }
  }

  private static void summarize(Dataset<Row> results, PrintWriter printer) {
    List<Row> executors =
        results
            .groupBy("executor")
            .agg(
                max("model_loads"),
                count(lit(1)),
                rows("analyzed"),
                rows("refused"),
                rows("failed"))
            .collectAsList();
    printer.printf(
        Locale.ROOT,
        "%,d rows: %,d analyzed, %,d refused, %,d failed; %d executors loaded models %d times%n",
        total(executors, 2),
        total(executors, 3),
        total(executors, 4),
        total(executors, 5),
        executors.size(),
        total(executors, 1));
    results
        .filter(col("status").equalTo("failed"))
        .select(INPUT, "error")
        .limit(TOLD_FAILURES)
        .collectAsList()
        .forEach(
            row ->
                printer.println(
                    Terminal.plain("FAILED " + row.getString(0) + ": " + row.getString(1))));
  }

  private static Column rows(String status) {
    return count(when(col("status").equalTo(status), 1));
  }

  private static long total(List<Row> rows, int column) {
    return rows.stream().mapToLong(row -> ((Number) row.get(column)).longValue()).sum();
  }
}

package io.github.brainimaging.examples.spark;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/**
 * Several jobs in one JVM, to be started by {@code spark-submit}: commands with "--then" between
 * them. Prints the exit code of each.
 */
public final class SparkCommands {

  private SparkCommands() {}

  /**
   * Runs them.
   *
   * @param arguments of {@code SparkAnalyze}; or {@code json}, a folder of Parquet and one for the
   *     same as lines of JSON
   */
  public static void main(String[] arguments) {
    List<String> command = new ArrayList<>();
    for (String argument : (String.join("\n", arguments) + "\n--then").split("\n", -1)) {
      if (argument.equals("--then")) {
        run(command);
        command.clear();
      } else {
        command.add(argument);
      }
    }
  }

  private static void run(List<String> command) {
    if (command.get(0).equals("json")) {
      SparkSession spark = SparkSession.builder().getOrCreate();
      spark.read().parquet(command.get(1)).coalesce(1).write().json(command.get(2));
      spark.stop();
    } else {
      int code = SparkAnalyze.commandLine().execute(command.toArray(new String[0]));
      System.out.println("exit " + code);
    }
  }
}

package io.github.brainimaging.examples.cli.option;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How many files are worked on at a time. */
public final class JobsOption {

  public static final String NAME = "--jobs";

  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  private int jobs = Runtime.getRuntime().availableProcessors();

  @Option(
      names = NAME,
      paramLabel = "N",
      description =
          "Images that are worked on at a time (default: as many as there are processors).")
  void set(int count) {
    if (count < 1) {
      throw new ParameterException(spec.commandLine(), NAME + " must be at least 1, got " + count);
    }
    jobs = count;
  }

  public int count() {
    return jobs;
  }

  /**
   * Threads that share the work of one run of a model: one where several images are worked on at a
   * time, which is faster than all for each.
   */
  public int threadsPerModel(int images) {
    return Math.min(jobs, images) > 1 ? 1 : Runtime.getRuntime().availableProcessors();
  }
}

package io.github.brainimaging.examples.cli.option;

import picocli.CommandLine.Option;

/** How many files are worked on at a time. */
public final class JobsOption {

  public static final String NAME = "--jobs";

  @Option(
      names = NAME,
      converter = Numbers.Positive.class,
      paramLabel = "N",
      description =
          "Images that are worked on at a time (default: as many as there are processors).")
  private int jobs = Runtime.getRuntime().availableProcessors();

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

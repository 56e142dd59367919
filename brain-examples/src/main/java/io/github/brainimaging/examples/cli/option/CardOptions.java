package io.github.brainimaging.examples.cli.option;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the card says besides what is known anyway. */
public final class CardOptions {

  @Option(
      names = "--name",
      paramLabel = "TEXT",
      description = "Name of the model (default: the architecture's).")
  @Nullable String name;

  @Option(names = "--license", paramLabel = "TEXT", description = "License of the model.")
  public String license = "";

  @Option(names = "--training-data", paramLabel = "TEXT", description = "The data and its origin.")
  public String trainingData = "";

  public String nameOr(String architecture) {
    return name == null ? architecture : name;
  }
}

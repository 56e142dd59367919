package io.github.brainimaging.examples.cli.option;

import io.github.brainimaging.core.pipeline.BrainPipeline;
import io.github.brainimaging.core.pipeline.VolumePipeline;
import picocli.CommandLine.Option;

/** Whether answers are given also where the model was not made for the input. */
public final class ForceOption {

  @Option(
      names = "--force",
      description =
          "Answer also where the input is out of the domain of the model; its assessment is told"
              + " all the same.")
  private boolean force;

  public boolean isSet() {
    return force;
  }

  public void apply(BrainPipeline.Builder pipeline) {
    if (force) {
      pipeline.insist();
    }
  }

  public void apply(VolumePipeline.Builder pipeline) {
    if (force) {
      pipeline.insist();
    }
  }
}

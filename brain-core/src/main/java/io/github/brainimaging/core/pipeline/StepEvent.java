package io.github.brainimaging.core.pipeline;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/**
 * A step of a pipeline as Java Flight Recorder sees it: its duration, its name and how large the
 * input was; never what the input is called. Costs nothing where nobody records.
 */
@Name("io.github.brainimaging.Step")
@Label("Step of a pipeline")
@Category("Brain Imaging")
@Description("Reading, a transform, an assessment, a classification or a segmentation of one input")
@StackTrace(false)
final class StepEvent extends Event {

  @Label("Step")
  String step = "";

  @Label("Samples")
  @Description("Pixels or voxels of the input, times its channels; 0 if it could not be read")
  long samples;

  /** An event of a step that begins now; to be committed when it ends. */
  static StepEvent begun(String step) {
    StepEvent event = new StepEvent();
    event.step = step;
    event.begin();
    return event;
  }
}

package io.github.brainimaging.examples.cli.option;

import io.github.brainimaging.examples.cli.file.Input;
import io.github.brainimaging.examples.cli.file.VolumeInput;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Options that only volumes heed: those whose description begins so. */
final class VolumesOnly {

  private VolumesOnly() {}

  /** Says once what was asked for in vain, where there are slices only. */
  static void tell(CommandSpec spec, List<Input> images, List<VolumeInput> volumes) {
    if (images.isEmpty() || !volumes.isEmpty()) {
      return;
    }
    for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
      String[] words = option.description();
      if (words.length > 0 && words[0].startsWith("Volumes:")) {
        spec.commandLine()
            .getErr()
            .println("note: " + option.longestName() + " has no effect on slices");
      }
    }
  }
}

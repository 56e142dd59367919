package io.github.brainimaging.examples.cli.option;

import io.github.brainimaging.core.domain.BrainVolume;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.inference.Assessment;
import io.github.brainimaging.models.stripping.OnnxSkullStripper;
import io.github.brainimaging.segmentation.skullstrip.SkullStripper;
import io.github.brainimaging.segmentation.skullstrip.SurfaceSkullStripper;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** How the brain is found in a volume. */
public final class BrainOptions {

  /** The choices of {@code --method}. */
  enum Method {
    LEARNED,
    SURFACE,
    THRESHOLD
  }

  @Option(
      names = "--method",
      paramLabel = "learned|surface|threshold",
      description =
          "learned: a network that looks at slices of three planes; surface: a surface that"
              + " grows from within (BET); threshold: threshold and morphology (default: learned).")
  private Method method = Method.LEARNED;

  @Option(
      names = "--minimum-ml",
      converter = Numbers.NotNegativeReal.class,
      paramLabel = "ML",
      description = "What is smaller is no brain, and refused (default: ${DEFAULT-VALUE}; people).")
  private double minimumMl = BrainVolume.ofPeople().minimumMl();

  @Option(
      names = "--maximum-ml",
      converter = Numbers.PositiveReal.class,
      paramLabel = "ML",
      description = "What is larger is no brain, and refused (default: ${DEFAULT-VALUE}; people).")
  private double maximumMl = BrainVolume.ofPeople().maximumMl();

  /**
   * Checks that the volumes are a range.
   *
   * @throws ParameterException if the smallest is not below the largest
   */
  void requireRange(CommandSpec spec) {
    if (minimumMl >= maximumMl) {
      throw new ParameterException(
          spec.commandLine(),
          "--minimum-ml must be below --maximum-ml, got " + minimumMl + " and " + maximumMl);
    }
  }

  /** The defaults, but for volumes that show a part of the brain only. */
  static BrainOptions ofParts() {
    BrainOptions options = new BrainOptions();
    options.minimumMl = 0;
    return options;
  }

  /**
   * Finds the brain.
   *
   * @param head the volume
   * @return the brain
   * @throws IllegalArgumentException if nothing was found that can be a brain
   */
  public VolumeMask extract(MedicalVolume head) {
    BrainVolume possible = new BrainVolume(minimumMl, maximumMl);
    VolumeMask brain =
        switch (method) {
          case SURFACE -> SurfaceSkullStripper.withDefaults().extract(head);
          case THRESHOLD -> SkullStripper.forVolumes().extract(head);
          case LEARNED -> {
            try (OnnxSkullStripper stripper = OnnxSkullStripper.embedded()) {
              yield stripper.extract(head);
            }
          }
        };
    Assessment assessment = possible.assess(brain);
    if (!assessment.answers()) {
      throw new IllegalArgumentException(String.join("; ", assessment.reasons()));
    }
    return brain;
  }
}

package io.github.brainimaging.examples.cli.option;

import io.github.brainimaging.core.domain.BrainVolume;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.inference.Assessment;
import io.github.brainimaging.segmentation.skullstrip.SkullStripper;
import io.github.brainimaging.segmentation.skullstrip.SurfaceSkullStripper;
import picocli.CommandLine.Option;

/** How the brain is found in a volume. */
public final class BrainOptions {

  /** The choices of {@code --method}. */
  enum Method {
    SURFACE,
    THRESHOLD
  }

  @Option(
      names = "--method",
      paramLabel = "surface|threshold",
      description = {
        "surface: a surface that grows from within (BET); threshold: threshold and morphology",
        "(default: surface)."
      })
  private Method method = Method.SURFACE;

  @Option(
      names = "--minimum-ml",
      paramLabel = "ML",
      description =
          "What is smaller is no brain, and refused (default: ${DEFAULT-VALUE}; people).")
  private double minimumMl = BrainVolume.ofPeople().minimumMl();

  @Option(
      names = "--maximum-ml",
      paramLabel = "ML",
      description = "What is larger is no brain, and refused (default: ${DEFAULT-VALUE}; people).")
  private double maximumMl = BrainVolume.ofPeople().maximumMl();

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
        };
    Assessment assessment = possible.assess(brain);
    if (!assessment.answers()) {
      throw new IllegalArgumentException(
          String.join("; ", assessment.reasons())
              + "; --minimum-ml and --maximum-ml are for other species");
    }
    return brain;
  }
}

package io.github.brainimaging.examples.cli.option;

import io.github.brainimaging.core.augmentation.Augmentation;
import io.github.brainimaging.core.augmentation.RandomBiasField;
import io.github.brainimaging.core.augmentation.RandomIntensityMap;
import io.github.brainimaging.core.augmentation.RandomLesion;
import io.github.brainimaging.core.augmentation.RandomResolution;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What makes a network learn other sequences than those of its images. */
public final class SequenceOptions {

  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  private double randomContrast;
  private double randomLesions;

  @Option(
      names = "--random-contrast",
      paramLabel = "SHARE",
      defaultValue = "0",
      description =
          "Share of the images that an epoch shows with other gray values for their tissues, as"
              + " other sequences have them; as many get a bias field, half as many fewer pixels"
              + " (default: ${DEFAULT-VALUE}; 0.4 for a network that is to see every sequence).")
  void setRandomContrast(double share) {
    randomContrast = requireShare("--random-contrast", share);
  }

  @Option(
      names = "--random-lesions",
      paramLabel = "SHARE",
      defaultValue = "0",
      description =
          "Share of the images without tumor that an epoch shows with a painted lesion"
              + " (default: ${DEFAULT-VALUE}; 0.4 for a network that is to see every sequence).")
  void setRandomLesions(double share) {
    randomLesions = requireShare("--random-lesions", share);
  }

  private double requireShare(String name, double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new ParameterException(spec.commandLine(), name + " must be from 0 to 1, got " + share);
    }
    return share;
  }

  /** The usual changes of gray values, and before them those of other sequences. */
  public Augmentation contrast(Augmentation usual) {
    if (randomContrast == 0) {
      return usual;
    }
    return Augmentation.sometimes(randomContrast, RandomIntensityMap.monotone().withInversion(0.3))
        .then(Augmentation.sometimes(randomContrast / 2, RandomIntensityMap.free()))
        .then(Augmentation.sometimes(randomContrast, RandomBiasField.withDefaults()))
        .then(Augmentation.sometimes(randomContrast / 2, RandomResolution.withDefaults()))
        .then(usual);
  }

  public boolean paintsLesions() {
    return randomLesions > 0;
  }

  /** Paints a lesion into the share of the images that was asked for. */
  public Augmentation lesions() {
    return Augmentation.sometimes(randomLesions, RandomLesion.withDefaults());
  }
}

package io.github.brainimaging.examples.cli.option;

import io.github.brainimaging.core.augmentation.Augmentation;
import io.github.brainimaging.core.augmentation.RandomBiasField;
import io.github.brainimaging.core.augmentation.RandomIntensityMap;
import io.github.brainimaging.core.augmentation.RandomLesion;
import io.github.brainimaging.core.augmentation.RandomResolution;
import picocli.CommandLine.Option;

/** What makes a network learn other sequences than those of its images. */
public final class SequenceOptions {

  @Option(
      names = "--random-contrast",
      converter = Numbers.Share.class,
      paramLabel = "SHARE",
      defaultValue = "0",
      description =
          "Share of the images that an epoch shows with other gray values for their tissues, as"
              + " other sequences have them; as many get a bias field, half as many fewer pixels"
              + " (default: ${DEFAULT-VALUE}; 0.4 for a network that is to see every sequence).")
  private double randomContrast;

  @Option(
      names = "--random-lesions",
      converter = Numbers.Share.class,
      paramLabel = "SHARE",
      defaultValue = "0",
      description =
          "Share of the images without tumor that an epoch shows with a painted lesion"
              + " (default: ${DEFAULT-VALUE}; 0.4 for a network that is to see every sequence).")
  private double randomLesions;

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

package io.github.brainimaging.examples.cli.option;

import io.github.brainimaging.core.augmentation.Augmentation;
import io.github.brainimaging.core.augmentation.RandomAffine;
import io.github.brainimaging.core.augmentation.RandomBiasField;
import io.github.brainimaging.core.augmentation.RandomIntensityMap;
import io.github.brainimaging.core.augmentation.RandomLesion;
import io.github.brainimaging.core.augmentation.RandomResolution;
import io.github.brainimaging.models.card.ModelCard;
import io.github.brainimaging.models.training.Trainer;
import io.github.brainimaging.segmentation.skullstrip.SkullStripper;
import org.jspecify.annotations.Nullable;
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
  private double randomStripping;

  @Option(
      names = "--random-contrast",
      paramLabel = "SHARE",
      defaultValue = "0",
      description = {
        "Share of the images that an epoch shows with other gray values for their tissues, as other",
        "sequences have them; as many get a bias field, half as many fewer pixels (default:",
        "${DEFAULT-VALUE}; 0.4 for a network that is to see every sequence)."
      })
  void setRandomContrast(double share) {
    randomContrast = requireShare("--random-contrast", share);
  }

  @Option(
      names = "--random-lesions",
      paramLabel = "SHARE",
      defaultValue = "0",
      description = {
        "Share of the images without tumor that an epoch shows with a painted lesion (default:",
        "${DEFAULT-VALUE}; 0.4 for a network that is to see every sequence)."
      })
  void setRandomLesions(double share) {
    randomLesions = requireShare("--random-lesions", share);
  }

  @Option(
      names = "--random-stripping",
      paramLabel = "SHARE",
      defaultValue = "0",
      description = {
        "Share of the images that an epoch shows without skull (default: ${DEFAULT-VALUE}; 0.15 for",
        "a network that is to see stripped brains too)."
      })
  void setRandomStripping(double share) {
    randomStripping = requireShare("--random-stripping", share);
  }

  @Option(
      names = "--lesion-class",
      paramLabel = "NAME",
      description =
          "With --random-lesions: the class of an image with a painted lesion (default: the first that"
              + " means a tumor).")
  private @Nullable String lesionClass;

  private double requireShare(String name, double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new ParameterException(spec.commandLine(), name + " must be from 0 to 1, got " + share);
    }
    return share;
  }

  /** The usual changes of shape, and before them the skull stripped and the brain enlarged. */
  public Augmentation shape(Augmentation usual) {
    if (randomStripping == 0) {
      return usual;
    }
    SkullStripper stripper = SkullStripper.withDefaults();
    Augmentation stripped = (image, random) -> stripper.apply(image);
    return Augmentation.sometimes(
            randomStripping,
            stripped.named(stripper.toString()).then(RandomAffine.identity().withScale(1, 1.3)))
        .then(usual);
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

  /** A trainer that shows, if asked for, healthy images with a painted lesion. */
  public Trainer paint(Trainer trainer, ModelCard card) {
    if (!paintsLesions()) {
      return trainer;
    }
    String diseased =
        lesionClass != null
            ? lesionClass
            : card.tumorLabels().stream().findFirst().orElseThrow(this::noPair);
    String healthy =
        card.labels().stream()
            .filter(label -> !card.tumorLabels().contains(label))
            .findFirst()
            .orElseThrow(this::noPair);
    return trainer.withPaintedLesions(lesions(), healthy, diseased);
  }

  private ParameterException noPair() {
    return new ParameterException(
        spec.commandLine(),
        "--random-lesions needs a class without tumor and one with; name the latter by"
            + " --lesion-class");
  }
}

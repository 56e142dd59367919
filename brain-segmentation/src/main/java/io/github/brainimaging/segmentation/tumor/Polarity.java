package io.github.brainimaging.segmentation.tumor;

import io.github.brainimaging.core.image.Modality;

/** Whether a lesion is brighter or darker than the brain around it. */
public enum Polarity {
  /** Brighter, as in FLAIR, T2 and T1 with contrast agent. */
  BRIGHT,

  /** Darker, as mostly in T1 without contrast agent and often in CT. */
  DARK,

  /**
   * By the image's modality: {@link #DARK} for T1 without contrast agent, {@link #BRIGHT} for T1
   * with it, T2 and FLAIR. Where the modality does not tell (MR of unknown weighting, CT, unknown),
   * both are tried and the finding with the higher confidence is taken. That errs more often than
   * the right one of the two, if you know it.
   */
  AUTOMATIC;

  /** What the modality makes of this; still automatic if it does not tell. */
  Polarity in(Modality modality) {
    if (this != AUTOMATIC) {
      return this;
    }
    return switch (modality) {
      case MR_T1 -> DARK;
      case MR_T1_CONTRAST, MR_T2, MR_FLAIR -> BRIGHT;
      case MR, CT, UNKNOWN -> AUTOMATIC;
    };
  }
}

package io.github.brainimaging.core.image;

/**
 * What made the image, as far as the file or the caller tells.
 *
 * @since 0.1.0
 */
public enum Modality {
  /** T1-weighted MRI. */
  MR_T1,
  /** T1-weighted MRI after contrast agent. */
  MR_T1_CONTRAST,
  /** T2-weighted MRI. */
  MR_T2,
  /** Fluid-attenuated inversion recovery MRI. */
  MR_FLAIR,
  /** MRI of another or unknown weighting. */
  MR,
  /** Computed tomography, in Hounsfield units where the file gives them. */
  CT,
  /** Not known: a PNG or JPEG does not tell. */
  UNKNOWN
}

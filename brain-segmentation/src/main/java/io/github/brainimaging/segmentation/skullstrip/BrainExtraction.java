package io.github.brainimaging.segmentation.skullstrip;

import io.github.brainimaging.core.image.Mask;

/**
 * What {@link SkullStripper} finds in a picture of the head.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param head the head without holes: skin, skull and brain
 * @param brain the brain without holes, a part of the head
 * @param diameterPixels the diameter of a disk of the head's area, in pixels; of pixels that are
 *     not square, in the geometric mean of their sides. 0 if the head is empty
 * @param backgroundLevel the typical gray value around the head
 * @param tissueLevel the gray value above which a pixel is taken for tissue rather than bone, air
 *     or fluid
 */
public record BrainExtraction(
    Mask head, Mask brain, double diameterPixels, float backgroundLevel, float tissueLevel) {}

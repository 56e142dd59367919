/**
 * Finding the brain in a picture of the head: {@link
 * io.github.brainimaging.segmentation.skullstrip.SkullStripper} in slices, {@link
 * io.github.brainimaging.segmentation.skullstrip.SurfaceSkullStripper} in whole T1 heads; {@link
 * io.github.brainimaging.core.domain.BrainVolume} refuses what no brain can have.
 *
 * <p>Networks for every sequence are in {@code brain-models} ({@code OnnxSkullStripper}). How good
 * each is, and on which heads, stands in the documentation (segmentation.md).
 *
 * <pre>{@code
 * SurfaceSkullStripper stripper = SurfaceSkullStripper.withDefaults();
 * VolumeMask brain = stripper.extract(volume);
 * MedicalVolume alone = stripper.apply(volume); // all else has the smallest value
 * }</pre>
 */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.segmentation.skullstrip;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

/**
 * Images, masks and their geometry: immutable values that everything else is about. {@link
 * io.github.brainimaging.core.image.MedicalImage} is a slice, {@link
 * io.github.brainimaging.core.image.MedicalVolume} a volume; {@link
 * io.github.brainimaging.core.image.Mask} and {@link io.github.brainimaging.core.image.VolumeMask}
 * are regions on their grids.
 *
 * <p>Samples are floats in the units of the file (HU of a CT), channel by channel, row by row from
 * the top left. Pixel sizes and the place in the patient (RAS+, mm) are unknown where nothing tells
 * them, and never made up: see decision 5 in the documentation. Methods named {@code with...} copy
 * arrays, {@code wrap...} keep the caller's.
 *
 * <pre>{@code
 * MedicalImage slice = MedicalImage.ofGray(2, 1, new float[] {0, 200});
 * Mask bright = Mask.above(slice, 100);
 * System.out.println(bright.count() + " of " + slice.width() * slice.height() + " pixels");
 * }</pre>
 */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.core.image;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

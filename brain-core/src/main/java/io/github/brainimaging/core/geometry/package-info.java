/**
 * Where volumes lie in the patient: turned to an orientation, cut into axial, coronal and sagittal
 * slices, resampled to other grids, cropped. Distances are millimeters of the volume's own affine;
 * a volume without one is refused where one is needed.
 *
 * <p>Masks are resampled by the nearest voxel, so that no label is invented. {@link
 * io.github.brainimaging.core.geometry.AnatomicalPlane} tells in which plane thick slices were
 * taken.
 *
 * <pre>{@code
 * MedicalVolume upright = Reorient.to(AnatomicalPlane.AXIAL).apply(volume);
 * MedicalVolume even = Resample.toSpacing(VoxelSpacing.ofMillimeters(1)).apply(upright);
 * }</pre>
 */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.core.geometry;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

/**
 * Where volumes lie in the patient: turned to an orientation, cut into axial, coronal and sagittal
 * slices, resampled to other grids, cropped. Distances are millimeters of the volume's own affine.
 */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.core.geometry;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

/**
 * NIfTI-1 and NIfTI-2: the header, where the voxels lie, and how bytes become samples and back. Not
 * API.
 */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.core.io.internal.nifti;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

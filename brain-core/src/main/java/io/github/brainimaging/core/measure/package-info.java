/**
 * Lesions measured in the patient: {@link io.github.brainimaging.core.measure.Lesion} gives volume,
 * diameters and place of each connected region of a mask.
 */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.core.measure;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

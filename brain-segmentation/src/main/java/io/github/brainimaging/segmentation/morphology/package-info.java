/** Morphology of masks: erosion, dilation and what is made of them. */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.segmentation.morphology;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

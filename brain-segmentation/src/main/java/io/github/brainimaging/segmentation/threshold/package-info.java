/** Thresholds found from the gray values of an image. */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.segmentation.threshold;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

/** Deterministic steps from image to image or volume to volume. One small class per step. */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.core.transform;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

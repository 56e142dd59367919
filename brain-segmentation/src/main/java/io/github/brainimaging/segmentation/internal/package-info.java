/** The bridge to BoofCV, and masks of one bit per pixel for what it has not. Not API. */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.segmentation.internal;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

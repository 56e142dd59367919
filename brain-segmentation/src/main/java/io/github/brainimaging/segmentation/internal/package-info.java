/** The bridge to BoofCV. Not API. */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.segmentation.internal;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

/** Connected components of masks. */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.segmentation.components;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

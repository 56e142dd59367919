/** The outlines of masks as polygons. */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.segmentation.contour;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

/** Each algorithm on pixels and voxels once, for slices and volumes. Not API. */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.core.grid;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

/** Finding the brain in a picture of the head. */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.segmentation.skullstrip;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

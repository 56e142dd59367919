/** Finding the tumor in a picture of the head: the chain of P1 and the default. */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.segmentation.tumor;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

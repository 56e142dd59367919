/** What goes into a network and comes out of it: float32 blocks with a shape. */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.core.tensor;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

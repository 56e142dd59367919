/** Images, masks and their geometry: immutable values that everything else is about. */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.core.image;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

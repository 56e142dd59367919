/** How good a result is: immutable evaluations that print themselves. */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.core.evaluation;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

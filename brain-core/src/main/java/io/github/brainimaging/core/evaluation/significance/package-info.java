/**
 * Whether the difference of two models on the same cases is more than chance: tests with the size
 * of the difference and its interval.
 */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.core.evaluation.significance;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

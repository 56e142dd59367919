/** Plots of trainings and evaluations, written as PNG; they need no screen. */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.core.plot;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

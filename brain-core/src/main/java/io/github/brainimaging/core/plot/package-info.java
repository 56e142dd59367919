/**
 * Plots of trainings and evaluations, written as PNG; they need no screen. Curves need {@code
 * org.knowm.xchart:xchart}, which an application that wants them adds.
 */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.core.plot;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

/**
 * What all evaluations share: intervals that tell how far a figure can be trusted. Intervals and p
 * values, but those of the bootstrap, need {@code
 * org.apache.commons:commons-statistics-distribution}, which an application that wants them adds.
 */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.core.evaluation;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

/**
 * Plots of trainings and evaluations, as images or SVG; they need no screen. Curves need {@code
 * org.knowm.xchart:xchart}, SVG needs {@code org.apache.xmlgraphics:batik-svggen}, which an
 * application that wants them adds.
 */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.core.plot;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

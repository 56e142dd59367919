/** The command line. */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.examples.cli;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

/** The commands, a class each; {@code Brain} lists them. */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.examples.cli.command;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

/** Options that several commands share. */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.examples.cli.option;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

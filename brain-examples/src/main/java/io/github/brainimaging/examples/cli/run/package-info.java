/** Batches and trainings: the work of commands that takes long. */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.examples.cli.run;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

/** Findings held against the truth, written and told. */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.examples.cli.score;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

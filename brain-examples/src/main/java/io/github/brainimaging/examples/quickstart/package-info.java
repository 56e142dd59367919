/** Short programs to copy, one per task. */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.examples.quickstart;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

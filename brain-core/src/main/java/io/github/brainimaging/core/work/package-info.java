/** How long work is watched and bounded: {@link io.github.brainimaging.core.work.Progress}. */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.core.work;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

/** Argument checks and file writing. Not API. */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.core.internal;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

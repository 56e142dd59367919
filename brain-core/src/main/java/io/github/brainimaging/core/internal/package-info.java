/**
 * What every package needs: checks of arguments, half of the heap, libraries that may be absent.
 * Not API.
 */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.core.internal;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

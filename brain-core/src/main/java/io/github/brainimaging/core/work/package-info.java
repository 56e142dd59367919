/**
 * Work that takes long or must not be left half done: {@link
 * io.github.brainimaging.core.work.Progress} and {@link
 * io.github.brainimaging.core.work.AtomicFiles}.
 */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.core.work;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

/**
 * Work that takes long or must not be left half done: {@link
 * io.github.brainimaging.core.work.Progress} and {@link
 * io.github.brainimaging.core.work.AtomicFiles}; and what files that are written are called, {@link
 * io.github.brainimaging.core.work.OutputNames}.
 */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.core.work;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

/**
 * Examples read, augmented and put together to batches in background threads, for the trainers
 * only.
 */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.models.training.internal.batch;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

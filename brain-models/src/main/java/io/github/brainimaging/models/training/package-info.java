/**
 * Training on the JVM with DJL's PyTorch engine, which is an optional dependency that the
 * application adds.
 */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.models.training;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

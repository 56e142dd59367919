/** What runs a network on DJL's PyTorch engine, for the trainers only. */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.models.training.internal;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

/** How weights follow their gradients, and how the learning rate falls. */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.models.training.optimizer;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

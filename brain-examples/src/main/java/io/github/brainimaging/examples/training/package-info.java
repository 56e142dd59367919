/** Programs that fit what is embedded beside the networks. */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.examples.training;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

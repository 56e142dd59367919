/** Finding the brain in a head with a network of slices, and making the pictures it learns from. */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.models.stripping;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

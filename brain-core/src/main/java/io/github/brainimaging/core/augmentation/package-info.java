/** Random changes of images for training, each drawn from a generator that the caller seeds. */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.core.augmentation;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

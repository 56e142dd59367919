/**
 * Training on the JVM: a trainer each for images, features, sequences and masks, and the recipes of
 * the papers and of the embedded models. This package and those below it are the only ones that
 * know DJL's PyTorch engine, an optional dependency that the application adds.
 */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.models.training;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

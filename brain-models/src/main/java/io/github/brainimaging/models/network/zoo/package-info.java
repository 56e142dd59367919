/**
 * The networks of the papers and our own, and the heads that fit them. To add one, write its
 * description here and a line in {@link io.github.brainimaging.models.network.zoo.Architectures}.
 */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.models.network.zoo;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

/**
 * The layers of networks: what each gives and which weights it needs. To add one, write a record
 * that implements {@link io.github.brainimaging.models.network.layer.Layer}, which says what else
 * it needs.
 */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.models.network.layer;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

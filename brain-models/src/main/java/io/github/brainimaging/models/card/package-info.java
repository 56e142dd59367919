/**
 * What a model is, beside its file: {@link io.github.brainimaging.models.card.ModelCard} tells its
 * labels, how images are fed to it ({@link io.github.brainimaging.models.card.ModelInput}), where
 * it comes from and what it reaches. Knows neither engine nor network.
 */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.models.card;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

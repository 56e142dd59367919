/**
 * Whether a model should be asked at all: assessors that look at an image before its class is
 * claimed. {@link io.github.brainimaging.core.domain.ContentAssessor} goes by what the file says
 * and by whether there is a picture, {@link io.github.brainimaging.core.domain.FeatureDistance} by
 * how far the features of an image lie from those of the training data.
 */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.core.domain;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

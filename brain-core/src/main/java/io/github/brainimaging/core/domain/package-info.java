/**
 * Whether a model should be asked at all: what looks at an image before its class is claimed, by
 * what the file says and by whether there is a picture; and whether a mask can be a brain. How far
 * the features of an image lie from those of the training data is part of a model itself.
 */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.core.domain;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

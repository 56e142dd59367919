/** From the bytes of DICOM frames to stored values, and what these mean. Not API. */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.core.io.internal.dicom.pixel;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

/** The elements of DICOM files: read, told apart, put in order. Not API. */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.core.io.internal.dicom.element;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

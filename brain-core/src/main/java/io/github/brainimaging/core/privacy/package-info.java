/**
 * Images that do not tell whose they are: {@link io.github.brainimaging.core.privacy.Deidentifier}
 * takes names out of DICOM and NIfTI files, {@link io.github.brainimaging.core.privacy.Defacing}
 * the face out of a head.
 */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.core.privacy;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

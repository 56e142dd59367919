/** Images from and results to archives over the network, by DICOMweb. */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.core.archive;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

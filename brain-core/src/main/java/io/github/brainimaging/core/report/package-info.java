/**
 * Reports of analyses: JSON, pictures and a self-contained HTML page. They need {@code
 * com.google.code.gson:gson}, which an application that wants them adds; brain-models brings it.
 */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.core.report;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

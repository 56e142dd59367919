/** Reports of analyses: JSON, pictures and a self-contained HTML page. */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.core.report;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

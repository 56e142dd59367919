/** What is read from and written to files, and what of it is shown. */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.examples.cli.file;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

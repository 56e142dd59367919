/** What the tests of all modules share. */
@NullMarked
package io.github.brainimaging.core.testing;

import org.jspecify.annotations.NullMarked;

/**
 * A web service to copy: a page to upload an image or a volume, which answers with the report, and
 * the same as JSON. Needs Javalin, which only the profile {@code web} puts on the class path.
 */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.examples.web;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

/**
 * JPEG (ITU-T T.81) with Huffman coding: sequential DCT of 8 and 12 bits, and lossless of 2 to 16
 * bits. The JDK decodes neither 12 bits nor lossless. Not API.
 */
@NullMarked
@CheckReturnValue
package io.github.brainimaging.core.io.internal.codec.jpeg;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;

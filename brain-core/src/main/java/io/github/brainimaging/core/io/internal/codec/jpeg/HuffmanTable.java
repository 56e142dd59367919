package io.github.brainimaging.core.io.internal.codec.jpeg;

import java.io.IOException;
import java.util.Arrays;

/** A Huffman table (T.81, annex C), with a lookup of the short codes. */
final class HuffmanTable {

  private static final int SHORT = 9;

  private final int[] symbols;

  /** For each prefix of 9 bits: length of the code times 256 plus the symbol; 0 if it is longer. */
  private final int[] lookup = new int[1 << SHORT];

  /** For each length: the first code that is longer, aligned to 16 bits; and what to add. */
  private final int[] limit = new int[18];

  private final int[] offset = new int[18];

  /**
   * Builds a table.
   *
   * @param counts number of codes of 1 to 16 bits
   * @param symbols the symbols in the order of their codes
   */
  HuffmanTable(int[] counts, int[] symbols) throws IOException {
    this.symbols = symbols;
    int code = 0;
    int index = 0;
    for (int length = 1; length <= 16; length++) {
      offset[length] = index - code;
      for (int i = 0; i < counts[length - 1]; i++) {
        if (code >= 1 << length) {
          throw new IOException("damaged Huffman table: too many codes of " + length + " bits");
        }
        if (length <= SHORT) {
          int from = code << (SHORT - length);
          Arrays.fill(lookup, from, from + (1 << (SHORT - length)), length << 8 | symbols[index]);
        }
        code++;
        index++;
      }
      limit[length] = code << (16 - length);
      code <<= 1;
    }
  }

  /** The next symbol. */
  int decode(EntropyReader bits) throws IOException {
    int next = bits.peek16();
    int found = lookup[next >> (16 - SHORT)];
    if (found != 0) {
      bits.skip(found >> 8);
      return found & 0xFF;
    }
    for (int length = SHORT + 1; length <= 16; length++) {
      if (next < limit[length]) {
        int index = (next >> (16 - length)) + offset[length];
        if (index < symbols.length && index >= 0) {
          bits.skip(length);
          return symbols[index];
        }
      }
    }
    throw new IOException("damaged JPEG data: no such Huffman code");
  }
}

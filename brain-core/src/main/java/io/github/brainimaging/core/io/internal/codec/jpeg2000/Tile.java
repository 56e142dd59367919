package io.github.brainimaging.core.io.internal.codec.jpeg2000;

import io.github.brainimaging.core.io.internal.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** The parameters of a tile (those of the main header until its own say otherwise) and its data. */
final class Tile {

  final Coding[] codings;
  final Quantization[] quantizations;
  private final boolean[] ownCoding;
  private final boolean[] ownQuantization;
  int progression;
  int layers;
  boolean transformed;
  final ByteArrayOutputStream data = new ByteArrayOutputStream();

  Tile(int components) {
    codings = new Coding[components];
    quantizations = new Quantization[components];
    ownCoding = new boolean[components];
    ownQuantization = new boolean[components];
  }

  /** A tile that begins with the parameters of the main header. */
  Tile(Tile main) {
    this(main.codings.length);
    System.arraycopy(main.codings, 0, codings, 0, codings.length);
    System.arraycopy(main.quantizations, 0, quantizations, 0, codings.length);
    progression = main.progression;
    layers = main.layers;
    transformed = main.transformed;
  }

  /**
   * Reads a segment of a main or tile-part header; segments that change nothing are passed over.
   */
  void segment(int marker, Bytes bytes, long at, long end) throws IOException {
    int wide = codings.length < 257 ? 1 : 2;
    switch (marker) {
      case 0x52 -> {
        progression = bytes.uint8(at + 1);
        layers = bytes.uint16(at + 2);
        transformed = bytes.uint8(at + 4) != 0;
        Coding coding = Coding.read(bytes, at + 5, (bytes.uint8(at) & 1) != 0);
        for (int c = 0; c < codings.length; c++) {
          codings[c] = ownCoding[c] ? codings[c] : coding;
        }
      }
      case 0x53 -> {
        int c = component(wide == 1 ? bytes.uint8(at) : bytes.uint16(at));
        codings[c] = Coding.read(bytes, at + wide + 1, (bytes.uint8(at + wide) & 1) != 0);
        ownCoding[c] = true;
      }
      case 0x5C -> {
        Quantization quantization = Quantization.read(bytes, at, end);
        for (int c = 0; c < codings.length; c++) {
          quantizations[c] = ownQuantization[c] ? quantizations[c] : quantization;
        }
      }
      case 0x5D -> {
        int c = component(wide == 1 ? bytes.uint8(at) : bytes.uint16(at));
        quantizations[c] = Quantization.read(bytes, at + wide, end);
        ownQuantization[c] = true;
      }
      case 0x5E -> throw new IOException("JPEG 2000 with a region of interest is not supported");
      case 0x5F -> throw new IOException("JPEG 2000 with changing progression is not supported");
      case 0x60, 0x61 ->
          throw new IOException("JPEG 2000 with packed packet headers is not supported");
      default -> {
        // Comments, lengths and the like.
      }
    }
  }

  private int component(int number) throws IOException {
    if (number < codings.length) {
      return number;
    }
    throw new IOException("a JPEG 2000 segment names a component that is not there");
  }
}

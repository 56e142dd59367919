package io.github.brainimaging.core.io.internal.codec.jpeg;

import org.jspecify.annotations.Nullable;

/** One component of a JPEG frame, at its own resolution. Belongs to one thread. */
final class Component {

  final int id;
  final int horizontal;
  final int vertical;
  final int quantization;

  /** Columns and rows that mean something. */
  int width;

  int height;

  /** Columns in memory: whole blocks and whole MCUs. */
  int stride;

  int[] samples = new int[0];

  /** Tables of the scan at hand. */
  @Nullable HuffmanTable dc;

  @Nullable HuffmanTable ac;
  int prediction;

  /** Whether a scan has brought it. */
  boolean decoded;

  Component(int id, int horizontal, int vertical, int quantization) {
    this.id = id;
    this.horizontal = horizontal;
    this.vertical = vertical;
    this.quantization = quantization;
  }
}

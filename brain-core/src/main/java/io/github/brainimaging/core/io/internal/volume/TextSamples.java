package io.github.brainimaging.core.io.internal.volume;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Samples written as numbers in ASCII. */
final class TextSamples {

  private static final int LONGEST_NUMBER = 64;

  private final InputStream in;
  private final SampleType type;

  private TextSamples(InputStream in, SampleType type) {
    this.in = in;
    this.type = type;
  }

  /** How many there are was checked against the size of the file. */
  static List<float[]> read(InputStream in, VoxelData.Wanted wanted) throws IOException {
    TextSamples text = new TextSamples(in, wanted.samples());
    List<float[]> runs = new ArrayList<>();
    for (int run = 0; run < wanted.runs(); run++) {
      float[] samples = new float[wanted.count()];
      for (int i = 0; i < samples.length; i++) {
        samples[i] = text.next(i, samples.length);
      }
      runs.add(VoxelData.planes(samples, wanted.components()));
    }
    return runs;
  }

  private float next(int index, int count) throws IOException {
    int c = in.read();
    while (c >= 0 && isBetween(c)) {
      c = in.read();
    }
    StringBuilder number = new StringBuilder();
    while (c >= 0 && !isBetween(c) && number.length() < LONGEST_NUMBER) {
      number.append((char) c);
      c = in.read();
    }
    if (number.length() == 0) {
      throw new EOFException("the file is cut off: expected " + count + " numbers, found " + index);
    }
    double stored = HeaderText.number("sample " + index, number.toString());
    return (float) (type.slope() * stored + type.intercept());
  }

  private static boolean isBetween(int c) {
    return c <= ' ' || c == ',';
  }
}

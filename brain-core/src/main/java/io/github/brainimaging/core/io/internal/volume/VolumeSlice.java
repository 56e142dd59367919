package io.github.brainimaging.core.io.internal.volume;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.internal.Heap;
import io.github.brainimaging.core.io.internal.Decoder;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/**
 * Volume files of a single slice, as images.
 *
 * @param of the format of the file
 */
public record VolumeSlice(VolumeFormat of) implements Decoder {

  @Override
  public String format() {
    return of.name();
  }

  @Override
  public boolean recognizes(byte[] start) {
    FileStart found = FileStart.of(start);
    return of.recognizes(found) && of.isSlice(found);
  }

  /**
   * Whether a file starts like the format, with one slice or many.
   *
   * @param start the first bytes
   * @return true if it does
   */
  public boolean isOfFormat(byte[] start) {
    return of.recognizes(FileStart.of(start));
  }

  /**
   * Refuses a slice of more pixels than allowed, or than an analysis of it leaves heap for.
   *
   * @throws IOException if it is too large
   */
  public static void requireSize(VolumeGrid grid, int channels, long maximumPixels)
      throws IOException {
    String found = grid.width() + " x " + grid.height() + " pixels";
    if (grid.voxels() > maximumPixels) {
      throw new IOException("found " + found + ", the limit is " + maximumPixels + " pixels");
    }
    Heap.requireForAnalysis(found, grid.voxels(), channels);
  }

  @Override
  public MedicalImage decode(byte[] file, long maximumPixels) throws IOException {
    VolumeHeader header = of.parse(FileStart.of(file));
    VolumeGrid grid = header.grid();
    if (header.data() != null) {
      throw new IOException("its voxels are in another file: read its path by MedicalVolumeReader");
    }
    if (grid.depth() != 1 || header.layout().volumes() != 1) {
      throw new IOException("it holds a volume, not a single slice: use MedicalVolumeReader");
    }
    requireSize(grid, header.layout().channels(), maximumPixels);
    ByteArrayInputStream in = new ByteArrayInputStream(file);
    float[] samples = VoxelData.read(in, file.length, header.place(), header.all()).get(0);
    return MedicalImage.wrap(grid.width(), grid.height(), header.layout().channels(), samples)
        .withSpacing(grid.spacing().inSlice())
        .withWarnings(header.warnings())
        .withNominalMaximum(header.samples().nominalMaximum());
  }
}

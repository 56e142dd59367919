package io.github.brainimaging.core.io.internal.nifti;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.ScanFacts;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.io.internal.Decoder;
import io.github.brainimaging.core.io.internal.volume.FileStart;
import io.github.brainimaging.core.io.internal.volume.VolumeSlice;
import io.github.brainimaging.core.io.internal.volume.VoxelData;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** NIfTI files of a single slice, as images. */
public final class NiftiDecoder implements Decoder {

  @Override
  public String format() {
    return "NIfTI";
  }

  /** A damaged header is recognized too, so that decoding tells what is wrong with it. */
  @Override
  public boolean recognizes(byte[] start) {
    FileStart decompressed = FileStart.of(start);
    if (!NiftiHeader.recognizes(decompressed.bytes())) {
      return false;
    }
    try {
      NiftiHeader header = NiftiHeader.parse(decompressed.bytes());
      return header.grid().depth() == 1 && header.volumes() == 1;
    } catch (IOException e) {
      return true;
    }
  }

  /**
   * Whether a file starts like NIfTI, with one slice or many.
   *
   * @param start the first bytes
   * @return true if it does
   */
  public static boolean isNifti(byte[] start) {
    return NiftiHeader.recognizes(FileStart.of(start).bytes());
  }

  @Override
  public MedicalImage decode(byte[] file, long maximumPixels) throws IOException {
    FileStart start = FileStart.of(file);
    NiftiHeader header = NiftiHeader.parse(start.bytes());
    VolumeGrid grid = header.grid();
    if (header.pair()) {
      throw new IOException(
          "its voxels are in another file, the .img: read the .hdr by MedicalVolumeReader");
    }
    VolumeSlice.requireSize(grid, header.type().channels(), maximumPixels);
    VoxelData.Wanted all =
        new VoxelData.Wanted(
            header.samples(), header.type().channels(), header.volumeSamples(), 1, true);
    ByteArrayInputStream in = new ByteArrayInputStream(file);
    float[] samples =
        VoxelData.read(in, file.length, header.place(start.isCompressed(), 0), all).get(0);
    return MedicalImage.wrap(grid.width(), grid.height(), header.type().channels(), samples)
        .withSpacing(grid.spacing().inSlice())
        .withWarnings(header.warnings())
        .withFacts(new ScanFacts(header.sequence().stream().toList()))
        .withNominalMaximum(header.samples().nominalMaximum());
  }
}

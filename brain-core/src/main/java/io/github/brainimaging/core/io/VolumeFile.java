package io.github.brainimaging.core.io;

import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeGrid;
import io.github.brainimaging.core.image.VolumeSeries;
import io.github.brainimaging.core.io.internal.SampleDoubts;
import io.github.brainimaging.core.io.internal.UnsupportedFormat;
import io.github.brainimaging.core.io.internal.volume.DataFile;
import io.github.brainimaging.core.io.internal.volume.FileStart;
import io.github.brainimaging.core.io.internal.volume.VolumeFormat;
import io.github.brainimaging.core.io.internal.volume.VolumeHeader;
import io.github.brainimaging.core.io.internal.volume.VoxelData;
import io.github.brainimaging.core.io.internal.volume.VoxelPlace;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A volume file that is neither NIfTI nor DICOM; its header has been read. */
final class VolumeFile {

  private final Source source;
  private final VolumeFormat format;
  private final VolumeHeader header;

  private VolumeFile(Source source, VolumeFormat format, VolumeHeader header) {
    this.source = source;
    this.format = format;
    this.header = header;
  }

  static Optional<String> format(Source source) throws IOException {
    return VolumeFormat.of(start(source, FileStart.COMPRESSED_LENGTH)).map(VolumeFormat::name);
  }

  static VolumeFile open(Source source) throws IOException {
    FileStart start = start(source, VolumeFormat.MOST_HEADER_BYTES);
    VolumeFormat format =
        VolumeFormat.of(start)
            .orElseThrow(
                () ->
                    new ImageFormatException(
                        source.name()
                            + ": expected a NIfTI, NRRD, MetaImage, MGH, Analyze or DICOM file,"
                            + " found "
                            + UnsupportedFormat.name(start.bytes()).orElse("another format")
                            + DataFile.hint(source.name())));
    try {
      return new VolumeFile(source, format, format.parse(start));
    } catch (IOException e) {
      throw damaged(source, format, e);
    }
  }

  private static FileStart start(Source source, int length) throws IOException {
    try (InputStream in = source.open()) {
      return FileStart.of(in.readNBytes(length));
    }
  }

  VolumeGrid grid() {
    return header.grid();
  }

  int volumes() {
    return header.layout().volumes();
  }

  VolumeSeries readAll() throws IOException {
    VolumeHeader.Layout layout = header.layout();
    int samples = header.grid().voxels() * layout.channels();
    List<MedicalVolume> volumes = new ArrayList<>();
    for (float[] run : runs()) {
      for (int from = 0; from < run.length; from += samples) {
        float[] part = samples == run.length ? run : Arrays.copyOfRange(run, from, from + samples);
        volumes.add(
            SampleDoubts.addTo(
                MedicalVolume.wrap(header.grid(), layout.channels(), part)
                    .withWarnings(header.warnings())));
      }
    }
    return new VolumeSeries(volumes, header.intervalSeconds());
  }

  private List<float[]> runs() throws IOException {
    Source data = source;
    VoxelPlace place = header.place();
    try {
      DataFile detached = header.data();
      if (detached != null) {
        Path file =
            source
                .file()
                .orElseThrow(() -> new IOException("its voxels are in another file: read a path"));
        data = Source.of(detached.beside(file));
        place = start(data, FileStart.COMPRESSED_LENGTH).isCompressed() ? place.packed() : place;
      }
      try (InputStream in = data.open()) {
        return VoxelData.read(in, data.size(), place, header.all());
      }
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException e) {
      throw damaged(data, format, e);
    }
  }

  private static ImageFormatException damaged(Source source, VolumeFormat format, IOException e) {
    return new ImageFormatException(
        source.name() + ": cannot read this " + format.name() + " file: " + e.getMessage(), e);
  }
}

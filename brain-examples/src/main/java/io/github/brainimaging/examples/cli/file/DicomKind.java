package io.github.brainimaging.examples.cli.file;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.image.MedicalVolume;
import io.github.brainimaging.core.image.VolumeLabels;
import io.github.brainimaging.core.image.VolumeMask;
import io.github.brainimaging.core.io.DicomCaptureWriter;
import io.github.brainimaging.core.io.DicomContourWriter;
import io.github.brainimaging.core.io.DicomMapWriter;
import io.github.brainimaging.core.io.DicomPdfWriter;
import io.github.brainimaging.core.io.DicomReportWriter;
import io.github.brainimaging.core.io.DicomSegWriter;
import io.github.brainimaging.core.io.DicomSource;
import io.github.brainimaging.core.measure.Lesion;
import io.github.brainimaging.core.report.PdfReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** The objects that an archive takes of what was found on DICOM images. */
enum DicomKind {
  SEG {
    @Override
    void write(DicomSegWriter region, Finding found, DicomSource source, Path file)
        throws IOException {
      if (found.labels().isPresent()) {
        region.write(found.labels().get(), source, file);
      } else {
        region.write(found.mask(), source, file);
      }
    }
  },
  SR {
    @Override
    void write(DicomSegWriter region, Finding found, DicomSource source, Path file)
        throws IOException {
      DicomReportWriter writer =
          DicomReportWriter.of(region).withNotes(found.notes()).withLesions(found.lesions().get());
      found.labels().map(writer::withLabels).orElse(writer).write(found.mask(), source, file);
    }
  },
  RTSTRUCT {
    @Override
    void write(DicomSegWriter region, Finding found, DicomSource source, Path file)
        throws IOException {
      DicomContourWriter.of(region).write(found.mask(), source, file);
    }
  },
  SC {
    @Override
    void write(DicomSegWriter region, Finding found, DicomSource source, Path file)
        throws IOException {
      DicomCaptureWriter.of("Outlines of what was found")
          .write(found.pictures().get(), source, file);
    }
  },
  PMAP {
    @Override
    void write(DicomSegWriter region, Finding found, DicomSource source, Path file)
        throws IOException {
      DicomMapWriter.of(region).write(found.probabilities().get(), source, file);
    }
  },
  PDF {
    @Override
    void write(DicomSegWriter region, Finding found, DicomSource source, Path file)
        throws IOException {
      DicomPdfWriter.of("Report of image analysis")
          .write(found.report().make().toBytes(), source, file);
    }
  };

  /** How help texts show the choices. */
  static final String CHOICES = "seg|sr|rtstruct|sc|pmap|pdf";

  /**
   * What was found.
   *
   * @param mask where, on the grid of the source
   * @param labels its parts; empty if it has none
   * @param lesions its connected regions
   * @param pictures draws its outlines on the images
   * @param probabilities asks what found it for the probability of each voxel
   * @param report makes the report
   * @param notes what else is to be said
   */
  record Finding(
      VolumeMask mask,
      Optional<VolumeLabels> labels,
      Supplier<List<Lesion>> lesions,
      Supplier<List<MedicalImage>> pictures,
      Supplier<MedicalVolume> probabilities,
      Report report,
      List<String> notes) {}

  /** Makes a report when it is asked for. */
  @FunctionalInterface
  interface Report {
    PdfReport make() throws IOException;
  }

  abstract void write(DicomSegWriter region, Finding found, DicomSource source, Path file)
      throws IOException;

  /** The folder of the results in which they lie. */
  String folder() {
    return "dicom-" + name().toLowerCase(Locale.ROOT);
  }
}

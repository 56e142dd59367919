package io.github.brainimaging.examples.cli.option;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Parameters;

/** What is analyzed: images and volumes, files and folders. */
public final class InputOption {

  @Parameters(
      arity = "1..*",
      paramLabel = "INPUT",
      description =
          "Image files, volumes (NIfTI, NRRD, MetaImage, MGH, Analyze or DICOM) or folders.")
  private List<Path> paths = List.of();

  public List<Path> paths() {
    return paths;
  }
}

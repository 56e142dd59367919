package io.github.brainimaging.examples.cli.command;

import io.github.brainimaging.core.archive.DicomWeb;
import io.github.brainimaging.core.io.DicomFile;
import io.github.brainimaging.examples.cli.file.Terminal;
import io.github.brainimaging.examples.cli.option.ArchiveOption;
import io.github.brainimaging.examples.cli.run.ProgressLine;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Stores files in an archive. */
@Command(
    name = "store",
    mixinStandardHelpOptions = true,
    description = {
      "Stores DICOM files in an archive (DICOMweb), such as the results of analyze --dicom.",
      "Each file is sent as it is. One that is not taken is named with the archive's reason, and"
          + " the others are sent all the same."
    })
public final class StoreCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Mixin private final ArchiveOption archive = new ArchiveOption();

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "FILE",
      description = "DICOM files, or folders, of which the DICOM files are taken.")
  private List<Path> inputs = new ArrayList<>();

  @Override
  public Integer call() throws IOException {
    DicomWeb to = archive.open(spec);
    List<Path> files = files();
    PrintWriter text = spec.commandLine().getOut();
    int failed = 0;
    try (ProgressLine progress = new ProgressLine("files", files.size())) {
      for (Path file : files) {
        try {
          if (!DicomFile.recognizes(file)) {
            throw new IOException(file + ": expected a DICOM file, found something else");
          }
          to.store(file);
        } catch (InterruptedIOException e) {
          throw e;
        } catch (IOException e) {
          failed++;
          progress.println(text, Terminal.plain("FAILED: " + e.getMessage()));
        }
        progress.step();
      }
    }
    text.println(Terminal.count(files.size() - failed, "file") + " stored, " + failed + " failed");
    text.flush();
    return failed > 0 || files.isEmpty() ? 1 : 0;
  }

  private List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path input : inputs) {
      if (!Files.exists(input)) {
        throw new NoSuchFileException(input.toString());
      }
      if (!Files.isDirectory(input)) {
        files.add(input);
        continue;
      }
      try (Stream<Path> all = Files.walk(input)) {
        for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
          if (DicomFile.recognizes(file)) {
            files.add(file);
          }
        }
      }
    }
    return files;
  }
}

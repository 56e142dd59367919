package io.github.brainimaging.examples.cli.command;

import io.github.brainimaging.core.privacy.Deidentifier;
import io.github.brainimaging.core.work.Progress;
import io.github.brainimaging.examples.cli.file.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Copies images without what tells whose they are. */
@Command(
    name = "deidentify",
    mixinStandardHelpOptions = true,
    description = {
      "Copies DICOM and NIfTI files without names, dates, texts and private elements (PS3.15, basic"
          + " profile), with new UIDs.",
      "The pixels stay as they are: see deface for heads."
    })
public final class DeidentifyCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Parameters(paramLabel = "INPUT", description = "A folder, with all folders in it, or a file.")
  private Path input = Path.of("");

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "A folder for the copies: series-N/0001.dcm, volume-N.nii.gz.")
  private Path out = Path.of("");

  @Option(
      names = "--pseudonym",
      paramLabel = "NAME",
      description = "What the patient is called in the copies (default: anonymous).")
  private @Nullable String pseudonym;

  @Option(
      names = "--key-file",
      paramLabel = "FILE",
      description =
          "A secret of 16 bytes or more: runs with the same one give the same new UIDs, so that"
              + " later series join the same study (default: a random one, which is not kept).")
  private @Nullable Path keyFile;

  @Override
  public Integer call() throws IOException {
    Deidentifier.Result result;
    try {
      result = deidentifier().writeAll(input, out, Progress.none());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    PrintWriter text = spec.commandLine().getOut();
    for (Map.Entry<Path, String> left : result.leftOut().entrySet()) {
      text.println(Terminal.plain("left out: " + left.getKey() + ": " + left.getValue()));
    }
    List<Path> written = result.written();
    text.println(
        Terminal.plain(Terminal.count(written.size(), "file") + " without identity: " + out));
    text.flush();
    return written.isEmpty() ? 1 : 0;
  }

  private Deidentifier deidentifier() throws IOException {
    Deidentifier one = Deidentifier.withDefaults();
    one = pseudonym == null ? one : one.withPseudonym(pseudonym);
    return keyFile == null ? one : one.withKey(Files.readAllBytes(keyFile));
  }
}

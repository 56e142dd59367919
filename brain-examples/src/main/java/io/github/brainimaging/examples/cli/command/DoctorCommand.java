package io.github.brainimaging.examples.cli.command;

import io.github.brainimaging.examples.cli.file.Terminal;
import io.github.brainimaging.examples.cli.option.ModelOptions;
import io.github.brainimaging.examples.cli.run.LibraryVersions;
import io.github.brainimaging.models.onnx.OnnxClassifier;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says what runs here: what to send along with a question. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = "Prints versions, memory and the device that the model really runs on.")
public final class DoctorCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Mixin private final ModelOptions model = new ModelOptions();

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    Runtime runtime = Runtime.getRuntime();
    out.printf("library       %s%n", spec.root().version()[0]);
    out.printf("Java          %s, %s%n", Runtime.version(), System.getProperty("java.vm.name"));
    out.printf("ONNX Runtime  %s%n", LibraryVersions.onnxRuntime());
    out.printf("DJL           %s%n", LibraryVersions.djl());
    out.printf("PyTorch       %s%n", LibraryVersions.pyTorch());
    out.printf(
        "system        %s %s%n", System.getProperty("os.name"), System.getProperty("os.arch"));
    out.printf(Locale.ROOT, "processors    %d%n", runtime.availableProcessors());
    out.printf(Locale.ROOT, "heap          at most %,d MiB%n", runtime.maxMemory() >> 20);
    out.printf("locale        %s%n", Locale.getDefault().toLanguageTag());
    out.printf("temporary     %s%n", System.getProperty("java.io.tmpdir"));
    long start = System.nanoTime();
    try (OnnxClassifier classifier = model.open()) {
      out.printf(
          Locale.ROOT,
          "model         %s, loaded in %d ms%n",
          Terminal.plain(classifier.card().name()),
          (System.nanoTime() - start) / 1_000_000);
      out.printf("labels        %s%n", Terminal.plain(classifier.labels().toString()));
      out.printf("device        %s%n", classifier.device());
    }
    out.flush();
    return 0;
  }
}

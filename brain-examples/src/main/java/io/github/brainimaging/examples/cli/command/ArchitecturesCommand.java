package io.github.brainimaging.examples.cli.command;

import io.github.brainimaging.examples.cli.option.Numbers;
import io.github.brainimaging.models.network.Network;
import io.github.brainimaging.models.network.zoo.Architecture;
import io.github.brainimaging.models.network.zoo.Architectures;
import io.github.brainimaging.models.network.zoo.Head;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What there is to train, and what it is made of. */
@Command(
    name = "architectures",
    mixinStandardHelpOptions = true,
    description = {
      "Lists the networks that can be trained, with input, parameters and heads.",
      "With a name, prints its layers."
    })
public final class ArchitecturesCommand implements Callable<Integer> {

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "An architecture whose layers are printed.")
  private @Nullable String name;

  @Option(
      names = "--head",
      paramLabel = "HEAD",
      description = "What stands on the backbone (default: the first one that is listed).")
  private @Nullable String head;

  @Option(
      names = "--size",
      converter = Numbers.Positive.class,
      paramLabel = "N",
      description = "Rows and columns of the input (default: as published).")
  private @Nullable Integer size;

  @Option(
      names = "--channels",
      converter = Numbers.Positive.class,
      paramLabel = "N",
      description = "Channels of the input (default: as published).")
  private @Nullable Integer channels;

  @Option(
      names = "--classes",
      converter = Numbers.Several.class,
      paramLabel = "N",
      description = "Number of classes (default: ${DEFAULT-VALUE}).")
  private int classes = 4;

  private static final String PAPERS =
      """
      The papers (docs/papers.md):
        P1  DNN, CNN, ResNet-50: Int. J. Circuits, Systems and Signal Processing 14, 2020, 129
        P2  ResNet-50, VGG-16 on LGG: Comm. on Applied Nonlinear Analysis 31(1), 2024
        P3  transfer learning, three types of tumor: Hou and Zhang
        P4  recurrent network over the slices of a volume
        P5  ResNet-50, Xception, fusion of MRI and CT: JISEM 10(11s), 2025""";

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (name == null) {
      list(out);
    } else {
      Architecture architecture = Architectures.named(name);
      Head chosen = head == null ? architecture.heads().get(0) : Head.named(head);
      out.print(describe(architecture, chosen).summary());
    }
    out.flush();
    return 0;
  }

  private Network describe(Architecture architecture, Head chosen) {
    try {
      return architecture.describe(
          chosen,
          channels == null ? architecture.channels() : channels,
          size == null ? architecture.size() : size,
          classes);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private void list(PrintWriter out) {
    out.printf("%-18s %-14s %14s  %s%n", "architecture", "input", "without head", "what it is");
    for (Architecture architecture : Architectures.all()) {
      Network backbone = architecture.backbone(architecture.channels(), architecture.size());
      String input =
          architecture.channels() + " x " + architecture.size() + " x " + architecture.size();
      out.printf(
          Locale.ROOT,
          "%-18s %-14s %,14d  %s%n",
          architecture.name(),
          input,
          backbone.parameterCount(),
          architecture.description());
    }
    for (Architecture architecture : Architectures.all()) {
      out.printf(Locale.ROOT, "%nheads of %s, with %d classes%n", architecture.name(), classes);
      for (Head each : architecture.heads()) {
        Network.Summary summary =
            architecture
                .describe(each, architecture.channels(), architecture.size(), classes)
                .summary();
        out.printf(
            Locale.ROOT,
            "  %-24s %,12d, %,12d trainable  %s%n",
            each,
            summary.parameters(),
            summary.trainable(),
            each.description());
      }
    }
    out.printf("%n%s%n", PAPERS);
  }
}

package io.github.brainimaging.examples.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is trained. */
final class NetworkOptions {

  @Option(
      names = "--architecture",
      paramLabel = "NAME",
      description = "The network; brain architectures lists them (default: ${DEFAULT-VALUE}).")
  String architecture = "compact-resnet";

  @Option(
      names = "--head",
      paramLabel = "NAME",
      description = "What is put on it to tell classes (default: the architecture's first).")
  @Nullable String head;

  @Option(
      names = "--size",
      paramLabel = "N",
      description = "Rows and columns of the input (default: as published).")
  int size;

  @Option(
      names = "--channels",
      paramLabel = "1|3",
      description = "Channels of the input: 1 gray, 3 color (default: as published).")
  int channels;

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description =
          "Weights to start from, .safetensors, a checkpoint, or Keras' .h5; what the file lacks,"
              + " such as a head for other classes, starts at random. The layers that the head's"
              + " paper freezes are then frozen.")
  @Nullable Path weights;

  @Option(
      names = "--freeze",
      paramLabel = "LAYER|none",
      description =
          "With --weights: trains only from this layer on, or everything (default: as the head's"
              + " paper has it).")
  @Nullable String freeze;

  @Option(
      names = "--copies",
      paramLabel = "K",
      description =
          "With frozen layers: augmented copies of each image whose features are computed beside"
              + " those of the plain one (default: ${DEFAULT-VALUE}).")
  int copies;

  @Option(
      names = "--features",
      paramLabel = "DIR",
      description =
          "With frozen layers: where their features are kept; trainings may share it (default:"
              + " features in the folder of --out).")
  @Nullable Path features;
}

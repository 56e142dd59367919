package io.github.brainimaging.examples.cli.option;

import io.github.brainimaging.models.card.ModelInput;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is trained. */
public final class NetworkOptions {

  @Option(
      names = "--architecture",
      paramLabel = "NAME",
      description = "The network; brain architectures lists them (default: ${DEFAULT-VALUE}).")
  public String architecture = "compact-resnet";

  @Option(
      names = "--head",
      paramLabel = "NAME",
      description = "What is put on it to tell classes (default: the architecture's first).")
  public @Nullable String head;

  @Option(
      names = "--size",
      converter = Numbers.Positive.class,
      paramLabel = "N",
      description = "Rows and columns of the input (default: as published).")
  public int size;

  @Option(
      names = "--channels",
      converter = Numbers.Positive.class,
      paramLabel = "1|3",
      description = "Channels of the input: 1 gray, 3 color (default: as published).")
  public int channels;

  @Option(
      names = "--backbone",
      paramLabel = "FILE.onnx",
      description =
          "Any ONNX model, exported from Keras or PyTorch, or `embedded`, in the place of"
              + " --architecture: its last layers are cut off, its features computed once, and a"
              + " head trained on them. Size, channels and normalization are those of its card, if"
              + " it has one; without, size and channels those that its graph takes.")
  public @Nullable Path backbone;

  @Option(
      names = "--layer",
      paramLabel = "NAME",
      description =
          "With --backbone or --weights: the layer whose output is the features, such as an earlier"
              + " one than the last (default: the last; of a --backbone what its last dense layer"
              + " takes).")
  public @Nullable String layer;

  @Option(
      names = "--normalization",
      paramLabel = "NAME",
      description =
          "How gray values are mapped: ${COMPLETION-CANDIDATES} (default: as the paper has it, and"
              + " for ImageNet weights as they were trained).")
  public ModelInput.@Nullable Normalization normalization;

  @Option(
      names = "--fit",
      paramLabel = "NAME",
      description =
          "How an image comes to that size: stretch, pad (aspect ratio kept), foreground (cropped to"
              + " the head, then padded), resize_crop or crop (torchvision's) (default: as the paper"
              + " has it).")
  public ModelInput.@Nullable Fit fit;

  @Option(
      names = "--weights",
      paramLabel = "FILE",
      description =
          "Weights to start from: .safetensors, such as a checkpoint, an .onnx of this library, or"
              + " of the same network as PyTorch or tf2onnx writes it, Keras' .h5, .weights.h5 or"
              + " .keras, or `embedded`, the classifier that the library brings along; what is not"
              + " in it, and a head of another program, starts at random. The layers that the"
              + " head's paper freezes are then frozen.")
  public @Nullable Path weights;

  @Option(
      names = "--freeze",
      paramLabel = "LAYER|none",
      description =
          "With --weights: trains only from this layer on, or everything (default: as the head's"
              + " paper has it).")
  public @Nullable String freeze;

  @Option(
      names = "--copies",
      converter = Numbers.NotNegative.class,
      paramLabel = "K",
      description =
          "With frozen layers: augmented copies of each image whose features are computed beside"
              + " those of the plain one (default: ${DEFAULT-VALUE}).")
  public int copies;

  @Option(
      names = "--features",
      paramLabel = "DIR",
      description =
          "With frozen layers: where their features are kept; trainings may share it (default:"
              + " features in the folder of --out).")
  public @Nullable Path features;
}

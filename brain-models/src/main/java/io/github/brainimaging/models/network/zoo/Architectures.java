package io.github.brainimaging.models.network.zoo;

import java.util.List;
import java.util.stream.Stream;

/**
 * The networks of the papers and our own, by name. To add one, write its description and a line
 * here.
 */
public final class Architectures {

  private static final List<Head> SMALL = List.of(Head.LINEAR);
  private static final List<Head> BACKBONE =
      List.of(
          Head.POOLED,
          Head.IMAGENET,
          Head.P1,
          Head.P2,
          Head.P3,
          Head.P5_RESNET_PLAIN,
          Head.P5_RESNET_LIGHTWEIGHT,
          Head.P5_RESNET_FINE_TUNED,
          Head.P5_XCEPTION_PLAIN,
          Head.P5_XCEPTION_LIGHTWEIGHT,
          Head.P5_XCEPTION_FINE_TUNED);

  private static final List<Head> VGG =
      Stream.concat(BACKBONE.stream(), Stream.of(Head.VGG))
          .filter(head -> head != Head.IMAGENET)
          .toList();

  private static final List<Architecture> ALL =
      List.of(
          new Architecture(
              "compact-resnet",
              "our small residual network, the embedded model",
              1,
              128,
              BACKBONE,
              "stage3.block1.1.conv",
              CompactResNet::features),
          new Architecture(
              "perceptron", "P1's DNN", 1, 128, SMALL, "hidden3", Perceptron::features),
          new Architecture("plain-cnn", "P1's CNN", 1, 128, SMALL, "hidden", PlainCnn::features),
          new Architecture(
              "resnet50",
              "ResNet-50 of P1, P2 and P5",
              3,
              224,
              BACKBONE,
              "conv5_block1_0_conv",
              ResNet50::features),
          new Architecture("vgg16", "VGG-16 of P2", 3, 224, VGG, "block5_conv1", Vgg16::features),
          new Architecture(
              "xception", "Xception of P5", 3, 299, BACKBONE, "conv2d_3", Xception::features),
          new Architecture(
              "densenet121",
              "DenseNet-121 of P4",
              3,
              224,
              BACKBONE,
              "conv5_block1_0_bn",
              DenseNet121::features),
          new Architecture(
              "separable-resnet",
              "P5's lightweight residual network of depthwise and pointwise convolutions",
              3,
              224,
              BACKBONE,
              "stage4.block1.1.depthwise",
              SeparableResNet::features));

  private Architectures() {}

  /**
   * All of them.
   *
   * @return an unmodifiable list
   */
  public static List<Architecture> all() {
    return ALL;
  }

  /**
   * Finds one by its name, in any case.
   *
   * @param name such as {@code resnet50}
   * @return the architecture
   * @throws IllegalArgumentException if there is none; the message lists all names
   */
  public static Architecture named(String name) {
    return ALL.stream()
        .filter(architecture -> architecture.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "architecture must be one of "
                        + ALL.stream().map(Architecture::name).toList()
                        + ", got "
                        + name));
  }
}

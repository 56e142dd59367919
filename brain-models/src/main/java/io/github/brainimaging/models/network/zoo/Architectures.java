package io.github.brainimaging.models.network.zoo;

import java.util.List;

/**
 * The networks of the papers and our own, by name. To add one, write its description and a line
 * here.
 *
 * @since 0.1.0
 */
public final class Architectures {

  private static final List<Architecture> ALL =
      List.of(
          CompactResNet.ARCHITECTURE,
          Perceptron.ARCHITECTURE,
          PlainCnn.ARCHITECTURE,
          ResNet50.ARCHITECTURE,
          Vgg16.ARCHITECTURE,
          Xception.ARCHITECTURE,
          DenseNet121.ARCHITECTURE,
          EfficientNetLite0.ARCHITECTURE,
          SeparableResNet.ARCHITECTURE);

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

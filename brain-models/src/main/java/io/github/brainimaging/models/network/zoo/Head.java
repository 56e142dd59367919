package io.github.brainimaging.models.network.zoo;

import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.models.network.Network;
import io.github.brainimaging.models.network.Tap;
import io.github.brainimaging.models.network.layer.BatchNorm;
import io.github.brainimaging.models.network.layer.Dense;
import io.github.brainimaging.models.network.layer.Dropout;
import io.github.brainimaging.models.network.layer.Flatten;
import io.github.brainimaging.models.network.layer.GlobalAveragePool;
import io.github.brainimaging.models.network.layer.Pool2d;
import io.github.brainimaging.models.network.layer.Relu;
import io.github.brainimaging.models.network.layer.Sigmoid;
import io.github.brainimaging.models.network.layer.Softmax;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What stands on a backbone and gives the classes: the heads of the papers, which fit any
 * convolutional backbone, and two of our own. Hidden layers have rectifiers; the last layer gives
 * softmax, in P1 sigmoid. Layers bear the names that Keras would give them ({@code dense}, {@code
 * dense_1}, …).
 *
 * <p>Input: a feature map {@code [channels, height, width]}; or {@code [features]}, pooled already,
 * where the head begins with global average pooling. P5 does not tell its dropout rate; here it is
 * 0.5.
 *
 * @since 0.1.0
 */
public enum Head {
  /** Global average pooling, dropout 0.2, classes. Nothing frozen. */
  POOLED("global average pooling, dropout 0.2, classes", Frozen.NOTHING),
  /** The classes straight on the features: P1's DNN and CNN. Nothing frozen. */
  LINEAR("classes", Frozen.NOTHING),
  /**
   * The top of the published network: global average pooling and the classes, 1,000 of them for
   * ImageNet. Nothing frozen.
   */
  IMAGENET("global average pooling, classes (1,000 in ImageNet)", Frozen.NOTHING),
  /**
   * The top of the published VGG-16: two hidden layers of 4,096 and the classes. Nothing frozen.
   */
  VGG("flatten, dense 4096, dense 4096, classes (VGG-16's own top)", Frozen.NOTHING),
  /**
   * P1's ResNet-50: global average pooling, classes with <em>sigmoid</em>, on a frozen backbone.
   * The "23,534,592 trainable parameters" that P1 quotes for the whole net are those of the
   * backbone when it is not frozen (23,587,712 less 53,120 statistics) and without this head (6,147
   * for three classes).
   */
  P1("global average pooling, classes with sigmoid", Frozen.BACKBONE),
  /**
   * P2: average pooling 4 x 4, flatten, dense 256, 256 and 128, each with dropout 0.3, on a frozen
   * backbone.
   */
  P2("average pooling 4 x 4, dense 256, 256, 128 with dropout 0.3, classes", Frozen.BACKBONE),
  /**
   * P3, which does not print its head: global average pooling, dropout 0.5 and the classes, while
   * the last stage of the backbone is fine-tuned and the rest of it is frozen.
   */
  P3("global average pooling, dropout 0.5, classes; last stage fine-tuned", Frozen.EARLY_STAGES),
  /** P5's ResNet-50: global average pooling, dropout, dense 128, dropout; backbone frozen. */
  P5_RESNET_PLAIN("global average pooling, dropout, dense 128, dropout, classes", Frozen.BACKBONE),
  /** P5's lightweight ResNet-50: global average pooling, dense 64, dropout; backbone frozen. */
  P5_RESNET_LIGHTWEIGHT("global average pooling, dense 64, dropout, classes", Frozen.BACKBONE),
  /**
   * P5's fine-tuned ResNet-50: global average pooling, dense 128, batch normalization, dropout;
   * backbone frozen.
   */
  P5_RESNET_FINE_TUNED(
      "global average pooling, dense 128, batch normalization, dropout, classes", Frozen.BACKBONE),
  /**
   * P5's Xception: the whole published network with its 1,000 softmax outputs, which then go
   * through dropout, dense 128 and dropout. Nothing frozen.
   */
  P5_XCEPTION_PLAIN("1,000-way ImageNet top, dropout, dense 128, dropout, classes", Frozen.NOTHING),
  /** P5's lightweight Xception: as {@link #P5_RESNET_PLAIN} with nothing frozen. */
  P5_XCEPTION_LIGHTWEIGHT(
      "global average pooling, dropout, dense 128, dropout, classes", Frozen.NOTHING),
  /**
   * P5's fine-tuned Xception: the same layers with the backbone frozen; the paper trains them with
   * L2, which is the trainer's part.
   */
  P5_XCEPTION_FINE_TUNED(
      "global average pooling, dropout, dense 128, dropout, classes", Frozen.BACKBONE);

  /** How much of the backbone the paper keeps fixed. */
  enum Frozen {
    NOTHING,
    EARLY_STAGES,
    BACKBONE
  }

  private static final int IMAGENET_CLASSES = 1000;
  private static final Dropout HALF = new Dropout(0.5f);
  private static final Dropout P2_DROPOUT = new Dropout(0.3f);

  private final String description;
  private final Frozen frozen;

  Head(String description, Frozen frozen) {
    this.description = description;
    this.frozen = frozen;
  }

  /**
   * Finds a head by its name, in any case.
   *
   * @param name such as {@code p5-resnet-plain}
   * @return the head
   * @throws IllegalArgumentException if there is none; the message lists all names
   */
  public static Head named(String name) {
    return Arrays.stream(values())
        .filter(head -> head.toString().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "head must be one of " + Arrays.toString(values()) + ", got " + name));
  }

  /**
   * Its layers in words.
   *
   * @return one line
   */
  public String description() {
    return description;
  }

  Frozen frozen() {
    return frozen;
  }

  /**
   * The head as a network of its own, for features that have been computed before.
   *
   * @param features shape of the features: {@code [channels, height, width]} or {@code [features]}
   * @param classes number of classes, at least 2
   * @return a network called as the head, in which nothing is frozen
   * @throws IllegalArgumentException if the head cannot take this shape
   */
  public Network describe(List<Integer> features, int classes) {
    return on(Network.input(toString(), features), classes).build();
  }

  /**
   * Puts the head on features.
   *
   * @param features {@code [channels, height, width]} or {@code [features]}
   * @param classes number of classes, at least 2
   * @return {@code [classes]}, the node {@code probabilities}
   * @throws IllegalArgumentException if the head cannot take this shape
   */
  public Tap on(Tap features, int classes) {
    Arguments.require(classes >= 2, "classes must be at least 2, got %s", classes);
    Tap logits =
        switch (this) {
          case POOLED -> pooled(features).then(new Dropout(0.2f)).then("head", new Dense(classes));
          case LINEAR -> features.then("head", new Dense(classes));
          case IMAGENET -> imagenet(features, classes);
          case VGG -> vgg(features).then("predictions", new Dense(classes));
          case P1 -> dense(pooled(features), classes);
          case P2 -> dense(p2(features), classes);
          case P3 -> dense(pooled(features).then(HALF), classes);
          case P5_RESNET_PLAIN, P5_XCEPTION_LIGHTWEIGHT, P5_XCEPTION_FINE_TUNED ->
              dense(p5(pooled(features)), classes);
          case P5_RESNET_LIGHTWEIGHT -> dense(hidden(pooled(features), 64).then(HALF), classes);
          case P5_RESNET_FINE_TUNED -> dense(p5FineTuned(pooled(features)), classes);
          case P5_XCEPTION_PLAIN ->
              dense(p5(imagenet(features, IMAGENET_CLASSES).then(new Softmax())), classes);
        };
    return logits.then("probabilities", this == P1 ? new Sigmoid() : new Softmax());
  }

  private static Tap imagenet(Tap features, int classes) {
    return pooled(features).then("predictions", new Dense(classes));
  }

  private static Tap pooled(Tap features) {
    return features.shape().size() == 1 ? features : features.then(new GlobalAveragePool());
  }

  private static Tap dense(Tap x, int units) {
    return x.thenNumbered("dense", new Dense(units));
  }

  private static Tap hidden(Tap x, int units) {
    return dense(x, units).then(Relu.plain());
  }

  private static Tap vgg(Tap features) {
    Tap x = features.then(new Flatten()).then("fc1", new Dense(4096)).then(Relu.plain());
    return x.then("fc2", new Dense(4096)).then(Relu.plain());
  }

  private static Tap p2(Tap features) {
    Tap x = features.then(Pool2d.average(4)).then(new Flatten());
    for (int units : new int[] {256, 256, 128}) {
      x = hidden(x, units).then(P2_DROPOUT);
    }
    return x;
  }

  private static Tap p5(Tap x) {
    return hidden(x.then(HALF), 128).then(HALF);
  }

  private static Tap p5FineTuned(Tap x) {
    return hidden(x, 128)
        .thenNumbered("batch_normalization", new BatchNorm(1e-3f, 0.9f))
        .then(HALF);
  }

  /** The name, as {@link #named} knows it: {@code p5-resnet-plain}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

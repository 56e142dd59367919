package io.github.brainimaging.models.card;

import io.github.brainimaging.core.tensor.Layout;
import io.github.brainimaging.core.transform.spatial.Interpolation;
import io.github.brainimaging.models.card.ModelInput.Fit;
import io.github.brainimaging.models.card.ModelInput.Normalization;

/**
 * How the usual programs around Keras and PyTorch prepare pictures: what nobody can read from an
 * ONNX file. Keras' resize as {@code load_img} and {@code flow_from_directory} do it (the next
 * pixel); who trained with {@code image_dataset_from_directory} adds {@code
 * withInterpolation(Interpolation.BILINEAR)}.
 *
 * @since 0.1.0
 */
public enum Preparation {
  /** {@code keras.applications.resnet.preprocess_input}: 224 x 224, BGR less ImageNet's mean. */
  KERAS_RESNET50(
      224, Layout.NHWC, Fit.STRETCH, Interpolation.NEAREST, Normalization.IMAGENET_CAFFE),
  /** {@code keras.applications.vgg16.preprocess_input}: as ResNet-50's. */
  KERAS_VGG16(224, Layout.NHWC, Fit.STRETCH, Interpolation.NEAREST, Normalization.IMAGENET_CAFFE),
  /** {@code keras.applications.xception.preprocess_input}: 299 x 299, -1 to 1. */
  KERAS_XCEPTION(299, Layout.NHWC, Fit.STRETCH, Interpolation.NEAREST, Normalization.IMAGENET_TF),
  /**
   * {@code keras.applications.densenet.preprocess_input}: 224 x 224, 0 to 1, less ImageNet's mean,
   * by its deviation.
   */
  KERAS_DENSENET121(
      224, Layout.NHWC, Fit.STRETCH, Interpolation.NEAREST, Normalization.IMAGENET_TORCH),
  /** {@code ImageDataGenerator(rescale=1/255)}, as P1 and P5: 224 x 224, 0 to 1. */
  KERAS_UNIT(224, Layout.NHWC, Fit.STRETCH, Interpolation.NEAREST, Normalization.UNIT),
  /** Gray values of 8 bit as they are: networks that begin with {@code Rescaling}. */
  KERAS_RAW(224, Layout.NHWC, Fit.STRETCH, Interpolation.NEAREST, Normalization.BYTE),
  /**
   * torchvision's {@code weights.transforms()} and every tutorial: {@code Resize(256)}, {@code
   * CenterCrop(224)}, {@code ToTensor}, {@code Normalize} with ImageNet's mean and deviation.
   */
  TORCHVISION(
      224,
      Layout.NCHW,
      Fit.RESIZE_CROP,
      Interpolation.PILLOW_BILINEAR,
      Normalization.IMAGENET_TORCH),
  /** {@code Resize((h, w))}, {@code ToTensor}: 0 to 1. */
  TORCH_UNIT(224, Layout.NCHW, Fit.STRETCH, Interpolation.PILLOW_BILINEAR, Normalization.UNIT),
  /** The same, then {@code Normalize(0.5, 0.5)}: -1 to 1. */
  TORCH_SIGNED(
      224, Layout.NCHW, Fit.STRETCH, Interpolation.PILLOW_BILINEAR, Normalization.SIGNED_UNIT);

  private final int size;
  private final Layout layout;
  private final Fit fit;
  private final Interpolation interpolation;
  private final Normalization normalization;

  Preparation(
      int size, Layout layout, Fit fit, Interpolation interpolation, Normalization normalization) {
    this.size = size;
    this.layout = layout;
    this.fit = fit;
    this.interpolation = interpolation;
    this.normalization = normalization;
  }

  /**
   * The input of the published network: in color, of its size.
   *
   * @return the input
   */
  public ModelInput input() {
    return input(size, size, 3);
  }

  /**
   * The input of a network of another size.
   *
   * @param width columns, 1 to 16384
   * @param height rows, 1 to 16384
   * @param channels 1 or 3
   * @return the input
   * @throws IllegalArgumentException if a value is out of range, ImageNet's normalization is to
   *     take one channel, or {@link #TORCHVISION} is not square
   */
  public ModelInput input(int width, int height, int channels) {
    return new ModelInput(width, height, channels, layout, fit, interpolation, normalization);
  }
}

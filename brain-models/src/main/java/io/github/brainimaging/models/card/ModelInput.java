package io.github.brainimaging.models.card;

import io.github.brainimaging.core.image.BoundingBox;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.internal.Arguments;
import io.github.brainimaging.core.tensor.Layout;
import io.github.brainimaging.core.transform.ForegroundThreshold;
import io.github.brainimaging.core.transform.Transform;
import io.github.brainimaging.core.transform.intensity.Grayscale;
import io.github.brainimaging.core.transform.intensity.ImageNetNormalization;
import io.github.brainimaging.core.transform.intensity.MinMax;
import io.github.brainimaging.core.transform.intensity.ReplicateChannels;
import io.github.brainimaging.core.transform.intensity.Rescale;
import io.github.brainimaging.core.transform.intensity.RobustScale;
import io.github.brainimaging.core.transform.intensity.ZScore;
import io.github.brainimaging.core.transform.spatial.Crop;
import io.github.brainimaging.core.transform.spatial.CropToForeground;
import io.github.brainimaging.core.transform.spatial.Interpolation;
import io.github.brainimaging.core.transform.spatial.Placement;
import java.util.List;
import java.util.Objects;

/**
 * What a network wants to be fed: size, channels, axis order, and how an image as read becomes
 * that. Training and inference both go through {@link #transform()}, so they cannot drift apart.
 * Immutable and safe to share between threads.
 *
 * @param width columns, 1 to 16384
 * @param height rows, 1 to 16384
 * @param channels 1 (gray; color images are converted) or 3 (gray images are replicated)
 * @param layout the order of the axes
 * @param fit how the image is brought to the size
 * @param interpolation how it is resampled
 * @param normalization how its intensities are mapped, after resampling
 * @param range what is taken for 0 and 1 by {@link Normalization#UNIT}, {@link Normalization#BYTE},
 *     {@link Normalization#SIGNED_UNIT} and the ImageNet normalizations, {@link Range#WINDOW}
 *     unless told otherwise
 * @since 0.1.0
 */
public record ModelInput(
    int width,
    int height,
    int channels,
    Layout layout,
    Fit fit,
    Interpolation interpolation,
    Normalization normalization,
    Range range) {

  private static final int MAXIMUM_SIDE = 16_384;

  /** An image goes to the engine in one direct buffer, which has up to 2^31 - 1 bytes. */
  private static final int MAXIMUM_SIZE = Integer.MAX_VALUE / Float.BYTES;

  /** How an image is brought to the network's size. */
  public enum Fit {
    /** Resized, the aspect ratio lost. */
    STRETCH,
    /**
     * Resized with its aspect ratio. The rest is filled with 0; with the image's minimum, if that
     * is below 0 (Hounsfield units) and the normalization goes by the image's own statistics.
     */
    PAD,
    /** Cropped to the head with {@link CropToForeground}, then as {@link #PAD}. */
    FOREGROUND,
    /**
     * The short side resized to 8/7 of the network's, the middle cut out: torchvision's {@code
     * Resize(256)} and {@code CenterCrop(224)}. For square inputs of classifiers only.
     */
    RESIZE_CROP,
    /** As {@link #RESIZE_CROP}, but the short side is resized to that of the network. */
    CROP,
    /**
     * Not resized: normalized as a whole, then covered with tiles of the network's size that
     * overlap by half; what is smaller is padded with its lowest value. For segmentation only.
     */
    TILES
  }

  /** How intensities are mapped. */
  public enum Normalization {
    /** As in the file, whatever its range. */
    NONE,
    /** 0 to 255, as a picture of 8 bit: networks that begin with {@code Rescaling}. */
    BYTE,
    /** -1 to 1, {@code Normalize(0.5, 0.5)}: {@link #IMAGENET_TF} of any number of channels. */
    SIGNED_UNIT,
    /** Divided by the format's maximum (p/255 of P1 and P5): {@link Rescale#toUnit()}. */
    UNIT,
    /** The image's own minimum and maximum to 0 and 1: {@link MinMax}. */
    MIN_MAX,
    /** Zero mean, unit variance over the whole image (P3, P4): {@link ZScore#ofImage()}. */
    Z_SCORE,
    /** Zero mean, unit variance over the head: {@link ZScore#ofForeground()}. */
    Z_SCORE_FOREGROUND,
    /** Zero median and unit spread over the head, limited: {@link RobustScale#ofForeground()}. */
    ROBUST,
    /** {@link ImageNetNormalization#caffe()}: Keras' ResNet-50 and VGG-16. Three channels. */
    IMAGENET_CAFFE,
    /**
     * {@link ImageNetNormalization#torch()}: torchvision's models, Keras' DenseNet. Three channels.
     */
    IMAGENET_TORCH,
    /** {@link ImageNetNormalization#tf()}: Keras' Xception. Three channels. */
    IMAGENET_TF
  }

  /**
   * What becomes of images whose format has no maximum, such as NIfTI and signed DICOM, or one that
   * is never reached, such as DICOM of 12 bit.
   */
  public enum Range {
    /**
     * The format's maximum of images of 8 bit, and of pictures of other depths; of medical files
     * ({@link MedicalImage#modality} known, or no maximum) the file's window ({@link
     * MedicalImage#displayRange}), else as {@link #PERCENTILES}. Values outside are limited. Of
     * pictures of more than 8 bit that end below an eighth of the maximum, as where a PNG of 16 bit
     * holds 12, nothing is changed, since a dark slice looks alike; that is warned of once.
     */
    WINDOW,
    /** The percentiles 0.5 and 99.5 of the head ({@link ForegroundThreshold}) become 0 and 1. */
    PERCENTILES,
    /** The format's maximum; images without one are refused. */
    NOMINAL
  }

  /**
   * Checks the values.
   *
   * @param width columns, 1 to 16384
   * @param height rows, 1 to 16384
   * @param channels 1 or 3
   * @param layout the order of the axes
   * @param fit how the image is brought to the size
   * @param interpolation how it is resampled
   * @param normalization how its intensities are mapped
   * @param range what is taken for 0 and 1
   * @throws IllegalArgumentException if a value is out of range, the input has more than 2^29 - 1
   *     values, an ImageNet normalization has one channel, or what is cropped is not square
   */
  public ModelInput {
    requireSide("width", width);
    requireSide("height", height);
    Arguments.require(channels == 1 || channels == 3, "channels must be 1 or 3, got %s", channels);
    Arguments.require(
        (long) width * height * channels <= MAXIMUM_SIZE,
        "width x height x channels must be at most %s, got %s x %s x %s",
        MAXIMUM_SIZE,
        width,
        height,
        channels);
    Objects.requireNonNull(layout, "layout");
    Objects.requireNonNull(fit, "fit");
    Objects.requireNonNull(interpolation, "interpolation");
    Objects.requireNonNull(normalization, "normalization");
    Objects.requireNonNull(range, "range");
    Arguments.require(
        (fit != Fit.RESIZE_CROP && fit != Fit.CROP) || width == height,
        "width must be the height for fit %s, got %s x %s",
        fit,
        width,
        height);
    Arguments.require(
        channels == 3 || !normalization.name().startsWith("IMAGENET"),
        "channels must be 3 for normalization %s, got %s",
        normalization,
        channels);
  }

  private static void requireSide(String name, int side) {
    Arguments.require(
        side > 0 && side <= MAXIMUM_SIDE, "%s must be 1 to %s, got %s", name, MAXIMUM_SIDE, side);
  }

  /**
   * An input of {@link Range#WINDOW}.
   *
   * @param width columns, 1 to 16384
   * @param height rows, 1 to 16384
   * @param channels 1 or 3
   * @param layout the order of the axes
   * @param fit how the image is brought to the size
   * @param interpolation how it is resampled
   * @param normalization how its intensities are mapped
   * @throws IllegalArgumentException as above
   */
  public ModelInput(
      int width,
      int height,
      int channels,
      Layout layout,
      Fit fit,
      Interpolation interpolation,
      Normalization normalization) {
    this(width, height, channels, layout, fit, interpolation, normalization, Range.WINDOW);
  }

  /**
   * A square NCHW input that is stretched, resampled by area, and divided by the format's maximum.
   *
   * @param size width and height, positive
   * @param channels 1 or 3
   * @return the input
   */
  public static ModelInput ofSize(int size, int channels) {
    return new ModelInput(
        size, size, channels, Layout.NCHW, Fit.STRETCH, Interpolation.AREA, Normalization.UNIT);
  }

  /**
   * {@return the same input in another axis order}
   *
   * @param newLayout the order of the axes
   */
  public ModelInput withLayout(Layout newLayout) {
    return new ModelInput(
        width, height, channels, newLayout, fit, interpolation, normalization, range);
  }

  /**
   * {@return the same input with another way to bring the image to its size}
   *
   * @param newFit the way
   */
  public ModelInput withFit(Fit newFit) {
    return new ModelInput(
        width, height, channels, layout, newFit, interpolation, normalization, range);
  }

  /**
   * {@return the same input with another interpolation}
   *
   * @param newInterpolation the interpolation
   */
  public ModelInput withInterpolation(Interpolation newInterpolation) {
    return new ModelInput(
        width, height, channels, layout, fit, newInterpolation, normalization, range);
  }

  /**
   * {@return the same input with another normalization}
   *
   * @param newNormalization the normalization
   */
  public ModelInput withNormalization(Normalization newNormalization) {
    return new ModelInput(
        width, height, channels, layout, fit, interpolation, newNormalization, range);
  }

  /**
   * {@return the same input with another range}
   *
   * @param newRange the range
   */
  public ModelInput withRange(Range newRange) {
    return new ModelInput(
        width, height, channels, layout, fit, interpolation, normalization, newRange);
  }

  /**
   * From an image as read to the network's input: {@link #geometry()}, then {@link #intensity()}.
   *
   * @return the transform; its output has this width, height and number of channels
   */
  public Transform transform() {
    return geometry().then(intensity());
  }

  /**
   * The first part of {@link #transform()}: channels and size. Augmentation takes place after it.
   * Of {@link Fit#TILES} it is the tile in the middle.
   *
   * @return the transform
   */
  public Transform geometry() {
    return image -> {
      MedicalImage adapted = withChannels(image);
      if (fit == Fit.RESIZE_CROP || fit == Fit.CROP) {
        return middle(adapted).apply(adapted, interpolation);
      }
      Placement placement = placed(adapted);
      return placement.toGrid(adapted, interpolation, fill(adapted, placement));
    };
  }

  /**
   * Where an image lies in the network's input, as {@link #geometry()} puts it there: for its mask,
   * and for the way back. What {@link #tiles} gives lies elsewhere.
   *
   * @param image the image as read, with 1 or 3 channels
   * @return the placement
   */
  public Placement placement(MedicalImage image) {
    return placed(withChannels(image));
  }

  /**
   * Where the tiles lie that {@link Fit#TILES} covers an image with.
   *
   * @param image the image as read
   * @return row after row; the last of a row or column ends at the border of the image
   */
  public List<Placement> tiles(MedicalImage image) {
    return Tiles.over(image, width, height);
  }

  /**
   * The image with the channels that the network takes.
   *
   * @param image the image as read, with 1 or 3 channels
   * @return gray, or the gray channel three times, where the numbers differ
   */
  public MedicalImage withChannels(MedicalImage image) {
    if (channels == 3) {
      return image.channels() == 3
          ? image
          : ReplicateChannels.to(3).apply(Grayscale.bt601().apply(image));
    }
    return Grayscale.bt601().apply(image);
  }

  private Placement placed(MedicalImage image) {
    BoundingBox all = new BoundingBox(0, 0, image.width(), image.height());
    return switch (fit) {
      case STRETCH -> Placement.stretched(image, all, width, height);
      case PAD -> Placement.centered(image, all, width, height);
      case FOREGROUND ->
          Placement.centered(image, CropToForeground.withDefaults().box(image), width, height);
      case RESIZE_CROP, CROP -> middle(image).placement(image);
      case TILES ->
          Tiles.at(
              image,
              Math.max(0, image.width() - width) / 2,
              Math.max(0, image.height() - height) / 2,
              width,
              height);
    };
  }

  private CenterCrop middle(MedicalImage image) {
    int shortSide = fit == Fit.CROP ? width : Math.round(width * 8 / 7f);
    return CenterCrop.of(image, shortSide, width);
  }

  /** Zero is the background of files of whole numbers, but the brain of a CT. */
  private float fill(MedicalImage image, Placement placement) {
    boolean byStatistics =
        switch (normalization) {
          case MIN_MAX, Z_SCORE, Z_SCORE_FOREGROUND, ROBUST -> true;
          default -> false;
        };
    if (!byStatistics) {
      return 0;
    }
    float lowest = Crop.of(placement.source()).apply(image).range()[0];
    return lowest < 0 ? lowest : 0;
  }

  /**
   * The second part of {@link #transform()}: the normalization.
   *
   * @return the transform
   */
  public Transform intensity() {
    return switch (normalization) {
      case NONE -> image -> image;
      case BYTE -> ranged(InputRange.scaled(255, 0));
      case SIGNED_UNIT -> ranged(InputRange.scaled(2, -1));
      case UNIT -> ranged(Rescale.toUnit());
      case MIN_MAX -> MinMax.toUnit();
      case Z_SCORE -> ZScore.ofImage();
      case Z_SCORE_FOREGROUND -> ZScore.ofForeground();
      case ROBUST -> RobustScale.ofForeground();
      case IMAGENET_CAFFE -> ranged(ImageNetNormalization.caffe());
      case IMAGENET_TORCH -> ranged(ImageNetNormalization.torch());
      case IMAGENET_TF -> ranged(ImageNetNormalization.tf());
    };
  }

  private Transform ranged(Transform transform) {
    return range == Range.NOMINAL
        ? transform
        : InputRange.of(range == Range.WINDOW).then(transform);
  }

  /**
   * The shape of a batch.
   *
   * @param batch number of images
   * @return four lengths in the order of the layout
   */
  public int[] shape(int batch) {
    return layout.shape(batch, channels, height, width);
  }

  /** {@return width x height x channels: how many values an image has} */
  public int size() {
    return width * height * channels;
  }
}

package io.github.brainimaging.models.network.layer;

import io.github.brainimaging.core.internal.Arguments;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Two-dimensional convolution with a square kernel and zero padding. Weights: {@code weight} of
 * shape {@code [filters, channels / groups, kernel, kernel]} and, unless switched off, {@code bias}
 * of shape {@code [filters]}.
 *
 * @param filters number of output channels, positive
 * @param kernel side of the kernel, positive
 * @param stride step, positive
 * @param padding how many zeros are added at the edges
 * @param groups number of groups that the channels are split into, 1 for a plain convolution
 * @param bias whether a bias is added
 * @since 0.1.0
 */
public record Conv2d(int filters, int kernel, int stride, Padding padding, int groups, boolean bias)
    implements Layer {

  /**
   * Checks the values.
   *
   * @param filters number of output channels, positive
   * @param kernel side of the kernel, positive
   * @param stride step, positive
   * @param padding how many zeros are added at the edges
   * @param groups number of groups, positive
   * @param bias whether a bias is added
   */
  public Conv2d {
    Arguments.requirePositive("filters", filters);
    Arguments.requirePositive("kernel", kernel);
    Arguments.requirePositive("stride", stride);
    Arguments.requirePositive("groups", groups);
  }

  /**
   * A convolution without padding, with bias.
   *
   * @param filters number of output channels, positive
   * @param kernel side of the kernel, positive
   * @return stride 1, one group
   */
  public static Conv2d valid(int filters, int kernel) {
    return new Conv2d(filters, kernel, 1, Padding.of(0), 1, true);
  }

  /**
   * A convolution that keeps the size at stride 1, with bias.
   *
   * @param filters number of output channels, positive
   * @param kernel side of the kernel, odd
   * @return stride 1, one group
   */
  public static Conv2d same(int filters, int kernel) {
    Arguments.require(kernel % 2 == 1, "kernel must be odd, got %s", kernel);
    return new Conv2d(filters, kernel, 1, Padding.of(kernel / 2), 1, true);
  }

  /**
   * The same convolution with another step.
   *
   * @param newStride step, positive
   * @return a new layer
   */
  public Conv2d withStride(int newStride) {
    return new Conv2d(filters, kernel, newStride, padding, groups, bias);
  }

  /**
   * The same convolution with other padding.
   *
   * @param newPadding how many zeros are added at the edges
   * @return a new layer
   */
  public Conv2d withPadding(Padding newPadding) {
    return new Conv2d(filters, kernel, stride, newPadding, groups, bias);
  }

  /**
   * The same convolution in groups of channels that do not see each other; as many groups as
   * channels make a depthwise convolution.
   *
   * @param newGroups number of groups, positive
   * @return a new layer
   */
  public Conv2d withGroups(int newGroups) {
    return new Conv2d(filters, kernel, stride, padding, newGroups, bias);
  }

  /**
   * The same convolution without bias, as before a batch normalization.
   *
   * @return a new layer
   */
  public Conv2d withoutBias() {
    return new Conv2d(filters, kernel, stride, padding, groups, false);
  }

  @Override
  public List<Integer> outputShape(List<List<Integer>> inputs) {
    List<Integer> in = Shapes.image("Conv2d", inputs);
    Arguments.require(
        in.get(0) % groups == 0 && filters % groups == 0,
        "channels and filters of Conv2d must be multiples of groups %s, got %s and %s",
        groups,
        in.get(0),
        filters);
    return List.of(
        filters,
        Shapes.windowed("Conv2d", in.get(1), kernel, stride, padding),
        Shapes.windowed("Conv2d", in.get(2), kernel, stride, padding));
  }

  @Override
  public Map<String, Weight> weights(List<List<Integer>> inputs) {
    int channels = Shapes.image("Conv2d", inputs).get(0);
    Map<String, Weight> weights = new LinkedHashMap<>();
    weights.put(
        "weight",
        new Weight(List.of(filters, channels / groups, kernel, kernel), true, Initial.HE_NORMAL));
    if (bias) {
      weights.put("bias", new Weight(List.of(filters), true, Initial.ZERO));
    }
    return weights;
  }
}

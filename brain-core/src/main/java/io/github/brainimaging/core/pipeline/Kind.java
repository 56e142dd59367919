package io.github.brainimaging.core.pipeline;

import java.util.List;

/**
 * What the {@link Engine} has to know of images and of volumes: all that differs between both.
 *
 * @param <T> what is analyzed
 * @param <S> what a segmenter finds in it
 */
interface Kind<T, S> {

  /** What messages call one. */
  String noun();

  /** One without content, its sides of different lengths, so that a turned one is noticed too. */
  T probe();

  /** How many samples one has. */
  long samples(T image);

  /** Size and, where known, place, as messages show it. */
  String grid(T image);

  /** The same of a mask. */
  String gridOf(S found);

  /** Whether every sample of one lies where the other has it. */
  boolean sameGrid(T image, T other);

  /** Whether a mask lies on the grid of an image. */
  boolean liesOn(S found, T image);

  /** What a segmenter says of what it left out. */
  List<String> remarks(S found);

  /** Whether a mask is not empty. */
  boolean found(S found);

  /** How large a mask is, with the unit. */
  String size(S found);

  /** An empty mask in the place of one, with the reason. */
  S leftOut(S found, String reason);

  /** An image of the same grid with the spacing and place of the input, which a step may lose. */
  T placed(T image, T input);
}

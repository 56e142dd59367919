package io.github.brainimaging.segmentation.components;

/** Which pixels are neighbors. */
public enum Connectivity {
  /** The four that share an edge. */
  FOUR,
  /** The eight that share an edge or a corner. */
  EIGHT
}

package io.github.brainimaging.core.work;

/** Listens to nothing. */
enum NoProgress implements Progress {
  NONE;

  @Override
  public void advanced(String what, long done, long total) {}
}

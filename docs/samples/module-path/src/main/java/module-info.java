/** What an application on the module path names: the rest of the library and what it needs come along. */
module sample {
  requires io.github.brainimaging.models;
}

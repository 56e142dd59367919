/** What an application on the module path names. */
module sample {
  requires io.github.brainimaging.core;
  requires io.github.brainimaging.models;
  // Our jars are automatic modules, which cannot name what they need themselves.
  requires com.google.gson;
  requires org.slf4j;
}

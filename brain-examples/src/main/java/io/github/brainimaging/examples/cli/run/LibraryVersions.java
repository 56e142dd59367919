package io.github.brainimaging.examples.cli.run;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Versions of the engines, as their jars tell them; nothing is started for it. */
public final class LibraryVersions {

  private static final String MISSING = "not on the class path";

  private LibraryVersions() {}

  public static String onnxRuntime() {
    try {
      Class<?> type =
          Class.forName(
              "ai.onnxruntime.OrtEnvironment", false, LibraryVersions.class.getClassLoader());
      @Nullable String version = type.getPackage().getImplementationVersion();
      return version == null ? "unknown" : version;
    } catch (ClassNotFoundException e) {
      return MISSING;
    }
  }

  public static String djl() throws IOException {
    return told("ai/djl/engine/api.properties", "djl_version");
  }

  /** That of the native library, which training needs and nothing else. */
  public static String pyTorch() throws IOException {
    String library = told("native/lib/pytorch.properties", "version");
    return library.equals(MISSING) ? MISSING + "; only training needs it" : library;
  }

  private static String told(String resource, String key) throws IOException {
    try (InputStream in = LibraryVersions.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        return MISSING;
      }
      Properties told = new Properties();
      told.load(in);
      return told.getProperty(key, "unknown");
    }
  }
}

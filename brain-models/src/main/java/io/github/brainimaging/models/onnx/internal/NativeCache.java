package io.github.brainimaging.models.onnx.internal;

import ai.onnxruntime.OrtEnvironment;
import io.github.brainimaging.core.internal.PrivateFolder;
import io.github.brainimaging.core.work.AtomicFiles;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.jar.JarEntry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * ONNX Runtime's native libraries, unpacked once into a folder of the user that nobody else can
 * write to. Left alone, ONNX Runtime unpacks 24 MB into the temporary directory at each start and
 * leaves an empty folder there.
 *
 * @param root the user's folder for caches
 */
record NativeCache(Path root) {

  /** Where ONNX Runtime looks for its libraries. */
  static final String PROPERTY = "onnxruntime.native.path";

  private static final Logger logger = LoggerFactory.getLogger(NativeCache.class);

  /** In this order they are loaded. */
  private static final List<String> LIBRARIES = List.of("onnxruntime", "onnxruntime4j_jni");

  /** The cache of who runs this JVM, in the place that the system is used to. */
  static NativeCache ofUser() {
    @Nullable String named =
        System.getenv(system().equals("win") ? "LOCALAPPDATA" : "XDG_CACHE_HOME");
    Path caches =
        named != null && Path.of(named).isAbsolute()
            ? Path.of(named)
            : Path.of(System.getProperty("user.home", ""))
                .resolve(system().equals("osx") ? "Library/Caches" : ".cache");
    return new NativeCache(caches.resolve("brain-imaging"));
  }

  /**
   * The folder with the libraries, unpacked if they are not there.
   *
   * @return empty where the jar has none for this machine, or the folder cannot be trusted or
   *     written to; ONNX Runtime then unpacks them itself
   */
  Optional<Path> folder() {
    try {
      return unpacked();
    } catch (IOException | UnsupportedOperationException | SecurityException e) {
      logger.info("no cache for native libraries in {}: {}", root, e.toString());
      return Optional.empty();
    }
  }

  private Optional<Path> unpacked() throws IOException {
    @Nullable Path folder = null;
    for (String library : LIBRARIES) {
      String name = System.mapLibraryName(library);
      @Nullable URL source =
          OrtEnvironment.class.getResource("/ai/onnxruntime/native/" + platform() + "/" + name);
      if (source == null || !(source.openConnection() instanceof JarURLConnection jar)) {
        return Optional.empty();
      }
      JarEntry entry = jar.getJarEntry();
      if (folder == null) { // named by its content, so that another version has another folder
        folder = root.resolve(String.format("onnxruntime-%08x", entry.getCrc()));
        PrivateFolder.make(folder);
      }
      Path file = folder.resolve(name);
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
          || Files.size(file) != entry.getSize()) {
        try (InputStream in = jar.getInputStream()) {
          AtomicFiles.write(file, in::transferTo);
        }
      }
    }
    return Optional.ofNullable(folder);
  }

  /** As ONNX Runtime calls the machine. */
  private static String platform() {
    String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    return system()
        + switch (arch) {
          case "aarch64", "arm64" -> "-aarch64";
          case "amd64", "x86_64" -> "-x64";
          default -> "-" + arch;
        };
  }

  private static String system() {
    String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    return os.contains("mac") || os.contains("darwin")
        ? "osx"
        : os.contains("win") ? "win" : "linux";
  }
}

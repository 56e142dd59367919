package io.github.brainimaging.models.onnx.internal;

import ai.onnxruntime.OrtEnvironment;
import io.github.brainimaging.core.internal.PrivateFolder;
import io.github.brainimaging.core.work.AtomicFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * ONNX Runtime's native libraries, unpacked once into a folder of the user that nobody else can
 * write to. Left alone, ONNX Runtime unpacks 24 MB into the temporary directory at each start and
 * leaves an empty folder there.
 *
 * <p>ONNX Runtime loads its libraries when one of its classes is first touched, and looks for this
 * folder in a system property then.
 *
 * @param root the user's folder for caches
 */
record NativeCache(Path root) {

  /** Where ONNX Runtime looks for its libraries. */
  static final String PROPERTY = "onnxruntime.native.path";

  /** Set in a JVM whose ONNX Runtime was told of the folder. */
  private static final String OFFERED = "io.github.brainimaging.onnxruntime.cached";

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
   * Tells ONNX Runtime of the folder, once in a JVM: of two class loaders the second could not load
   * the same file. To be called before a class of ONNX Runtime is touched.
   *
   * @return whether the property was set, to be taken back when the libraries are loaded
   */
  static boolean offer() {
    if (System.getProperty(PROPERTY) != null
        || System.getProperties().putIfAbsent(OFFERED, "true") != null) {
      return false;
    }
    Optional<Path> folder = ofUser().folder();
    folder.ifPresent(path -> System.setProperty(PROPERTY, path.toString()));
    return folder.isPresent();
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
    if (resource("onnxruntime_providers_cuda") != null) {
      return Optional.empty(); // its libraries must lie beside each other: it unpacks them itself
    }
    @Nullable Path folder = null;
    for (String library : LIBRARIES) {
      String name = System.mapLibraryName(library);
      @Nullable URL source = resource(library);
      if (source == null || !(source.openConnection() instanceof JarURLConnection jar)) {
        return Optional.empty();
      }
      JarEntry entry = jar.getJarEntry();
      if (folder == null) { // named by its content, so that another version has another folder
        folder = root.resolve(String.format("onnxruntime-%08x", entry.getCrc()));
        PrivateFolder.make(folder);
      }
      Path file = folder.resolve(name);
      if (!isWhole(file, entry)) {
        try (InputStream in = jar.getInputStream()) {
          AtomicFiles.write(file, in::transferTo);
        }
      }
    }
    return Optional.ofNullable(folder);
  }

  /** Of what was damaged since, the JVM would die: all of it is held against the jar. */
  private static boolean isWhole(Path file, JarEntry entry) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        || Files.size(file) != entry.getSize()) {
      return false;
    }
    try (CheckedInputStream in = new CheckedInputStream(Files.newInputStream(file), new CRC32())) {
      in.transferTo(OutputStream.nullOutputStream());
      return in.getChecksum().getValue() == entry.getCrc();
    }
  }

  /** No class of ONNX Runtime may be initialized for this; naming one does not. */
  private static @Nullable URL resource(String library) {
    return OrtEnvironment.class.getResource(
        "/ai/onnxruntime/native/" + platform() + "/" + System.mapLibraryName(library));
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

package io.github.brainimaging.core.archive;

import io.github.brainimaging.core.testing.OptionContract.Option;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The options of an archive. */
public final class ArchiveOptions {

  private static final char[] PASSWORD = "changeit".toCharArray();

  private static final Archive.Reply EMPTY = Archive.Reply.json(200, "[]");
  private static final Archive.Reply BUSY = Archive.Reply.json(503, "");

  private ArchiveOptions() {}

  /** All of them. */
  public static List<Option> all(Path folder) throws IOException {
    int port;
    try (Archive reserved = Archive.open(EMPTY)) {
      port = reserved.port();
    }
    DicomWeb archive = DicomWeb.at(address("http", port)).withRetries(0);
    DicomWeb secured = DicomWeb.at(address("https", port)).withRetries(0);
    return List.of(
        Option.of(
            "DicomWeb.withHeader",
            archive,
            archive.withHeader("Authorization", "Bearer token"),
            asked -> answer(asked, Archive.open(port, EMPTY))),
        Option.of(
            "DicomWeb.withRetries",
            archive,
            archive.withRetries(1),
            asked -> answer(asked, Archive.open(port, BUSY, EMPTY))),
        Option.of(
            "DicomWeb.withTimeout",
            archive,
            archive.withTimeout(Duration.ofMillis(200)),
            asked -> answer(asked, Archive.open(port, EMPTY.late(2000)))),
        Option.of(
            "DicomWeb.withTls",
            secured,
            secured.withTls(tls(folder)),
            asked -> answer(asked, Archive.openSecured(port, tls(folder), EMPTY))));
  }

  private static URI address(String scheme, int port) {
    return URI.create(scheme + "://localhost:" + port + "/dicom-web");
  }

  /** What the archive saw, or that nothing came of it. */
  private static Object answer(DicomWeb asked, Archive archive) {
    try (archive) {
      List<DicomWeb.Series> unused = asked.find(Map.of());
      return archive.authorizations();
    } catch (IOException e) {
      return "failed";
    }
  }

  /** A certificate of localhost that nobody has signed, by the JDK's keytool. */
  public static SSLContext tls(Path folder) throws IOException {
    Path store = folder.resolve("localhost.p12");
    try {
      if (!Files.exists(store)) {
        Process keytool =
            new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                    "-genkeypair",
                    "-alias",
                    "localhost",
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=localhost",
                    "-ext",
                    "san=dns:localhost",
                    "-storetype",
                    "PKCS12",
                    "-keystore",
                    store.toString(),
                    "-storepass",
                    new String(PASSWORD))
                .redirectErrorStream(true)
                .start();
        keytool.getInputStream().readAllBytes();
        if (keytool.waitFor() != 0) {
          throw new IllegalStateException("keytool failed");
        }
      }
      KeyStore keys = KeyStore.getInstance("PKCS12");
      try (InputStream in = Files.newInputStream(store)) {
        keys.load(in, PASSWORD);
      }
      KeyManagerFactory own = KeyManagerFactory.getInstance("PKIX");
      own.init(keys, PASSWORD);
      TrustManagerFactory trusted = TrustManagerFactory.getInstance("PKIX");
      trusted.init(keys);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}

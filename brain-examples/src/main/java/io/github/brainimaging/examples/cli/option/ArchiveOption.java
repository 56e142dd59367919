package io.github.brainimaging.examples.cli.option;

import io.github.brainimaging.core.archive.DicomWeb;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Which archive is asked, and how. Secrets are never on the command line, which others see. */
public final class ArchiveOption {

  private static final int MOST_RETRIES = 10;

  @Parameters(
      index = "0",
      paramLabel = "URL",
      description = "Where the archive's DICOMweb services are, such as https://pacs/dicom-web.")
  private URI address = URI.create("");

  @Option(
      names = "--authorization-env",
      paramLabel = "NAME",
      description =
          "The environment variable that holds the header Authorization, such as Bearer TOKEN.")
  private @Nullable String variable;

  @Option(
      names = "--authorization-file",
      paramLabel = "FILE",
      description = "The file that holds it, which only you should be able to read.")
  private @Nullable Path file;

  @Option(
      names = "--trust",
      paramLabel = "FILE.pem",
      description =
          "Certificates that are trusted for https, in the place of Java's own: those of a"
              + " hospital's authority.")
  private @Nullable Path trusted;

  @Option(
      names = "--timeout",
      converter = Numbers.Positive.class,
      paramLabel = "SECONDS",
      description = "For each request and its whole answer (default: 600).")
  private int timeout = 600;

  @Option(
      names = "--retries",
      converter = Numbers.NotNegative.class,
      paramLabel = "N",
      description =
          "How often what is busy or cannot be reached is asked again, at most 10 (default: 2).")
  private int retries = 2;

  /**
   * The archive; nothing is asked yet.
   *
   * @throws ParameterException if the options do not go together
   */
  public DicomWeb open(CommandSpec spec) throws IOException {
    if (retries > MOST_RETRIES) {
      throw new ParameterException(spec.commandLine(), "--retries must be 0 to 10, got " + retries);
    }
    if (variable != null && file != null) {
      throw new ParameterException(
          spec.commandLine(), "--authorization-env and --authorization-file exclude each other");
    }
    DicomWeb archive;
    try {
      archive = DicomWeb.at(address);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(),
          "URL must be an address of http or https without query, such as"
              + " https://pacs/dicom-web",
          e);
    }
    if (address.getUserInfo() != null) {
      throw new ParameterException(
          spec.commandLine(),
          "URL must not hold a password, which others see: see --authorization-file");
    }
    archive = archive.withTimeout(Duration.ofSeconds(timeout)).withRetries(retries);
    String authorization = authorization(spec);
    if (authorization != null) {
      if ("http".equals(address.getScheme()) && !isLocal()) {
        spec.commandLine()
            .getErr()
            .println("note: over http the credentials can be read on their way; use https");
      }
      archive = archive.withHeader("Authorization", authorization);
    }
    return trusted == null ? archive : archive.withTls(context(trusted));
  }

  private boolean isLocal() {
    String host = address.getHost();
    return "localhost".equals(host) || host.startsWith("127.") || "[::1]".equals(host);
  }

  private @Nullable String authorization(CommandSpec spec) throws IOException {
    String text;
    String where;
    if (variable != null) {
      text = System.getenv(variable);
      where = "the environment variable " + variable;
    } else if (file != null) {
      text = Files.readString(file, StandardCharsets.UTF_8);
      where = file.toString();
    } else {
      return null;
    }
    String header = text == null ? "" : text.strip();
    // The value itself is in no message.
    if (header.isEmpty() || !header.chars().allMatch(c -> c >= ' ' && c <= '~')) {
      throw new ParameterException(
          spec.commandLine(),
          where
              + (header.isEmpty() ? " is empty" : " holds more than one line of ASCII")
              + ": expected the value of the header Authorization, such as Bearer TOKEN");
    }
    return header;
  }

  private static SSLContext context(Path pem) throws IOException {
    try (InputStream in = Files.newInputStream(pem)) {
      Collection<? extends Certificate> all =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int number = 0;
      for (Certificate each : all) {
        store.setCertificateEntry("trusted-" + number++, each);
      }
      if (number == 0) {
        throw new IOException(pem + ": expected certificates (PEM), found none");
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException(pem + ": expected certificates (PEM): " + e.getMessage(), e);
    }
  }
}

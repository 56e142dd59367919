package io.github.brainimaging.examples.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.brainimaging.core.io.PngImageWriter;
import io.github.brainimaging.examples.cli.file.HeadPhantom;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The web service as people use it: choose a file, press the button, look at the report. */
class WebServiceInBrowserTest {

  private static final int MAXIMUM = 1_000_000;

  @TempDir Path folder;

  private interface Use {
    void of(HeadlessBrowser browser) throws Exception;
  }

  /** With the page to upload open; what was asked for must be of the service. */
  private static void use(Use use) throws Exception {
    try (HeadlessBrowser browser = HeadlessBrowser.start();
        WebServer server =
            WebServer.start(new WebServer.Settings("127.0.0.1", 0, MAXIMUM, 1, 10))) {
      String address = "http://127.0.0.1:" + server.port() + "/";
      browser.open(URI.create(address));
      use.of(browser);
      assertThat(browser.requests().stream().filter(url -> url.startsWith("http")))
          .isNotEmpty()
          .allMatch(url -> url.startsWith(address));
    }
  }

  private static void upload(HeadlessBrowser browser, Path file) {
    browser.find("#image").sendKeys(file.toAbsolutePath().toString());
    browser.find("button[type=submit]").click();
  }

  @Test
  void anImageBecomesAReport() throws Exception {
    Path head = folder.resolve("my head & yours.png");
    PngImageWriter.write(HeadPhantom.draw(165, 105, 16, 2), head);
    use(
        browser -> {
          browser.size(400, 800);
          assertThat(browser.overflows()).as("the form on a phone").isFalse();
          browser.size(1400, 1000);
          upload(browser, head);
          browser.await("the report is there", () -> !browser.all("button.enlarge").isEmpty());

          assertThat(browser.find("h1").getText()).contains("my head & yours.png");
          assertThat(browser.find("tbody").getText()).contains("out of domain");
          assertThat(browser.overflows()).isFalse();
          browser.find("button.enlarge").click();
          browser.await("it is enlarged", () -> browser.find("dialog").isDisplayed());
          browser.run("document.querySelector('dialog').close()");
          assertThat(browser.complaints()).isEmpty();

          browser.find("a[href='/']").click();
          browser.await("the form is there again", () -> !browser.all("#image").isEmpty());
        });
  }

  @Test
  void whatIsNoImageIsToldInWords() throws Exception {
    Path notes = Files.writeString(folder.resolve("notes.txt"), "no <b>image</b>");
    use(
        browser -> {
          upload(browser, notes);
          browser.await("the answer is there", () -> !browser.all("#message").isEmpty());

          assertThat(browser.find("#message").getText())
              .startsWith("notes.txt: expected a file of one of the formats DICOM, PNG");
        });
  }

  @Test
  void whatIsTooLargeIsNotSent() throws Exception {
    Path large = Files.write(folder.resolve("large.png"), new byte[MAXIMUM + 1]);
    use(
        browser -> {
          upload(browser, large);

          assertThat(browser.find("#problem").getText())
              .isEqualTo("The file is too large: expected at most 1.0 MB, found 1.0 MB.");
          assertThat(browser.requests()).noneMatch(url -> url.endsWith("/analyze"));
          assertThat(browser.complaints()).isEmpty();
        });
  }
}

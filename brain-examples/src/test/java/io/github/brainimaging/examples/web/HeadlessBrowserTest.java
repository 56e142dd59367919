package io.github.brainimaging.examples.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That the other tests in the browser would see what is wrong. */
class HeadlessBrowserTest {

  @TempDir private Path folder;

  @Test
  void aBrokenPageIsNoticed() throws Exception {
    Path page = folder.resolve("page.html");
    Files.writeString(
        page,
        """
        <!DOCTYPE html><title>broken</title><p id="wide" style="width:2000px">wide</p>
        <img src="missing.png"><script>document.getElementById("nothing").click();</script>
        """);
    try (HeadlessBrowser browser = HeadlessBrowser.start()) {
      browser.open(page);

      assertThat(browser.overflows()).isTrue();
      browser.size(2400, 800);
      assertThat(browser.overflows()).isFalse();
      assertThat(browser.complaints()).hasSize(2);
      assertThat(browser.requests())
          .contains(page.toUri().toString(), folder.resolve("missing.png").toUri().toString());
      assertThat(browser.find("#wide").getText()).isEqualTo("wide");
    }
  }
}

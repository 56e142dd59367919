package io.github.brainimaging.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The site that the profile "site" builds holds together: no link inside it is dead. */
class SiteTest {

  private static final Path SITE = Path.of("../target/site").toAbsolutePath().normalize();
  private static final Pattern LINK = Pattern.compile("\\b(?:href|src)=\"([^\"]*)\"");
  private static final Pattern ANCHOR = Pattern.compile("\\bid=\"([^\"]*)\"");

  private final Map<Path, Set<String>> anchors = new HashMap<>();

  @BeforeEach
  void wantASite() {
    assumeThat(SITE.resolve("apidocs/index.html"))
        .as("mvn -P site package -DskipTests javadoc:aggregate has built the site")
        .exists();
  }

  @Test
  void theJavadocOfAModuleLeadsToThatOfTheCore() throws IOException {
    Path models = SITE.resolve("apidocs/io/github/brainimaging/models/onnx");

    assertThat(all(LINK, models.resolve("OnnxClassifier.html")))
        .contains("../../core/inference/Classifier.html");
  }

  @Test
  void noLinkInsideItIsDead() throws IOException {
    List<Path> pages;
    try (Stream<Path> files = Files.walk(SITE)) {
      pages =
          files
              .filter(file -> file.toString().endsWith(".html"))
              // The list at its top names a package that is none: javadoc's own mistake.
              .filter(file -> !file.endsWith("constant-values.html"))
              .toList();
    }
    assertThat(pages).hasSizeGreaterThan(200);

    Set<String> dead = new TreeSet<>();
    for (Path page : pages) {
      for (String link : all(LINK, page)) {
        if (!link.matches("[a-z]+:.*") && !leadsSomewhere(page, link)) {
          dead.add(SITE.relativize(page) + ": " + link);
        }
      }
    }
    assertThat(dead).isEmpty();
  }

  private boolean leadsSomewhere(Path page, String link) throws IOException {
    String[] parts = URLDecoder.decode(link, StandardCharsets.UTF_8).split("#", 2);
    Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
    if (!target.startsWith(SITE) || !Files.exists(target)) {
      return false;
    }
    if (parts.length == 1 || parts[1].isEmpty() || !target.toString().endsWith(".html")) {
      return true;
    }
    if (!anchors.containsKey(target)) {
      anchors.put(target, all(ANCHOR, target));
    }
    return anchors.get(target).contains(parts[1]);
  }

  private static Set<String> all(Pattern pattern, Path page) throws IOException {
    return pattern
        .matcher(Files.readString(page))
        .results()
        .map(found -> found.group(1).replace("&lt;", "<").replace("&gt;", ">"))
        .collect(Collectors.toSet());
  }
}

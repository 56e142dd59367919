package io.github.brainimaging.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.examples.cli.Brain;
import io.github.brainimaging.models.onnx.OnnxClassifier;
import io.github.brainimaging.segmentation.tumor.TumorSegmenter;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** What the build puts into jars and POMs, for those who find them in a repository. */
class BuildTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private static Element pom(String module) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(ROOT.resolve(module).resolve("pom.xml").toFile())
        .getDocumentElement();
  }

  private static @Nullable Element child(Element parent, String name) {
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element && element.getTagName().equals(name)) {
        return element;
      }
    }
    return null;
  }

  private static Element required(Element parent, String name) {
    Element found = child(parent, name);
    assertThat(found).as(name).isNotNull();
    return Objects.requireNonNull(found);
  }

  /** As Maven inherits it: with the module's name appended unless the parent says otherwise. */
  private static String inherited(Element parent, String flag, String address, String module) {
    return parent.getAttribute("child." + flag + ".inherit.append.path").equals("false")
        ? address
        : address + "/" + module;
  }

  @Test
  void modulesInheritTheAddressesOfTheProjectAsTheyAre() throws Exception {
    Element parent = pom("");
    Element scm = required(parent, "scm");
    List<String> modules = new ArrayList<>();
    for (Node node = required(parent, "modules").getFirstChild();
        node != null;
        node = node.getNextSibling()) {
      if (node instanceof Element element) {
        modules.add(element.getTextContent().strip());
      }
    }
    assertThat(modules).hasSize(4);
    for (String module : modules) {
      Element own = pom(module);
      assertThat(child(own, "url")).as(module).isNull();
      assertThat(child(own, "scm")).as(module).isNull();
      String url = required(parent, "url").getTextContent();
      assertThat(inherited(parent, "project.url", url, module)).isEqualTo(url);
      for (String name : List.of("connection", "developerConnection", "url")) {
        String address = required(scm, name).getTextContent();
        assertThat(inherited(scm, "scm." + name, address, module)).isEqualTo(address);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      classes = {MedicalImage.class, TumorSegmenter.class, OnnxClassifier.class, Brain.class})
  void everyModuleHoldsLicenseAndNotice(Class<?> type) throws IOException {
    URL built = type.getProtectionDomain().getCodeSource().getLocation();
    try (URLClassLoader module = new URLClassLoader(new URL[] {built}, null)) {
      for (String name : List.of("LICENSE", "NOTICE")) {
        try (InputStream in = module.getResourceAsStream("META-INF/" + name)) {
          assertThat(in).as(name + " of " + built).isNotNull();
          assertThat(in.readAllBytes()).isEqualTo(Files.readAllBytes(ROOT.resolve(name)));
        }
      }
    }
  }
}

package io.github.brainimaging.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows is true. */
class ReadmeTest {

  private static final Path ROOT = Path.of("..");

  @TempDir Path folder;

  private static String readme() throws IOException {
    return Files.readString(ROOT.resolve("README.md"));
  }

  @Test
  void itsJavaCompiles() throws IOException {
    Matcher block = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(readme());
    assertThat(block.find()).isTrue();
    String source =
        """
        import io.github.brainimaging.core.inference.*;
        import io.github.brainimaging.core.io.*;
        import io.github.brainimaging.core.pipeline.*;
        import io.github.brainimaging.models.onnx.*;
        import io.github.brainimaging.segmentation.tumor.*;
        import java.nio.file.Path;
        class Snippet {
          static void run() throws Exception {
        %s
          }
        }
        """
            .formatted(block.group(1));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    JavaFileObject file =
        new SimpleJavaFileObject(URI.create("string:///Snippet.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
          }
        };
    List<String> options =
        List.of("-cp", System.getProperty("java.class.path"), "-d", folder.toString());

    boolean compiled = compiler.getTask(messages, null, null, options, null, List.of(file)).call();

    assertThat(compiled).as(messages.toString()).isTrue();
  }

  @Test
  void itsLinksLeadSomewhere() throws IOException {
    Matcher link = Pattern.compile("\\]\\(([^)#:]+)\\)").matcher(readme());
    int count = 0;
    while (link.find()) {
      assertThat(ROOT.resolve(link.group(1))).exists();
      count++;
    }
    assertThat(count).isGreaterThan(5);
  }

  @Test
  void ciRunsItsTestCommand() throws IOException {
    Matcher command = Pattern.compile("All tests:\n\n```sh\n(.*?)\n```").matcher(readme());

    assertThat(command.find()).isTrue();
    assertThat(Files.readString(ROOT.resolve(".ci/run"))).endsWith(command.group(1) + "\n");
  }
}

package io.github.brainimaging.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.brainimaging.core.evaluation.ConfidenceInterval;
import io.github.brainimaging.core.evaluation.classification.ConfusionMatrix;
import io.github.brainimaging.core.evaluation.significance.McNemarTest;
import io.github.brainimaging.core.image.MedicalImage;
import io.github.brainimaging.core.io.MedicalImageReader;
import io.github.brainimaging.core.io.PngImageWriter;
import io.github.brainimaging.core.plot.Plot;
import io.github.brainimaging.core.report.ReportWriter;
import io.github.brainimaging.core.report.VolumeReportWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** brain-core alone, with nothing but SLF4J beside it. */
class OptionalLibraryTest {

  @TempDir private Path folder;

  private final URLClassLoader alone =
      new URLClassLoader(
          new URL[] {place(MedicalImage.class), place(org.slf4j.Logger.class)},
          ClassLoader.getPlatformClassLoader());

  private static URL place(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation();
  }

  @AfterEach
  void close() throws IOException {
    alone.close();
  }

  /** Calls a static method of the copy that stands alone. */
  private Object call(Class<?> type, String method, Object... arguments) throws Exception {
    Method found =
        Arrays.stream(alone.loadClass(type.getName()).getMethods())
            .filter(m -> m.getName().equals(method) && m.getParameterCount() == arguments.length)
            .findFirst()
            .orElseThrow();
    return result(found, null, arguments);
  }

  private static Object result(Method method, @Nullable Object target, Object... arguments)
      throws Exception {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  @Test
  void readsAnImage() throws Exception {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    PngImageWriter.write(MedicalImage.ofGray(2, 1, new float[] {3, 4}), png);

    Object reader = call(MedicalImageReader.class, "withDefaults");
    Object image =
        reader
            .getClass()
            .getMethod("read", byte[].class, String.class)
            .invoke(reader, png.toByteArray(), "image");

    assertThat(image)
        .hasToString(MedicalImageReader.withDefaults().read(png.toByteArray(), "image").toString());
    assertThat(image).isNotInstanceOf(MedicalImage.class);
  }

  @Test
  void whatNeedsMoreSaysWhatToAdd() throws Exception {
    String xchart = "a plot needs org.knowm.xchart:xchart, which this library does not bring along";
    String statistics =
        "a p value or an interval needs org.apache.commons:commons-statistics-distribution, which";
    Object test = call(McNemarTest.class, "of", new boolean[] {true}, new boolean[] {false});
    Object facts =
        alone
            .loadClass(ReportWriter.Facts.class.getName())
            .getMethod("ofModel", String.class, String.class)
            .invoke(null, "", "");

    says(xchart, () -> call(Plot.class, "roc", Map.of()));
    says(xchart, () -> call(Plot.class, "training", List.of()));
    Object matrix = call(ConfusionMatrix.class, "of", List.of("a"), List.of("a"), List.of("a"));
    Object plot = call(Plot.class, "confusionMatrix", matrix);
    says(
        "a plot as SVG needs org.apache.xmlgraphics:batik-svggen, which",
        () -> result(plot.getClass().getMethod("toSvg"), plot));
    says(statistics, () -> call(ConfidenceInterval.class, "jeffreys", 1, 2, 0.95));
    says(statistics, () -> result(test.getClass().getMethod("chiSquarePValue"), test));
    says(
        "a report needs com.google.code.gson:gson, which",
        () -> call(ReportWriter.class, "create", folder, facts, List.of()));
    says(
        "a report needs com.google.code.gson:gson, which",
        () -> call(VolumeReportWriter.class, "create", folder, facts, List.of()));
  }

  private static void says(String message, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith(message);
  }
}

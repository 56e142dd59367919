package io.github.brainimaging.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Doors of one kind look alike: docs/contributing.md, Style. */
class DoorsTest {

  private static final Set<Class<?>> OPTIONAL =
      Set.of(Optional.class, OptionalInt.class, OptionalLong.class, OptionalDouble.class);

  private static Stream<Method> methods(String module) {
    return ApiListing.types(module).stream()
        .flatMap(type -> Stream.of(type.getDeclaredMethods()))
        .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic());
  }

  private static List<Method> writers() {
    return methods("core")
        .filter(method -> method.getName().equals("write"))
        .filter(method -> method.getDeclaringClass().getPackageName().endsWith(".core.io"))
        .toList();
  }

  @Test
  void whatWritesAnImageToAFileWritesItToAStreamAndTheTargetComesLast() {
    List<String> lacking = new ArrayList<>();
    for (Method method : writers()) {
      List<Class<?>> given = new ArrayList<>(List.of(method.getParameterTypes()));
      Class<?> target = given.remove(given.size() - 1);
      assertThat(target).as("%s", method).isIn(Path.class, OutputStream.class);
      assertThat(given).as("%s", method).isNotEmpty().doesNotContain(Path.class);
      Class<?> other = target == Path.class ? OutputStream.class : Path.class;
      given.add(other);
      boolean both =
          writers().stream()
              .filter(each -> each.getDeclaringClass() == method.getDeclaringClass())
              .anyMatch(each -> Arrays.asList(each.getParameterTypes()).equals(given));
      if (!both) {
        lacking.add(method + " has none of the same with " + other.getSimpleName());
      }
    }
    assertThat(writers()).hasSizeGreaterThan(20);
    assertThat(lacking).isEmpty();
  }

  /** Who has options is made first, {@code withDefaults()} or {@code of...}, and then writes. */
  @Test
  void whatHasOptionsIsAValueAndWhatHasNoneIsStatic() {
    for (Method method : writers()) {
      boolean options =
          Stream.of(method.getDeclaringClass().getDeclaredMethods())
              .anyMatch(
                  each ->
                      Modifier.isPublic(each.getModifiers())
                          && each.getReturnType() == method.getDeclaringClass());
      assertThat(Modifier.isStatic(method.getModifiers())).as("%s", method).isEqualTo(!options);
    }
  }

  /** An overload says the same in the call. */
  @ParameterizedTest
  @ValueSource(strings = {"core", "segmentation", "models"})
  void noMethodAsksForAnOptional(String module) {
    assertThat(methods(module))
        .isNotEmpty()
        .allMatch(method -> Stream.of(method.getParameterTypes()).noneMatch(OPTIONAL::contains));
  }
}

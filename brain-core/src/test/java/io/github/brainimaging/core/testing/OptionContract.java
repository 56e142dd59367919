package io.github.brainimaging.core.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * Every option of a module shows in the value and in what the value does. An option is a public
 * method of a public type that gives the same value but for one thing ({@code with...} and its
 * kin), or any method of a builder that gives the builder. One that has no case fails {@link
 * #noOptionIsWithoutACase}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class OptionContract {

  private static final Pattern NAME =
      Pattern.compile("(with(out)?[A-Z]|keeping|starting|inverted).*");

  /** What a value does: something with equality. */
  @FunctionalInterface
  public interface Observation<T> {

    /** Asks the value. */
    Object of(T value) throws Exception;
  }

  /**
   * An option, and what it does.
   *
   * @param name type and method; two cases where two methods have one name
   * @param before the value without it
   * @param after the value with it
   * @param observe what a value does
   */
  public record Option(String name, Object before, Object after, Observation<Object> observe) {

    /** An option of values of one type. */
    public static <T> Option of(String name, T before, T after, Observation<T> observe) {
      @SuppressWarnings("unchecked")
      Observation<Object> any = value -> observe.of((T) value);
      return new Option(name, before, after, any);
    }
  }

  private List<Option> all = List.of();

  /** Any public type of the module. */
  protected abstract Class<?> typeOfTheModule();

  /** One case for each option. */
  protected abstract List<Option> options() throws Exception;

  @BeforeAll
  void collect() throws Exception {
    all = options();
  }

  @TestFactory
  Stream<DynamicTest> anOptionChangesTheValueAndWhatItDoes() {
    return all.stream()
        .map(option -> DynamicTest.dynamicTest(option.name(), () -> requireEffect(option)));
  }

  private static void requireEffect(Option option) throws Exception {
    Object before = option.observe().of(option.before());
    // What differs from time to time would differ without the option too.
    assertThat(option.observe().of(option.before())).isEqualTo(before);
    assertThat(option.observe().of(option.after())).isNotEqualTo(before);
    if (option.before().toString().equals(option.after().toString())) {
      assertThat(option.after()).isNotEqualTo(option.before()).matches(OptionContract::hasEquality);
    }
  }

  private static boolean hasEquality(Object value) {
    try {
      return value.getClass().getMethod("equals", Object.class).getDeclaringClass() != Object.class;
    } catch (NoSuchMethodException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void noOptionIsWithoutACase() throws Exception {
    assertThat(optionsOfTheModule())
        .isNotEmpty()
        .containsExactlyInAnyOrderElementsOf(all.stream().map(Option::name).toList());
  }

  private List<String> optionsOfTheModule()
      throws IOException, URISyntaxException, ClassNotFoundException {
    Path classes =
        Path.of(typeOfTheModule().getProtectionDomain().getCodeSource().getLocation().toURI());
    List<String> names = new ArrayList<>();
    try (Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
        String name =
            classes.relativize(file).toString().replace(file.getFileSystem().getSeparator(), ".");
        if (!name.endsWith("-info.class") && !name.contains(".internal.")) {
          Class<?> type =
              Class.forName(
                  name.substring(0, name.length() - ".class".length()),
                  false,
                  typeOfTheModule().getClassLoader());
          addOptions(type, names);
        }
      }
    }
    return names;
  }

  private static void addOptions(Class<?> type, List<String> names) {
    // What public builders inherit is theirs, even from a class that is not public.
    boolean inherited =
        Modifier.isAbstract(type.getModifiers()) && type.getSimpleName().endsWith("Builder");
    if (!Modifier.isPublic(type.getModifiers()) && !inherited) {
      return;
    }
    String name =
        type.getDeclaringClass() == null
            ? type.getSimpleName()
            : type.getDeclaringClass().getSimpleName() + "." + type.getSimpleName();
    boolean builder = name.endsWith("Builder");
    for (Method method : type.getDeclaredMethods()) {
      if (Modifier.isPublic(method.getModifiers())
          && !Modifier.isStatic(method.getModifiers())
          && !method.isSynthetic()
          && method.getReturnType() == type
          && (builder || NAME.matcher(method.getName()).matches())) {
        names.add(name + "." + method.getName());
      }
    }
  }
}

package io.github.brainimaging.examples;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The public API of a module as text: a line for each type, and one for each member below it. */
final class ApiListing {

  private static final String ROOT = "io.github.brainimaging.";

  /** What every type has, or every enum. */
  private static final Set<String> GIVEN =
      Set.of("values", "valueOf", "toString", "equals", "hashCode");

  private final Class<?> type;

  private ApiListing(Class<?> type) {
    this.type = type;
  }

  /** The public types of a module, by name; those within public types too. */
  static List<Class<?>> types(String module) {
    TreeMap<String, Class<?>> types = new TreeMap<>();
    for (JavaClass found :
        new ClassFileImporter()
            .withImportOption(new ArchitectureTest.MainOnly())
            .importPackages(ROOT + module)) {
      List<String> rooms = Arrays.asList(found.getPackageName().split("\\."));
      boolean api = !rooms.contains("internal") && !rooms.contains("grid");
      if (api && isShown(found)) {
        types.put(found.getName(), load(found.getName()));
      }
    }
    return List.copyOf(types.values());
  }

  private static boolean isShown(JavaClass type) {
    Set<JavaModifier> modifiers = type.getModifiers();
    boolean open =
        modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    return open && type.getEnclosingClass().map(ApiListing::isShown).orElse(true);
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, ApiListing.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(name, e);
    }
  }

  /** The lines of a module. */
  static List<String> of(String module) {
    return types(module).stream().flatMap(type -> new ApiListing(type).lines()).toList();
  }

  private Stream<String> lines() {
    TreeSet<String> members = new TreeSet<>();
    for (Field field : type.getDeclaredFields()) {
      if (isShown(field)) {
        members.add(
            field.isEnumConstant()
                ? field.getName()
                : modifiers(field) + text(field.getAnnotatedType()) + " " + field.getName());
      }
    }
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      if (isShown(constructor)) {
        members.add(modifiers(constructor) + "new" + parameters(constructor));
      }
    }
    addMethods(type, members);
    for (Class<?> parent = type.getSuperclass(); isHidden(parent); ) {
      addMethods(parent, members);
      parent = parent.getSuperclass();
    }
    return Stream.concat(Stream.of(heading()), members.stream().map(member -> "  " + member));
  }

  private void addMethods(Class<?> owner, Set<String> members) {
    for (Method method : owner.getDeclaredMethods()) {
      if (isShown(method) && !GIVEN.contains(method.getName())) {
        // A builder that gives itself back: the type's own name.
        boolean itself = method.getGenericReturnType() instanceof TypeVariable<?>;
        members.add(
            modifiers(method)
                + (itself && owner != type ? text(type) : text(method.getAnnotatedReturnType()))
                + " "
                + method.getName()
                + parameters(method));
      }
    }
  }

  /** Whether what a parent has is seen only in the public types that inherit it. */
  private static boolean isHidden(@Nullable Class<?> parent) {
    return parent != null
        && parent.getName().startsWith(ROOT)
        && !Modifier.isPublic(parent.getModifiers());
  }

  private String heading() {
    String kind =
        type.isAnnotation()
            ? "annotation "
            : type.isInterface()
                ? "interface "
                : type.isEnum() ? "enum " : type.isRecord() ? "record " : "class ";
    String modifiers = modifiers(type.getModifiers() & (Modifier.ABSTRACT | Modifier.FINAL));
    boolean plain = type.isInterface() || type.isEnum() || type.isRecord();
    List<String> parents = new ArrayList<>();
    Type parent = type.getGenericSuperclass();
    if (parent != null && !plain && parent != Object.class && !isHidden(type.getSuperclass())) {
      parents.add(text(parent));
    }
    for (Type each : type.getGenericInterfaces()) {
      parents.add(text(each));
    }
    return (plain ? "" : modifiers)
        + kind
        + text(type)
        + (parents.isEmpty() ? "" : " : " + String.join(", ", parents));
  }

  private static boolean isShown(Member member) {
    boolean open =
        Modifier.isPublic(member.getModifiers()) || Modifier.isProtected(member.getModifiers());
    return open && !member.isSynthetic();
  }

  private String modifiers(Member member) {
    int shown = member.getModifiers() & (Modifier.STATIC | Modifier.PROTECTED | Modifier.ABSTRACT);
    return modifiers(type.isInterface() ? shown & Modifier.STATIC : shown);
  }

  private static String modifiers(int modifiers) {
    return modifiers == 0 ? "" : Modifier.toString(modifiers) + " ";
  }

  private static String parameters(Executable member) {
    String thrown =
        Arrays.stream(member.getGenericExceptionTypes())
            .map(ApiListing::text)
            .sorted()
            .collect(Collectors.joining(", "));
    return parameterTypes(member).map(ApiListing::text).collect(Collectors.joining(", ", "(", ")"))
        + (thrown.isEmpty() ? "" : " throws " + thrown);
  }

  /**
   * Later compilers leave generic types out of a record's own constructor, not of its components.
   */
  private static Stream<AnnotatedType> parameterTypes(Executable member) {
    RecordComponent[] components = member.getDeclaringClass().getRecordComponents();
    boolean canonical =
        components != null
            && member instanceof Constructor<?>
            && Arrays.equals(
                member.getParameterTypes(),
                Arrays.stream(components).map(RecordComponent::getType).toArray());
    return canonical
        ? Arrays.stream(components).map(RecordComponent::getAnnotatedType)
        : Arrays.stream(member.getAnnotatedParameterTypes());
  }

  private static String text(AnnotatedType type) {
    return (type.isAnnotationPresent(Nullable.class) ? "@Nullable " : "") + text(type.getType());
  }

  private static String text(Type type) {
    return type.getTypeName()
        .replace(ROOT, "")
        .replaceAll(
            "java\\.(lang|util|util\\.function|util\\.stream|io|nio\\.file)\\.(?=[A-Z])", "")
        .replace('$', '.');
  }
}

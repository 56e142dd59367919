package io.github.brainimaging.examples;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The arrows between modules and packages, and what must not show in the API. */
@AnalyzeClasses(
    packages = "io.github.brainimaging",
    importOptions = ArchitectureTest.MainOnly.class)
class ArchitectureTest {

  /** Neither the tests of this module nor those that brain-core hands to the others. */
  static final class MainOnly implements ImportOption {
    private static final Pattern TESTS = Pattern.compile(".*-tests?(\\.jar|/).*");

    @Override
    public boolean includes(Location location) {
      return new DoNotIncludeTests().includes(location) && !location.matches(TESTS);
    }
  }

  private static final String ROOT = "io.github.brainimaging.";

  /** Packages whose types must not stand in a public signature. */
  private static final List<String> FOREIGN =
      List.of(
          "java.awt.",
          "javax.imageio.",
          "boofcv.",
          "ai.djl.",
          "ai.onnx",
          "com.google.protobuf.",
          "com.google.gson.",
          "org.knowm.",
          "org.apache.commons.");

  @ArchTest
  static final ArchRule CORE_KNOWS_NO_OTHER_MODULE =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "core..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              ROOT + "segmentation..", ROOT + "models..", ROOT + "examples..", "ai..", "boofcv..");

  @ArchTest
  static final ArchRule SEGMENTATION_KNOWS_CORE_ONLY =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "segmentation..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ROOT + "models..", ROOT + "examples..", "ai..");

  @ArchTest
  static final ArchRule MODELS_KNOW_CORE_ONLY =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "models..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ROOT + "segmentation..", ROOT + "examples..", "boofcv..");

  @ArchTest
  static final ArchRule INFERENCE_DOES_NOT_NEED_TRAINING =
      noClasses()
          .that()
          .resideInAnyPackage(
              ROOT + "models.onnx..", ROOT + "models.network..", ROOT + "models.card..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ROOT + "models.training..", "ai.djl.pytorch..");

  @ArchTest
  static final ArchRule MODELS_NEED_NO_CHARTS =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "models..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ROOT + "core.plot..", ROOT + "core.report..", "org.knowm..");

  @ArchTest
  static final ArchRule A_CARD_KNOWS_NO_ENGINE_AND_NO_NETWORK =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "models.card..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              ROOT + "models.network..", ROOT + "models.onnx..", "ai.djl..", "ai.onnxruntime..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule A_NETWORK_STARTS_NO_ENGINE =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "models.network..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(ROOT + "models.onnx..", "ai.djl..", "ai.onnxruntime..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule COPIED_CODE_USES_THE_API_ONLY =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "examples.quickstart..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("..internal..");

  @ArchTest
  static final ArchRule THE_COMMAND_LINE_USES_THE_API_ONLY =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "examples.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..internal..", ROOT + "core.grid..");

  @ArchTest
  static final ArchRule NO_CYCLES_BETWEEN_PACKAGES =
      slices().matching(ROOT + "(**)").should().beFreeOfCycles();

  /** The packages of brain-core by floor, as docs/architecture.md draws them. */
  private static final List<Set<String>> FLOORS =
      List.of(
          Set.of("internal", "work"),
          Set.of("image"),
          Set.of("grid", "tensor"),
          Set.of("inference", "transform"),
          Set.of("augmentation", "geometry", "bias", "tile", "calibration", "domain"),
          Set.of("evaluation", "registration"),
          Set.of("measure", "explanation"),
          Set.of("fusion", "slice", "io", "uncertainty"),
          Set.of("data", "study", "pipeline"),
          Set.of("report", "plot", "archive", "privacy"));

  @ArchTest
  static final ArchRule CORE_LOOKS_DOWN_ONLY =
      classes().that().resideInAPackage(ROOT + "core..").should(dependOnLowerFloorsOnly());

  private static ArchCondition<JavaClass> dependOnLowerFloorsOnly() {
    return new ArchCondition<>("depend on lower floors only") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        String room = room(type);
        for (Dependency arrow : type.getDirectDependenciesFromSelf()) {
          String other = room(arrow.getTargetClass());
          boolean inCore = arrow.getTargetClass().getPackageName().startsWith(ROOT + "core.");
          if (inCore && !room.equals(other) && floor(other) >= floor(room)) {
            events.add(SimpleConditionEvent.violated(type, arrow.getDescription()));
          }
        }
      }
    };
  }

  /** The first package below the module's. */
  private static String room(JavaClass type) {
    return type.getPackageName().replaceFirst(Pattern.quote(ROOT) + "\\w+\\.(\\w+).*", "$1");
  }

  private static int floor(String room) {
    for (int floor = 0; floor < FLOORS.size(); floor++) {
      if (FLOORS.get(floor).contains(room)) {
        return floor;
      }
    }
    throw new AssertionError("core." + room + " stands on no floor: give it one in this test");
  }

  @ArchTest
  static final ArchRule NO_FOREIGN_TYPE_IN_A_PUBLIC_SIGNATURE =
      classes()
          .that()
          .arePublic()
          .and()
          .resideOutsideOfPackages("..internal..", "..training.optimizer..", "..examples..")
          .should(showNoForeignType());

  private static ArchCondition<JavaClass> showNoForeignType() {
    return new ArchCondition<>("show no foreign type") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        Set<JavaClass> shown = new HashSet<>(type.getAllRawInterfaces());
        type.getMembers().stream()
            .filter(ArchitectureTest::isApi)
            .forEach(member -> shown.addAll(typesOf(member)));
        Predicate<JavaClass> internal = other -> other.getPackageName().contains(".internal");
        Set<JavaClass> hidden = shown.stream().filter(internal).collect(Collectors.toSet());
        // Of superclasses one is internal: Graph, which has no public member.
        shown.addAll(type.getAllRawSuperclasses());
        for (JavaClass other : shown) {
          if (hidden.contains(other) || FOREIGN.stream().anyMatch(other.getName()::startsWith)) {
            events.add(
                SimpleConditionEvent.violated(type, type.getName() + " shows " + other.getName()));
          }
        }
      }
    };
  }

  /** It is for results: components of a record that is one, never what a caller has to give. */
  @ArchTest
  static final ArchRule AN_OPTIONAL_IS_NO_PARAMETER =
      noMethods()
          .that()
          .arePublic()
          .and()
          .areDeclaredInClassesThat()
          .resideOutsideOfPackages("..internal..", "..examples..")
          .should()
          .haveRawParameterTypes(
              DescribedPredicate.describe(
                  "an Optional",
                  types -> types.stream().anyMatch(t -> t.isEquivalentTo(Optional.class))));

  private static boolean isApi(JavaMember member) {
    return member.getModifiers().contains(JavaModifier.PUBLIC)
        || member.getModifiers().contains(JavaModifier.PROTECTED);
  }

  private static Set<JavaClass> typesOf(JavaMember member) {
    return member.getAllInvolvedRawTypes();
  }

  @ArchTest
  static final ArchRule THE_LIBRARY_PRINTS_NOTHING =
      noClasses()
          .that(
              DescribedPredicate.describe(
                  "are in the library", type -> !type.getPackageName().contains(".examples")))
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");
}

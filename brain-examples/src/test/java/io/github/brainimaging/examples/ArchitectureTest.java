package io.github.brainimaging.examples;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The arrows between modules and packages, and what must not show in the API. */
@AnalyzeClasses(
    packages = "io.github.brainimaging",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

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
          .resideInAnyPackage(ROOT + "models.onnx..", ROOT + "models.architecture..")
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
  static final ArchRule THE_PIPELINE_DOES_NOT_KNOW_ITS_REPORTS =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "core.pipeline..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ROOT + "core.report..");

  @ArchTest
  static final ArchRule COPIED_CODE_USES_THE_API_ONLY =
      noClasses()
          .that()
          .resideInAPackage(ROOT + "examples.quickstart..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("..internal..");

  @ArchTest
  static final ArchRule NO_CYCLES_BETWEEN_PACKAGES =
      slices().matching(ROOT + "(**)").should().beFreeOfCycles();

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
        shown.addAll(type.getAllRawSuperclasses());
        type.getMembers().stream()
            .filter(ArchitectureTest::isApi)
            .forEach(member -> shown.addAll(typesOf(member)));
        for (JavaClass other : shown) {
          if (FOREIGN.stream().anyMatch(other.getName()::startsWith)) {
            events.add(
                SimpleConditionEvent.violated(type, type.getName() + " shows " + other.getName()));
          }
        }
      }
    };
  }

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

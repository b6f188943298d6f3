// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Reads all classes of the product once, and judges them. */
final class HouseTest {
    private static final int AT_LEAST = 300;
    private static final String COMPONENT = "org.osgi.service.component.annotations.Component";
    private static final String REFERENCE = "org.osgi.service.component.annotations.Reference";

    private static JavaClasses product;

    @BeforeAll
    static void read() {
        product = new ClassFileImporter()
                .importPaths(House.product().stream().map(House::classes).toList())
                .that(resideInAPackage("dev.mortise.."));
    }

    @Test
    void sawTheProduct() {
        assertThat(product.size()).isGreaterThan(AT_LEAST);
        assertThat(product.stream()
                        .map(type -> Layers.module(type.getPackageName()).orElse(type.getName())))
                .containsAll(Layers.modules());
    }

    @Test
    void everyClassStandsInTheTableAndUsesOnlyWhatItMay() {
        classes().should(new UsesAllowedPackages()).check(product);
    }

    @Test
    void packagesFormNoCycles() {
        slices().matching("dev.mortise.(**)").should().beFreeOfCycles().check(product);
    }

    @Test
    void everyPackageIsNullMarked() {
        assertThat(product.stream()
                        .map(type -> type.getPackage())
                        .distinct()
                        .filter(folder -> !folder.getClasses().isEmpty())
                        .filter(folder -> Layers.module(folder.getName()).isPresent())
                        .filter(folder -> !folder.isAnnotatedWith(NullMarked.class))
                        .map(folder -> folder.getName()))
                .isEmpty();
    }

    @Test
    void componentsAreFinalAndTakeTheirReferencesInTheConstructor() {
        classes()
                .that()
                .areAnnotatedWith(COMPONENT)
                .should()
                .haveModifier(JavaModifier.FINAL)
                .check(product);
        fields().should().notBeAnnotatedWith(REFERENCE).check(product);
    }

    @Test
    void nobodyWritesToTheConsoleButThoseWhoseItIs() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.mortise.launcher.program.Terminal")
                .and()
                .doNotHaveFullyQualifiedName("dev.mortise.worker.Console")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(Throwable.class, "printStackTrace")
                .check(product);
    }

    @Test
    void nobodyThrowsGenericExceptions() {
        NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS.check(product);
    }

    @Test
    void whatPluginsSeeSaysWhoImplementsIt() {
        classes()
                .that()
                .areInterfaces()
                .and()
                .areNotAnnotations()
                .and()
                .areTopLevelClasses()
                .and()
                .arePublic()
                .and()
                .resideInAPackage("dev.mortise.api..")
                .should(new SaysWhoImplementsIt())
                .check(product);
    }
}

package dev.pushgate;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows between the modules, as docs/architecture.md draws them. */
@AnalyzeClasses(
    packages = "dev.pushgate",
    importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.NoStandIns.class})
class ArchitectureTest {

  /**
   * What push-factor's tests share with those here stands in a jar of its own once it is packaged.
   */
  static final class NoStandIns implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("-tests.jar");
    }
  }

  @ArchTest
  static final ArchRule RADIUS_KNOWS_NOTHING_OF_PHONES_OR_HTTP =
      noClasses()
          .that()
          .resideInAPackage("dev.pushgate.radius..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.pushgate.push..",
              "dev.pushgate.callback..",
              "org.eclipse.jetty..",
              "java.net.http..",
              "com.sun.net.httpserver..",
              "org.jdbi..");

  @ArchTest
  static final ArchRule PUSH_KNOWS_NO_HTTP_SERVER =
      noClasses()
          .that()
          .resideInAPackage("dev.pushgate.push..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.pushgate.callback..", "org.eclipse.jetty..", "com.sun.net.httpserver..");

  @ArchTest
  static final ArchRule PUSH_KNOWS_OF_RADIUS_ONLY_WHAT_A_FACTOR_NEEDS =
      noClasses()
          .that()
          .resideInAPackage("dev.pushgate.push..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.pushgate.radius.accounting..",
              "dev.pushgate.radius.exchange..",
              "dev.pushgate.radius.login..",
              "dev.pushgate.radius.socket..",
              "dev.pushgate.radius.nas..",
              "org.tinyradius..");

  @ArchTest
  static final ArchRule CALLBACK_KNOWS_NO_RADIUS_PACKETS =
      noClasses()
          .that()
          .resideInAPackage("dev.pushgate.callback..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.pushgate.radius.accounting..",
              "dev.pushgate.radius.exchange..",
              "dev.pushgate.radius.login..",
              "dev.pushgate.radius.packet..",
              "dev.pushgate.radius.socket..",
              "dev.pushgate.radius.nas..",
              "org.tinyradius..",
              "org.jdbi..");

  @ArchTest
  static final ArchRule MODULES_KNOW_NOTHING_OF_THE_COMMAND =
      noClasses()
          .that()
          .resideInAnyPackage(
              "dev.pushgate.radius..", "dev.pushgate.push..", "dev.pushgate.callback..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.pushgate",
              "dev.pushgate.audit..",
              "dev.pushgate.command..",
              "dev.pushgate.configuration..",
              "dev.pushgate.state..",
              "com.typesafe..",
              "picocli..");

  @ArchTest
  static final ArchRule PACKAGES_OF_A_MODULE_HAVE_NO_CYCLES =
      slices().matching("dev.pushgate.(*).(*)..").should().beFreeOfCycles();
}

package dk.attestbro.gateway;

import static com.tngtech.archunit.base.DescribedPredicate.doNot;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.ArrayList;
import java.util.List;

/** The table of modules and packages, kept true: who lives where and what it may use. */
@AnalyzeClasses(
    packages = "dk.attestbro",
    importOptions = {ImportOption.DoNotIncludeTests.class, ModuleTableTest.NoSampleJars.class})
final class ModuleTableTest {
  private static final String MODEL = "dk.attestbro.model..";
  private static final String FHIR = "dk.attestbro.fhir..";
  private static final String PORT = "dk.attestbro.port..";
  private static final String CRYPTO = "dk.attestbro.crypto..";
  private static final String TRUST = "dk.attestbro.trust..";
  private static final String JOURNEY = "dk.attestbro.gateway.journey..";
  private static final String EVIDENCE = "dk.attestbro.gateway.evidence..";
  private static final String ROUTES = "dk.attestbro.gateway.routes..";
  private static final String CASES = "dk.attestbro.gateway.cases..";
  private static final String OPERATIONS = "dk.attestbro.gateway.operations..";
  private static final String API = "dk.attestbro.gateway.api..";
  private static final String PAGES = "dk.attestbro.gateway.pages..";
  private static final String DESK = "dk.attestbro.gateway.desk..";
  private static final String COUNTER = "dk.attestbro.gateway.counter..";
  private static final String CLI = "dk.attestbro.gateway.cli..";
  private static final String DEMO = "dk.attestbro.gateway.demo..";
  private static final String[] JDK = {"java..", "org.jspecify.annotations.."};

  /** The JDK's own XML, networking and database interfaces, where a package needs them. */
  private static final String JDK_EXTENSIONS = "javax..";

  private static final DescribedPredicate<JavaClass> PRIMITIVE_OR_ARRAY =
      DescribedPredicate.describe(
          "are primitive or an array", type -> type.isPrimitive() || type.isArray());

  @ArchTest static final ArchRule theModelUsesTheJdkOnly = mayUse(MODEL);

  @ArchTest
  static final ArchRule theMessageModelUsesTheModelAndItsParsers =
      mayUse(
          FHIR,
          MODEL,
          JDK_EXTENSIONS,
          "ca.uhn.fhir..",
          "ca.uhn.hapi.converters..",
          "org.hl7.fhir..",
          "com.fasterxml.jackson..",
          "com.ctc.wstx..",
          "org.codehaus.stax2..",
          "org.apache.commons.compress..");

  @ArchTest static final ArchRule thePortsUseTheModel = mayUse(PORT, MODEL, "javax.net.ssl..");

  @ArchTest
  static final ArchRule cryptoSeesNoOtherTechnology =
      mayUse(
          CRYPTO,
          MODEL,
          PORT,
          "javax.crypto..",
          "javax.security..",
          "org.bouncycastle..",
          "com.amazon.corretto.crypto..",
          "com.google.crypto.tink..",
          "com.nimbusds.jose..",
          "com.nimbusds.jwt..",
          "com.fasterxml.jackson..",
          "org.slf4j..");

  @ArchTest
  static final ArchRule trustSeesNoOtherTechnology =
      mayUse(
          TRUST,
          MODEL,
          PORT,
          "javax.net.ssl..",
          "javax.security..",
          "org.bouncycastle..",
          "org.slf4j..");

  @ArchTest
  static final ArchRule theDirectorySeesNoOtherTechnology =
      mayUse("dk.attestbro.directory..", MODEL, PORT, "com.fasterxml.jackson..", "org.slf4j..");

  @ArchTest
  static final ArchRule theCalendarNeedsNoTechnology = mayUse("dk.attestbro.calendar..", MODEL);

  @ArchTest
  static final ArchRule httpSeesNoOtherTechnology =
      mayUse(
          "dk.attestbro.http..",
          MODEL,
          PORT,
          "javax.net.ssl..",
          "javax.security..",
          "org.apache.hc..");

  @ArchTest static final ArchRule theScanNeedsNoTechnology = mayUse("dk.attestbro.scan..", PORT);

  @ArchTest
  static final ArchRule mailSeesNoOtherTechnology =
      mayUse(
          "dk.attestbro.mail..",
          MODEL,
          PORT,
          "jakarta.mail..",
          "org.eclipse.angus.mail..",
          "org.apache.james.mime4j..",
          "com.fasterxml.jackson..",
          "javax.naming..",
          "javax.net..",
          "org.slf4j..");

  @ArchTest
  static final ArchRule jdbcSeesNoOtherTechnology =
      mayUse(
          "dk.attestbro.jdbc..",
          "com.fasterxml.jackson..",
          MODEL,
          PORT,
          "javax.sql..",
          "org.springframework..",
          "org.postgresql..",
          "org.flywaydb..",
          "com.zaxxer.hikari..",
          "io.zonky.test.db.postgres..",
          "org.apache.commons.compress..",
          "org.slf4j..");

  @ArchTest
  static final ArchRule jmsSeesNoOtherTechnology =
      mayUse(
          "dk.attestbro.jms..",
          MODEL,
          PORT,
          "io.netty..",
          "jakarta.jms..",
          "javax.net.ssl..",
          "javax.security..",
          "org.apache.activemq.artemis..",
          "org.messaginghub.pooled.jms..",
          "org.slf4j..");

  @ArchTest
  static final ArchRule filesSeeNoOtherTechnology =
      mayUse("dk.attestbro.file..", MODEL, PORT, "org.apache.sshd..", "org.slf4j..");

  @ArchTest
  static final ArchRule chartsSeeNoOtherTechnology =
      mayUse(
          "dk.attestbro.chart..",
          PORT,
          JDK_EXTENSIONS,
          "org.w3c.dom..",
          "org.apache.batik..",
          "org.jfree..");

  @ArchTest
  static final ArchRule theMemoryNeedsNoTechnology = mayUse("dk.attestbro.memory..", MODEL, PORT);

  @ArchTest static final ArchRule theJourneyUsesTheModelAndThePorts = mayUse(JOURNEY, MODEL, PORT);

  @ArchTest static final ArchRule theCasesUseTheModelAndThePorts = mayUse(CASES, MODEL, PORT);

  @ArchTest
  static final ArchRule theOperationsUseTheModelAndThePorts = mayUse(OPERATIONS, MODEL, PORT);

  @ArchTest
  static final ArchRule theEvidenceUsesTheModelAndThePorts =
      mayUse(EVIDENCE, MODEL, PORT, "com.fasterxml.jackson..");

  @ArchTest
  static final ArchRule theRoutesUseTheJourneyAndCamel =
      mayUse(
          ROUTES,
          JOURNEY,
          MODEL,
          PORT,
          "dk.attestbro.jms..",
          "jakarta.jms..",
          "dk.attestbro.mail..",
          "jakarta.mail..",
          "org.eclipse.angus.mail..",
          "org.apache.camel..",
          "io.micrometer..",
          "org.slf4j..");

  @ArchTest
  static final ArchRule theApiAndThePagesHandOverToTheJourney =
      noClasses()
          .that()
          .resideInAnyPackage(API, PAGES, DESK, COUNTER)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.apache.camel..",
              "dk.attestbro.chart..",
              "dk.attestbro.crypto..",
              "dk.attestbro.directory..",
              "dk.attestbro.http..",
              "dk.attestbro.jdbc..",
              "dk.attestbro.jms..",
              "dk.attestbro.mail..",
              "dk.attestbro.memory..",
              "dk.attestbro.pdf..",
              TRUST,
              ROUTES,
              "dk.attestbro.gateway.wiring..",
              CLI,
              DEMO);

  @ArchTest
  static final ArchRule theApiKnowsNoPages =
      noClasses()
          .that()
          .resideInAPackage(API)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(PAGES, DESK, COUNTER);

  @ArchTest
  static final ArchRule theDeskAndTheCounterAreApart =
      noClasses()
          .that()
          .resideInAPackage(DESK)
          .should()
          .dependOnClassesThat()
          .resideInAPackage(COUNTER)
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule onlyTheRoutesAndTheirWiringKnowCamel =
      noClasses()
          .that()
          .resideOutsideOfPackages(ROUTES, "dk.attestbro.gateway.wiring..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.camel..");

  @ArchTest
  static final ArchRule onlyTheRoutesKnowAnExchange =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROUTES)
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("org.apache.camel.Exchange");

  @ArchTest
  static final ArchRule onlyCryptoSignsAndEncrypts =
      noClasses()
          .that()
          .resideOutsideOfPackages(CRYPTO, TRUST, DEMO)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.bouncycastle..", "com.google.crypto.tink..", "com.nimbusds..", "javax.crypto..")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.security.Signature");

  @ArchTest
  static final ArchRule thePackagesHaveNoCycles =
      SlicesRuleDefinition.slices().matching("dk.attestbro.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule nobodyLogsPastTheLogger =
      GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

  @ArchTest
  static final ArchRule onlyTheCommandLineAndTheDemoPrint =
      noClasses()
          .that(doNot(resideInAnyPackage(CLI, DEMO)))
          .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS);

  private static ArchRule mayUse(String aPackage, String... others) {
    List<String> allowed = new ArrayList<>(List.of(JDK));
    allowed.add(aPackage);
    allowed.addAll(List.of(others));
    return classes()
        .that()
        .resideInAPackage(aPackage)
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(allowed.toArray(String[]::new)).or(PRIMITIVE_OR_ARRAY));
  }

  /** Leaves out what the other modules share with tests. */
  static final class NoSampleJars implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("-tests.jar");
    }
  }
}

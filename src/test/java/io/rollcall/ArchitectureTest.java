package io.rollcall;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The rooms and which of them may look into which; the README shows the same picture. */
@AnalyzeClasses(packages = "io.rollcall", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule each_room_sees_only_those_below_it = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("web")
            .definedBy("io.rollcall.web")
            .layer("admin")
            .definedBy("io.rollcall.admin")
            .layer("ticket")
            .definedBy("io.rollcall.ticket")
            .layer("favourite")
            .definedBy("io.rollcall.favourite")
            .layer("delivery")
            .definedBy("io.rollcall.delivery")
            .layer("notification")
            .definedBy("io.rollcall.notification")
            .layer("watcherinfo")
            .definedBy("io.rollcall.watcherinfo")
            .layer("subscription")
            .definedBy("io.rollcall.subscription")
            .layer("webhook")
            .definedBy("io.rollcall.webhook")
            .layer("publication")
            .definedBy("io.rollcall.publication")
            .layer("authorization")
            .definedBy("io.rollcall.authorization")
            .layer("policy")
            .definedBy("io.rollcall.policy")
            .layer("composition")
            .definedBy("io.rollcall.composition")
            .layer("audit")
            .definedBy("io.rollcall.audit")
            .layer("presentity")
            .definedBy("io.rollcall.presentity")
            .layer("http")
            .definedBy("io.rollcall.http")
            .whereLayer("web")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("admin")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("ticket")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("favourite")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("delivery")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("notification")
            .mayOnlyBeAccessedByLayers("web", "admin", "delivery")
            .whereLayer("watcherinfo")
            .mayOnlyBeAccessedByLayers("web", "admin", "notification")
            .whereLayer("subscription")
            .mayOnlyBeAccessedByLayers("web", "admin", "delivery", "notification", "watcherinfo")
            .whereLayer("webhook")
            .mayOnlyBeAccessedByLayers("delivery", "subscription")
            .whereLayer("publication")
            .mayOnlyBeAccessedByLayers("web", "admin", "notification", "subscription")
            .whereLayer("authorization")
            .mayOnlyBeAccessedByLayers("web", "admin", "notification", "watcherinfo", "subscription")
            .whereLayer("policy")
            .mayOnlyBeAccessedByLayers(
                    "web", "admin", "delivery", "notification", "watcherinfo", "subscription", "authorization")
            .whereLayer("composition")
            .mayOnlyBeAccessedByLayers("web", "notification")
            .whereLayer("audit")
            .mayOnlyBeAccessedByLayers(
                    "web", "admin", "notification", "watcherinfo", "subscription", "publication", "authorization")
            .whereLayer("presentity")
            .mayOnlyBeAccessedByLayers(
                    "web",
                    "admin",
                    "audit",
                    "ticket",
                    "favourite",
                    "delivery",
                    "notification",
                    "watcherinfo",
                    "subscription",
                    "webhook",
                    "publication",
                    "authorization",
                    "composition")
            .whereLayer("http")
            .mayOnlyBeAccessedByLayers(
                    "web",
                    "admin",
                    "ticket",
                    "favourite",
                    "delivery",
                    "notification",
                    "watcherinfo",
                    "subscription",
                    "publication",
                    "authorization",
                    "audit");

    @ArchTest
    static final ArchRule rooms_are_free_of_cycles =
            slices().matching("io.rollcall.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule documents_policy_and_composition_know_no_platform = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.rollcall.document..",
                    "io.rollcall.policy..",
                    "io.rollcall.composition..",
                    "io.rollcall.problem..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta..");

    @ArchTest
    static final ArchRule what_services_get_as_a_jar_knows_nothing_of_the_server = classes()
            .that()
            .resideInAPackage("io.rollcall.message")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.rollcall.message", "jakarta.jms", "java..", "javax.xml..", "org.w3c.dom", "org.xml.sax", "org.jspecify.annotations");

    @ArchTest
    static final ArchRule only_rooms_that_store_see_the_database = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "io.rollcall.presentity..",
                    "io.rollcall.authorization..",
                    "io.rollcall.subscription..",
                    "io.rollcall.audit..",
                    "io.rollcall.admin..",
                    "io.rollcall.ticket..",
                    "io.rollcall.favourite..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.hibernate..", "jakarta.persistence..", "java.sql..", "javax.sql..");

    @ArchTest
    static final ArchRule few_send_and_take_messages = noClasses()
            .that()
            .haveNameNotMatching(".*\\.(ChangeTopic|ChangeListener|NotificationTopic|PublicationQueue|Queued.*|Unacknowledged|DeadLetters?)(\\$.*)?")
            .and()
            .resideOutsideOfPackage("io.rollcall.message")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta.jms..");

    @ArchTest
    static final ArchRule only_the_directory_speaks_ldap = noClasses()
            .that()
            .resideOutsideOfPackage("io.rollcall.directory")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.unboundid..", "javax.naming.directory..", "javax.naming.ldap..");

    @ArchTest
    static final ArchRule names_say_what_a_thing_is = noClasses()
            .should()
            .haveNameMatching(".*(Impl|Manager|Util|Utils|Helper|Service)");

    @ArchTest
    static final ArchRule nobody_prints_or_uses_old_dates = noClasses()
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.util.Date");
}

package io.rollcall.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.rollcall.web.AccessTable.Row;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.annotation.WebServlet;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.DynamicFeature;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Nothing can be asked of the server of which {@link AccessTable} does not say who may; {@link AccessIT} holds it to that. */
class AccessTableTest {
    private static final java.nio.file.Path PAGES = java.nio.file.Path.of("src/main/webapp");
    private static final String SHOWN = "META-INF/resources";
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch", "head", "options");
    private static final JavaClasses CLASSES =
            new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("io.rollcall");

    private final List<Row> rows = AccessTable.rows();
    private final Set<String> operations = rows.stream().map(Row::operation).collect(Collectors.toSet());

    @Test
    void every_operation_stands_in_it_once() {
        assertThat(operations).hasSameSizeAs(rows);
    }

    @Test
    void every_resource_is_in_it() {
        Set<String> found = new TreeSet<>();
        for (JavaClass type : CLASSES) {
            if (type.isAnnotatedWith(Path.class)) {
                type.getAllMethods().forEach(method -> found.addAll(operations(type, method)));
            }
        }

        assertThat(found).hasSizeGreaterThan(20);
        assertThat(operations).containsAll(found);
    }

    @Test
    void every_servlet_is_in_it() throws IOException {
        Set<String> patterns = new TreeSet<>(mapped());
        for (JavaClass type : CLASSES) {
            if (type.isAnnotatedWith(WebServlet.class)) {
                WebServlet servlet = type.getAnnotationOfType(WebServlet.class);
                patterns.addAll(List.of(servlet.value()));
                patterns.addAll(List.of(servlet.urlPatterns()));
            }
        }

        assertThat(patterns).hasSizeGreaterThan(5);
        for (String pattern : patterns) {
            // of pages that end so, each is looked at below
            String page = pattern.startsWith("*.") ? onePage(pattern.substring(1)) : pattern.replace("*", "");
            assertThat(rows).as(pattern).anyMatch(row -> row.shows(page));
        }
    }

    @Test
    void every_page_is_in_it() throws IOException {
        assertThat(pages()).hasSizeGreaterThan(10);
        assertThat(pages()).allSatisfy(page -> assertThat(rows).as(page).anyMatch(row -> row.shows(page)));
    }

    @Test
    void what_the_description_of_the_interface_has_is_in_it_and_the_other_way_round() {
        Set<String> described = described();

        assertThat(operations).containsAll(described);
        assertThat(rows)
                .filteredOn(row -> row.path().startsWith("/api/"))
                .allSatisfy(row -> assertThat(described).contains(row.operation()));
    }

    @Test
    void what_libraries_bring_to_be_shown_is_in_it() throws IOException {
        assertThat(shownByLibraries()).hasSizeGreaterThan(100).anyMatch(page -> page.startsWith("/webjars/"));
        assertThat(shownByLibraries()).allSatisfy(page -> assertThat(rows).as(page).anyMatch(row -> row.shows(page)));
    }

    @Test
    void there_is_no_other_way_to_answer_than_those_looked_at_here() {
        List<String> others = new ArrayList<>();
        for (JavaClass type : CLASSES) {
            if (type.isAssignableTo(ServletContainerInitializer.class) || type.isAssignableTo(DynamicFeature.class)) {
                others.add(type.getName());
            }
            type.getAllMethods().stream()
                    .filter(method -> method.isAnnotatedWith(Path.class) && verbs(method).isEmpty())
                    .forEach(locator -> others.add(locator.getFullName()));
            type.getMethodCallsFromSelf().stream()
                    .filter(call -> call.getTarget().getName().equals("addServlet"))
                    .forEach(call -> others.add(call.getDescription()));
            type.getDirectDependenciesFromSelf().stream()
                    .filter(used -> used.getTargetClass().getPackageName().startsWith("jakarta.websocket"))
                    .forEach(used -> others.add(used.getDescription()));
        }

        assertThat(others).isEmpty();
    }

    private static String onePage(String end) throws IOException {
        return pages().stream().filter(page -> page.endsWith(end)).findFirst().orElse("none ends in " + end);
    }

    /** The pages that are files, as their paths. */
    static List<String> pages() throws IOException {
        try (Stream<java.nio.file.Path> files = Files.walk(PAGES)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> "/" + PAGES.relativize(file).toString().replace('\\', '/'))
                    .filter(page -> !page.startsWith("/WEB-INF/"))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> operations(JavaClass type, JavaMethod method) {
        String path = "/api/" + type.getAnnotationOfType(Path.class).value() + '/'
                + method.tryGetAnnotationOfType(Path.class).map(Path::value).orElse("");
        String plain = path.replaceAll("/+", "/").replaceAll("/$", "");
        return verbs(method).stream().map(verb -> Row.operation(verb, plain)).toList();
    }

    private static List<String> verbs(JavaMethod method) {
        return method.getAnnotations().stream()
                .filter(annotation -> annotation.getRawType().isAnnotatedWith(HttpMethod.class))
                .map(annotation -> annotation.getRawType().getAnnotationOfType(HttpMethod.class).value())
                .toList();
    }

    /** What the container shows out of the libraries of the application (Servlet §4.6), as paths. */
    static List<String> shownByLibraries() throws IOException {
        List<String> shown = new ArrayList<>();
        for (URL root : Collections.list(AccessTableTest.class.getClassLoader().getResources(SHOWN))) {
            if (root.openConnection() instanceof JarURLConnection library) {
                library.getJarFile().stream()
                        .filter(entry -> entry.getName().startsWith(SHOWN + '/') && !entry.isDirectory())
                        .forEach(entry -> shown.add(entry.getName().substring(SHOWN.length())));
            }
        }
        return shown;
    }

    /** The servlets that the deployment descriptor maps. */
    private static List<String> mapped() throws IOException {
        String descriptor = Files.readString(PAGES.resolve("WEB-INF/web.xml"));
        List<String> patterns = new ArrayList<>();
        Pattern.compile("<servlet-mapping>.*?</servlet-mapping>", Pattern.DOTALL)
                .matcher(descriptor)
                .results()
                .map(MatchResult::group)
                .forEach(mapping -> Pattern.compile("<url-pattern>(.*?)</url-pattern>")
                        .matcher(mapping)
                        .results()
                        .forEach(pattern -> patterns.add(pattern.group(1))));
        return patterns;
    }

    private static Set<String> described() {
        Set<String> described = new TreeSet<>();
        try (InputStream in = AccessTableTest.class.getResourceAsStream("/openapi.yaml")) {
            Map<?, ?> document = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromInputStream(in);
            ((Map<?, ?>) document.get("paths")).forEach((path, item) -> ((Map<?, ?>) item)
                    .keySet().stream()
                            .map(Object::toString)
                            .filter(METHODS::contains)
                            .forEach(method -> described.add(Row.operation(method.toUpperCase(), path.toString()))));
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
        return described;
    }
}

package io.rollcall.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pages keep what the browser is told to enforce: no script and no style within them. */
class PagesTest {

    static List<String> pages() throws IOException {
        return AccessTableTest.pages().stream().filter(page -> page.endsWith(".html")).toList();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void nothing_in_a_page_runs(String page) throws IOException {
        String html = Files.readString(Path.of("src/main/webapp" + page));

        assertThat(html)
                .doesNotContainPattern("(?i)<script(?![^>]*\\ssrc=)")
                .doesNotContainPattern("(?i)<style")
                .doesNotContainPattern("(?i)<[^>]*\\son[a-z]+\\s*=")
                .doesNotContainPattern("(?i)<[^>]*\\sstyle\\s*=")
                .doesNotContain("javascript:");
    }
}

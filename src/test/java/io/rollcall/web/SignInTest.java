package io.rollcall.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignInTest {
    @Test
    void after_signing_in_one_is_where_one_wanted_to_be() {
        assertThat(SignIn.localPath("/demo.html?x=1")).isEqualTo("/demo.html?x=1");
        assertThat(SignIn.localPath("/admin/people.xhtml?q=a//..#b")).isEqualTo("/admin/people.xhtml?q=a//..#b");
        assertThat(SignIn.localPath("/..hidden/a.b/")).isEqualTo("/..hidden/a.b/");
        assertThat(SignIn.localPath("/?x")).isEqualTo("/?x");
        assertThat(SignIn.localPath(null)).isEqualTo("/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example", "//evil.example", "/\\evil.example", "\\\\evil.example", "javascript:alert(1)",
                "/\t/evil.example", "/x\r\nSet-Cookie: a=b", "evil.example", "", "/login.html?next=/",
                "/..//evil.example", "/x//evil.example", "/x/../y", "/.", "/x/..?a", "/x\n"
            })
    void signing_in_leads_nowhere_else(String next) {
        assertThat(SignIn.localPath(next)).isEqualTo("/");
    }
}

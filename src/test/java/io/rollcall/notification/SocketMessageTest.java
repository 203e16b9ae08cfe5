package io.rollcall.notification;

import static io.rollcall.presentity.Examples.ALICE;
import static io.rollcall.presentity.Examples.says;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rollcall.document.InvalidDocument;
import io.rollcall.document.State;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SocketMessageTest {

    @Test
    void members_that_are_known_are_taken_and_the_others_are_the_publication() {
        SocketMessage message = read("{\"type\":\"modify\",\"ref\":\"7\",\"account\":\"a@b.c\",\"tuple\":\"t1\",\"etag\":\"x\","
                + "\"expires\":60,\"state\":\"busy\",\"note\":\"Until 3\"}");

        assertThat(message.type).isEqualTo("modify");
        assertThat(message.ref).isEqualTo("7");
        assertThat(message.account).isEqualTo("a@b.c");
        assertThat(message.tuple).isEqualTo("t1");
        assertThat(message.etag).isEqualTo("x");
        assertThat(message.expires).isEqualTo(60);
        assertThat(message.publication(ALICE)).isEqualTo(says("busy", "Until 3"));
    }

    @Test
    void the_publication_may_be_an_object_of_its_own_or_pidf_in_a_string() {
        assertThat(read("{\"publication\":{\"state\":\"busy\"}}").publication(ALICE)).isEqualTo(says("busy"));
        String pidf = "<presence xmlns='urn:ietf:params:xml:ns:pidf' entity='pres:alice@example.com'><tuple id='a'>"
                + "<status><basic>closed</basic></status></tuple></presence>";
        SocketMessage message = read("{\"pidf\":\"" + pidf + "\"}");
        assertThat(message.publication(ALICE).state()).isEqualTo(State.OFFLINE);
        assertThat(message.publicationSize()).isEqualTo(pidf.length());
    }

    @Test
    void a_message_without_a_publication_has_none() {
        assertThat(read("{\"type\":\"refresh\"}").publishes()).isFalse();
        assertThat(read("{\"type\":\"login\",\"state\":\"busy\"}").publishes()).isTrue();
    }

    @Test
    void a_ref_may_be_a_number() {
        assertThat(read("{\"ref\":7}").ref).isEqualTo("7");
    }

    @Test
    void a_publication_with_a_member_that_is_none_of_its_own_is_refused() {
        SocketMessage message = read("{\"type\":\"login\",\"state\":\"busy\",\"colour\":\"red\"}");

        assertThatThrownBy(() -> message.publication(ALICE)).isInstanceOf(InvalidDocument.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "[]", "7", "{", "{\"type\":7}", "{\"ref\":{}}", "{\"accounts\":\"a\"}", "{\"accounts\":[1]}",
                "{\"expires\":\"60\"}", "{\"expires\":1.5}", "{\"expires\":99999999999999999999}", "{\"publication\":[]}",
                "{\"tuple\":null}", "{\"groups\":\"a\"}", "{\"watchers\":\"yes\"}", "{\"watchers\":"
            })
    void what_is_no_message_is_refused(String text) {
        Problem problem = catchThrowableOfType(Problem.class, () -> read(text));

        assertThat(problem.kind()).isEqualTo(Kind.INVALID_REQUEST);
        assertThat(problem.detail()).isNotBlank().doesNotContain("com.fasterxml");
    }

    @Test
    void a_refusal_carries_the_ref_that_came_before_the_fault() {
        Problem problem = catchThrowableOfType(Problem.class, () -> read("{\"ref\":\"7\",\"expires\":\"x\"}"));

        assertThat(problem.extensions()).containsEntry("ref", "7");
    }

    private static SocketMessage read(String text) {
        return SocketMessage.read(text.getBytes(StandardCharsets.UTF_8));
    }
}

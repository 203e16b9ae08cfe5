package io.rollcall.document;

import static io.rollcall.document.Documents.json;
import static io.rollcall.document.Documents.pidf;
import static io.rollcall.document.Documents.tuple;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrisTest {

    @ParameterizedTest
    @ValueSource(strings = {
        "sip:alice@example.com", "sip:alice@192.0.2.1:5060;transport=tls", "tel:+1-201-555-0123", "urn:uuid:a-b",
        "mailto:a@b.c?subject=%20x", "im:a/b?c=d&e", "a+b-c.d:~!$&'()*+,;=:@", "https://my_host:8443/a?b=c#d",
        "http://[2001:db8::1]:80/", "http://bücher.example/ä", "file:///etc/motd", "x:/", "alice@example.com", "../a"
    })
    void rfc3986_3_a_uri_is_written_as_it_is(String uri) {
        assertThat(Uris.written(uri)).isEqualTo(uri);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "sip:", ":a", "1a:b", "sip:%", "sip:%4", "sip:%zz", "http://a:", "http://a:b", "http://a:123456/",
        "http://[::1", "//", "//a/b", "s:#a", "x://a[@b", "x://a@",
        "s://", "http://[a]b/", "http://[]/", "http://a@b@c/",
        "http://a b/", "http://a:1:2/"
    })
    void rfc3986_3_what_cannot_be_a_uri_is_none(String text) {
        assertThat(Uris.written(text)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "sip:a b,sip:a%20b", "<sip:a@b>,", "sip:\"a\"@b,sip:%22a%22@b", "x:a#b#c,x:a#b%23c",
        "http://a/[b],http://a/%5Bb%5D", "sip:a@[::1]:5060,sip:a@%5B::1%5D:5060"
    })
    void rfc3986_2_1_other_characters_are_percent_encoded(String text, String written) {
        assertThat(Uris.written(text)).isEqualTo(written);
    }

    @Test
    void rfc3261_25_1_a_sip_contact_keeps_its_ipv6_host() {
        String uri = "sip:alice@[2001:db8::17]:5060";
        assertThat(pidf(tuple("<contact>" + uri + "</contact>")).tuple().contact().uri()).isEqualTo(uri);
        Publication publication = json("{\"state\":\"busy\",\"contact\":\"" + uri + "\"}");
        assertThat(publication.tuple().contact().uri()).isEqualTo(uri);
        assertThat(Documents.write(publication)).contains(">sip:alice@%5B2001:db8::17%5D:5060<");
    }

    @Test
    void what_is_written_is_valid_for_the_schemas_and_stays_as_it_is() {
        Random random = new Random(3986);
        String marks = "ab:/?@%4F;=&+-._~!$'()*,9[]#|\\^{} \"ä中";
        String[] starts = {"", "s:", "http://h", "x://"};
        for (int i = 0; i < 10_000; i++) {
            StringBuilder text = new StringBuilder(starts[random.nextInt(4)]);
            for (int k = random.nextInt(7); k >= 0; k--) {
                text.append(marks.charAt(random.nextInt(marks.length())));
            }
            String written = Uris.written(text.toString());
            if (written != null) {
                assertThat(Uris.written(written)).isEqualTo(written);
                assertThat(Uris.written(Uris.readable(written))).isEqualTo(written);
                String escaped = XmlText.appendText(new StringBuilder(), written).toString();
                SchemaCheck.valid(Documents.document(tuple("<contact>" + escaped + "</contact>")));
            }
        }
    }
}

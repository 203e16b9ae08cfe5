package io.rollcall.notification;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.rollcall.document.InvalidDocument;
import io.rollcall.notification.FrameReader.Violation;
import io.rollcall.problem.Problem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Whatever comes over a WebSocket is a message or a problem; how it is cut into pieces makes no difference. */
class SocketFuzzTest {
    private static final int MOST = 1_000;

    @FuzzTest(maxDuration = "10m")
    void message(byte[] text) {
        try {
            SocketMessage message = SocketMessage.read(text);
            assertThat(message.publicationSize()).isNotNegative();
            if (message.publishes()) {
                message.publication("alice@example.com");
            }
        } catch (Problem refused) {
            assertThat(refused.toJson()).startsWith("{").endsWith("}");
        } catch (InvalidDocument refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }

    @FuzzTest(maxDuration = "10m")
    void frames(byte[] bytes) {
        List<String> whole = heard(bytes, bytes.length == 0 ? 1 : bytes.length);

        assertThat(heard(bytes, 1)).isEqualTo(whole);
        assertThat(heard(bytes, 7)).isEqualTo(whole);
    }

    /** What is heard of bytes that come in pieces of one size, up to what ends the connection. */
    private static List<String> heard(byte[] bytes, int size) {
        List<String> heard = new ArrayList<>();
        FrameReader reader = new FrameReader(new Listening(heard), MOST);
        try {
            for (int at = 0; at < bytes.length; at += size) {
                byte[] piece = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + size));
                reader.read(piece, piece.length);
            }
        } catch (Violation ended) {
            heard.add("closed with " + ended.code());
        }
        return heard;
    }

    private record Listening(List<String> heard) implements FrameReader.Receiver {
        @Override
        public void message(byte[] text) {
            assertThat(text).hasSizeLessThanOrEqualTo(MOST);
            heard.add("message " + new String(text, StandardCharsets.ISO_8859_1));
        }

        @Override
        public void ping(byte[] payload) {
            heard.add("ping " + payload.length);
        }

        @Override
        public void closing() {
            heard.add("closing");
        }
    }
}

package io.rollcall.publication;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.rollcall.client.BrokerInside;
import io.rollcall.document.InvalidDocument;
import io.rollcall.message.PublicationMessage;
import io.rollcall.problem.Problem;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.TextMessage;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whatever other services put into the queue is a publication or a problem. */
@ExtendWith(BrokerInside.class)
class QueueFuzzTest {
    private static JMSContext jms;

    @BeforeAll
    static void connect(JMSContext connection) {
        jms = connection;
    }

    /** Properties, one a line, {@code name=text} or {@code name:number}; after an empty line the body. */
    @FuzzTest(maxDuration = "10m")
    void message(byte[] input) throws JMSException {
        TextMessage message = message(new String(input, StandardCharsets.UTF_8));
        try {
            QueuedPublication publication = QueuedPublication.read(message);
            boolean publishes = publication.action() == PublicationMessage.Action.LOGIN
                    || publication.action() == PublicationMessage.Action.MODIFY;
            assertThat(publication.publication() != null).isEqualTo(publishes);
            assertThat(publication.tuple()).isNotBlank();
        } catch (Problem refused) {
            assertThat(refused.toJson()).startsWith("{").endsWith("}");
        } catch (InvalidDocument refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }

    private static TextMessage message(String input) throws JMSException {
        String[] parts = input.split("\n\n", 2);
        TextMessage message = jms.createTextMessage(parts.length < 2 ? null : parts[1]);
        for (String line : parts[0].split("\n")) {
            String[] property = line.split("[=:]", 2);
            // a name that JMS allows; what it does not is never sent
            if (property.length == 2 && property[0].matches("[a-z]{1,20}")) {
                if (line.charAt(property[0].length()) == ':' && property[1].matches("-?\\d{1,9}")) {
                    message.setIntProperty(property[0], Integer.parseInt(property[1]));
                } else {
                    message.setStringProperty(property[0], property[1]);
                }
            }
        }
        return message;
    }
}

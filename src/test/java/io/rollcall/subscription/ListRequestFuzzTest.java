package io.rollcall.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.rollcall.problem.Problem;
import io.rollcall.webhook.Targets;
import java.util.Optional;

/** Whatever a client asks of a list is a list or a problem; no webhook is where none may be. */
class ListRequestFuzzTest {
    private static final int MOST = 50;
    private static final Targets TARGETS = new Targets(Optional.of("hooks.example.com"), true);

    @FuzzTest(maxDuration = "10m")
    void list(byte[] body) {
        try {
            ListRequest request = ListRequest.read(body, MOST, TARGETS);
            assertThat(request.accounts()).hasSizeLessThanOrEqualTo(MOST);
            if (request.outlet().url() != null) {
                assertThat(request.outlet().url().getHost()).isEqualToIgnoringCase("hooks.example.com");
                assertThat(request.outlet().url().getScheme()).isEqualToIgnoringCase("https");
            }
        } catch (Problem refused) {
            assertThat(refused.toJson()).startsWith("{").endsWith("}");
        }
    }
}

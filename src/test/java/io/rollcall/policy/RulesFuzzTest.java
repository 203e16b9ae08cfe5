package io.rollcall.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.rollcall.document.InvalidDocument;
import java.nio.charset.StandardCharsets;

/** Whatever owners put as rules is refused, or means the same in both forms, each time it is written and read. */
class RulesFuzzTest {

    @FuzzTest(maxDuration = "10m")
    void authPolicy(byte[] body) {
        try {
            sameInBothForms(RulesetXml.read(body, null));
        } catch (InvalidDocument refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }

    @FuzzTest(maxDuration = "10m")
    void json(byte[] body) {
        Ruleset ruleset;
        try {
            ruleset = RulesetJsonReader.read(body).ruleset();
        } catch (InvalidDocument refused) {
            assertThat(refused.getMessage()).isNotBlank();
            return;
        }
        if (ruleset != null) {
            sameInBothForms(ruleset);
        }
    }

    @FuzzTest(maxDuration = "10m")
    void decision(byte[] body) {
        try {
            Provision provision = RulesetJsonReader.readSingle(body).provision();
            String again = "{\"handling\":\"allow\",\"provide\":" + RulesetJson.write(provision) + '}';
            assertThat(RulesetJsonReader.readSingle(again.getBytes(StandardCharsets.UTF_8)).provision()).isEqualTo(provision);
        } catch (InvalidDocument refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }

    private static void sameInBothForms(Ruleset ruleset) {
        String xml = RulesetXml.write(ruleset);
        assertThat(RulesetXml.read(xml.getBytes(StandardCharsets.UTF_8), null)).as(xml).isEqualTo(ruleset);
        String json = RulesetJson.write(ruleset, null);
        assertThat(RulesetJsonReader.read(json.getBytes(StandardCharsets.UTF_8)).ruleset()).as(json).isEqualTo(ruleset);
    }
}

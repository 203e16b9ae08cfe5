package io.rollcall.authorization;

import io.rollcall.policy.RulesetJson;
import io.rollcall.policy.RulesetJsonReader;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The row of an account's general rules. */
@Entity
@Table(name = "ruleset")
public class StoredRuleset {
    private static final String FLOOR = "*";

    @Id
    private String account;

    @Column(nullable = false)
    private long revision;

    @Column(nullable = false)
    private long edited;

    @Column(nullable = false)
    private String rules;

    @Column(nullable = false)
    private String marks;

    @Column(name = "as_of", nullable = false)
    private long asOf;

    private @Nullable String sphere;

    @Column(name = "next_boundary")
    private @Nullable Long nextBoundary;

    @Column(name = "asks_for_groups", nullable = false)
    private boolean asksForGroups;

    /** For JPA. */
    @SuppressWarnings("NullAway.Init")
    protected StoredRuleset() {}

    StoredRuleset(String account, Rules stored) {
        this.account = account;
        this.revision = stored.revision();
        this.edited = stored.edited();
        this.rules = RulesetJson.write(stored.general(), null);
        this.marks = stored.marks().entrySet().stream()
                .map(mark -> mark.getValue().line(mark.getKey()))
                .collect(Collectors.joining("\n", stored.floor().line(FLOOR) + '\n', ""));
        this.asOf = stored.asOf().toEpochMilli();
        this.sphere = stored.sphere();
        Instant next = stored.general().nextBoundary(stored.asOf());
        this.nextBoundary = next.equals(Instant.MAX) ? null : Long.valueOf(next.toEpochMilli());
        this.asksForGroups = stored.general().asksForGroups();
    }

    /** The rules, but for decisions on single watchers. */
    Rules rules() {
        Map<String, Mark> byRule = new HashMap<>();
        marks.lines().forEach(line -> byRule.put(line.substring(0, line.indexOf(' ')), Mark.parse(line)));
        Mark floor = byRule.remove(FLOOR);
        return new Rules(
                revision,
                edited,
                RulesetJsonReader.readStored(rules),
                Map.of(),
                byRule,
                floor == null ? Mark.NONE : floor,
                Instant.ofEpochMilli(asOf),
                sphere);
    }
}

package io.rollcall.authorization;

import io.rollcall.policy.RulesetJson;
import io.rollcall.policy.RulesetJsonReader;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The row of an account's general rules. */
@Entity
@Table(name = "ruleset")
public class StoredRuleset {
    @Id
    private String account;

    @Column(nullable = false)
    private long revision;

    @Column(nullable = false)
    private long edited;

    @Column(nullable = false)
    private String rules;

    /** As {@link History} writes it. */
    @Column(nullable = false)
    private String history;

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
        this.history = stored.history().text();
        this.asOf = stored.asOf().toEpochMilli();
        this.sphere = stored.sphere();
        Instant next = stored.general().nextBoundary(stored.asOf());
        this.nextBoundary = next.equals(Instant.MAX) ? null : Long.valueOf(next.toEpochMilli());
        this.asksForGroups = stored.asksForGroups();
    }

    /** The rules, but for decisions on single watchers. */
    Rules rules() {
        return new Rules(
                revision,
                edited,
                RulesetJsonReader.readStored(rules),
                Map.of(),
                History.parse(history),
                Instant.ofEpochMilli(asOf),
                sphere);
    }
}

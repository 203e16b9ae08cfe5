package io.rollcall.authorization;

import io.rollcall.document.Address;
import io.rollcall.policy.Handling;
import io.rollcall.policy.Provision;
import io.rollcall.policy.Rule;
import io.rollcall.policy.Ruleset;
import io.rollcall.policy.RulesetJson;
import io.rollcall.policy.RulesetJsonReader;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The row of the owner's decision on one watcher; without a handling, of one that was taken back. */
@Entity
@Table(name = "watcher_authorization")
@IdClass(WatcherAuthorization.Key.class)
public class WatcherAuthorization {
    @Id
    private String account;

    @Id
    private String watcher;

    /** The name of one; whether it is one is found when it is read, so that a damaged row does not hide the others. */
    private @Nullable String handling;

    /** As JSON; null where the handling says all. */
    @Column(name = "rule")
    private @Nullable String rule;

    @Column(name = "decided_version", nullable = false)
    private long decidedVersion;

    @Column(name = "decided_last_seen")
    private @Nullable Long decidedLastSeen;

    @Column(nullable = false)
    private long since;

    @Column(name = "decided_at", nullable = false)
    private long decidedAt;

    /** For JPA. */
    @SuppressWarnings("NullAway.Init")
    protected WatcherAuthorization() {}

    WatcherAuthorization(String account, Address watcher, Single single, long decidedAt) {
        this.account = account;
        this.watcher = watcher.toString();
        Rule decided = single.rule();
        this.handling = decided == null ? null : decided.handling().name();
        this.rule = decided == null ? null : RulesetJson.write(new Ruleset(List.of(decided)), null);
        this.decidedVersion = single.mark().version();
        this.decidedLastSeen = single.mark().lastSeen();
        this.since = single.since();
        this.decidedAt = decidedAt;
    }

    Address watcher() {
        return Address.parse(watcher).orElseThrow();
    }

    /** @throws RuntimeException if it cannot be read */
    Single single() {
        return single(rule());
    }

    /** A decision to block instead, where what was decided cannot be read. */
    Single blocking() {
        return single(Single.rule(watcher(), Handling.BLOCK, Provision.NOTHING));
    }

    private Single single(@Nullable Rule decided) {
        return new Single(decided, new Mark(decidedVersion, decidedLastSeen), since);
    }

    private @Nullable Rule rule() {
        if (handling == null) {
            return null;
        }
        Handling decided = Handling.valueOf(handling);
        return rule == null
                ? Single.rule(watcher(), decided, decided == Handling.ALLOW ? Provision.EVERYTHING : Provision.NOTHING)
                : RulesetJsonReader.readStored(rule).rules().get(0);
    }

    /** The two addresses a decision is about. */
    public record Key(String account, String watcher) implements Serializable {}
}

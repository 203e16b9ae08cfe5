package io.rollcall.authorization;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.rollcall.presentity.AccountPresence;
import io.rollcall.presentity.Database;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The rules of the accounts that were asked about lately, with what was decided by them. */
@ApplicationScoped
class RecentRules {
    private final Database database;
    private final Cache<String, KnownRules> byAccount;

    /** For CDI's proxy. */
    @SuppressWarnings("NullAway")
    protected RecentRules() {
        database = null;
        byAccount = null;
    }

    @Inject
    RecentRules(
            Database database,
            @ConfigProperty(name = "rollcall.accounts.cached", defaultValue = "50000") int cached) {
        this.database = database;
        this.byAccount = Caffeine.newBuilder().maximumSize(cached).build();
    }

    /** Those of an account that has some, at least as new as the account. */
    KnownRules of(AccountPresence account) {
        long revision = account.account().rulesRevision();
        KnownRules known = byAccount.getIfPresent(account.address());
        if (known == null || known.rules().revision() < revision) {
            // read after the account was, so never older; what another thread read meanwhile may be newer
            known = remember(
                    account.address(),
                    database.read(session -> RulesTables.load(session, account.address(), revision)));
        }
        return known;
    }

    /** The rules alone; none where the account has none. */
    Rules rules(AccountPresence account) {
        return account.account().rulesRevision() == 0 ? Rules.none(0) : of(account).rules();
    }

    /** Notes what an account's rules are now, unless newer ones are known. */
    KnownRules remember(String account, Rules rules) {
        return byAccount.asMap()
                .merge(account, new KnownRules(rules), (one, other) ->
                        other.rules().revision() >= one.rules().revision() ? other : one);
    }
}

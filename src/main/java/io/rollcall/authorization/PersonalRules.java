package io.rollcall.authorization;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rollcall.policy.RulesetJson;
import io.rollcall.presentity.PersonalData;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import org.hibernate.StatelessSession;

/**
 * An owner's rules, for its account's export and erasure. What others decided about it is theirs, and stays: it
 * would be no erasure but a change of their rules.
 */
@ApplicationScoped
class PersonalRules implements PersonalData {

    @Override
    public String name() {
        return "authorizations";
    }

    @Override
    public void export(StatelessSession session, String address, JsonGenerator out) throws IOException {
        Rules rules = RulesTables.load(session, address, 0);
        out.writeRawValue(RulesetJson.write(rules.document(), null));
    }

    @Override
    public boolean holds(StatelessSession session, String address) {
        Rules rules = RulesTables.load(session, address, 0);
        return rules.edited() > 0 || !rules.singles().isEmpty();
    }

    @Override
    public void erase(StatelessSession session, String address) {
        for (String table : new String[] {"StoredRuleset", "WatcherAuthorization"}) {
            session.createMutationQuery("delete " + table + " where account = :account")
                    .setParameter("account", address)
                    .executeUpdate();
        }
    }
}

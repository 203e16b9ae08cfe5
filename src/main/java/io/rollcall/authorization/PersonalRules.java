package io.rollcall.authorization;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rollcall.presentity.PersonalData;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.List;
import org.hibernate.StatelessSession;

/**
 * An owner's decisions, for its account's export and erasure. What others decided about it is theirs, and stays: it
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
        out.writeStartArray();
        for (WatcherAuthorization row : decisions(session, address)) {
            out.writeStartObject();
            out.writeStringField("watcher", row.watcher());
            out.writeStringField("handling", row.decision().handling().word());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    @Override
    public boolean holds(StatelessSession session, String address) {
        return !decisions(session, address).isEmpty();
    }

    @Override
    public void erase(StatelessSession session, String address) {
        session.createMutationQuery("delete WatcherAuthorization where account = :account")
                .setParameter("account", address)
                .executeUpdate();
    }

    private static List<WatcherAuthorization> decisions(StatelessSession session, String address) {
        return session.createSelectionQuery(
                        "from WatcherAuthorization where account = :account order by watcher",
                        WatcherAuthorization.class)
                .setParameter("account", address)
                .getResultList();
    }
}

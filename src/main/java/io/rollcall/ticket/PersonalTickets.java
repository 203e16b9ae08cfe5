package io.rollcall.ticket;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rollcall.presentity.PersonalData;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Instant;
import org.hibernate.StatelessSession;

/** The tickets of an account that were not used yet: until when each is good. They are no reason to keep an account. */
@ApplicationScoped
class PersonalTickets implements PersonalData {
    @Override
    public String name() {
        return "tickets";
    }

    @Override
    public void export(StatelessSession session, String address, JsonGenerator out) throws IOException {
        out.writeStartArray();
        for (long expires : session.createNativeQuery(
                        "select expires_at from ticket where account = :account order by expires_at", Long.class)
                .setParameter("account", address)
                .getResultList()) {
            out.writeString(Instant.ofEpochMilli(expires).toString());
        }
        out.writeEndArray();
    }

    @Override
    public boolean holds(StatelessSession session, String address) {
        return false;
    }

    @Override
    public void erase(StatelessSession session, String address) {
        session.createNativeMutationQuery("delete from ticket where account = :account")
                .setParameter("account", address)
                .executeUpdate();
    }
}

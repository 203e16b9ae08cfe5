package io.rollcall.favourite;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rollcall.presentity.PersonalData;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import org.hibernate.StatelessSession;

/** Whom an account has chosen, in its export and its erasure. */
@ApplicationScoped
class PersonalFavourites implements PersonalData {
    @Override
    public String name() {
        return "favourites";
    }

    @Override
    public void export(StatelessSession session, String address, JsonGenerator out) throws IOException {
        out.writeStartArray();
        for (String person : Favourites.find(session, address).people()) {
            out.writeString(person);
        }
        out.writeEndArray();
    }

    @Override
    public boolean holds(StatelessSession session, String address) {
        return !Favourites.find(session, address).people().isEmpty();
    }

    @Override
    public void erase(StatelessSession session, String address) {
        session.createNativeMutationQuery("delete from favourites where account = :account")
                .setParameter("account", address)
                .executeUpdate();
    }
}

package io.rollcall.presentity;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.hibernate.StatelessSession;

/**
 * What a room keeps of accounts beside their presence. Each room that has tables of its own has one of these, found by
 * CDI, so that an account's export and its erasure are whole.
 */
public interface PersonalData {

    /** The member of the export that holds it. */
    String name();

    /** Writes all of it about an account, as one JSON value. */
    void export(StatelessSession session, String address, JsonGenerator out) throws IOException;

    /** Whether there is any of it about an account. */
    boolean holds(StatelessSession session, String address);

    /** Removes all of it about an account, within the caller's transaction. */
    void erase(StatelessSession session, String address);
}

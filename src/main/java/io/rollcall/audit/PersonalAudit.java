package io.rollcall.audit;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rollcall.presentity.PersonalData;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.List;
import org.hibernate.StatelessSession;

/**
 * What the audit log says of an account: what was done to it, and what it did. It is in the export, the newest of it; an
 * erasure leaves it, for it is the proof of what others did, and goes when it is old.
 */
@ApplicationScoped
class PersonalAudit implements PersonalData {
    private static final int MOST = 10_000;

    @Override
    public String name() {
        return "audit";
    }

    @Override
    public void export(StatelessSession session, String address, JsonGenerator out) throws IOException {
        out.writeStartArray();
        write(out, EntryRows.find(session, new Filter(null, address, null, null, null), Position.NEWEST, MOST));
        write(out, EntryRows.find(session, new Filter(address, null, null, null, null), Position.NEWEST, MOST));
        out.writeEndArray();
    }

    private static void write(JsonGenerator out, List<Entry> entries) throws IOException {
        for (Entry entry : entries) {
            out.writeRawValue(entry.toJson().toString());
        }
    }

    @Override
    public boolean holds(StatelessSession session, String address) {
        return false;
    }

    @Override
    public void erase(StatelessSession session, String address) {
        // see above
    }
}

package io.rollcall.presentity;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.rollcall.document.JsonWriter;
import io.rollcall.document.PresenceDocument.PublishedTuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.hibernate.StatelessSession;
import org.jspecify.annotations.Nullable;

/** All that is stored about an account, in all rooms: what its owner may take along, and may have removed. */
@ApplicationScoped
public class Privacy {
    private static final JsonFactory JSON = new JsonFactory();

    private final Accounts accounts;
    private final Database database;
    private final Changes changes;
    private final List<PersonalData> rooms;

    /** For CDI's proxy. */
    @SuppressWarnings("NullAway")
    protected Privacy() {
        accounts = null;
        database = null;
        changes = null;
        rooms = List.of();
    }

    @Inject
    public Privacy(Accounts accounts, Database database, Changes changes, Instance<PersonalData> rooms) {
        this.accounts = accounts;
        this.database = database;
        this.changes = changes;
        this.rooms = rooms.stream().toList();
    }

    /** All that is stored about an account, as a JSON object in UTF-8. */
    public byte[] export(String address, Instant now) {
        AccountPresence presence = accounts.findStored(address);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);
        try (JsonGenerator out = JSON.createGenerator(bytes)) {
            out.writeStartObject();
            out.writeStringField("account", address);
            out.writeStringField("exportedAt", now.toString());
            out.writeNumberField("version", presence.version());
            Long lastSeen = presence.account().lastSeen();
            out.writeStringField("lastSeen", lastSeen == null ? null : Instant.ofEpochMilli(lastSeen).toString());
            out.writeFieldName("preferred");
            Preferred preferred = presence.account().preferred();
            out.writeRawValue(preferred == null ? "null" : text(JsonWriter.write(preferred.word(), preferred.since())));
            out.writeArrayFieldStart("presentities");
            for (Presentity presentity : presence.presentities()) {
                write(out, presentity, now);
            }
            out.writeEndArray();
            database.read(session -> {
                rooms.forEach(room -> write(out, room, session, address));
                return true;
            });
            out.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static void write(JsonGenerator out, Presentity presentity, Instant now) throws IOException {
        Tuple tuple = presentity.tuple();
        PublishedTuple published = new PublishedTuple(presentity.tupleId(), tuple.changedAt(), tuple.published());
        long left = Math.max(0, Duration.between(now, presentity.expiresAt()).toSeconds());
        out.writeStartObject();
        out.writeFieldName("presentity");
        out.writeRawValue(text(JsonWriter.write(presentity.account(), published, left, presentity.expiresAt())));
        out.writeStringField("document", tuple.document());
        out.writeEndObject();
    }

    private static void write(JsonGenerator out, PersonalData room, StatelessSession session, String address) {
        try {
            out.writeFieldName(room.name());
            room.export(session, address, out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }

    /** Removes all that is stored about an account; its watchers learn that it is gone. Answers after the commit. */
    public CompletableFuture<Boolean> erase(String address) {
        return changes.submit(new Erasure(address, null, rooms));
    }

    /** Forgets when an account was last seen, if that was before a time; and the account, if that was all there was. */
    CompletableFuture<Boolean> forget(String address, Instant seenBefore) {
        AccountPresence presence = accounts.findStored(address);
        boolean holdsMore = presence.isLive()
                || presence.account().preferred() != null
                || database.read(session -> rooms.stream().anyMatch(room -> room.holds(session, address)));
        return changes.submit(
                holdsMore
                        ? new Forgetting(address, seenBefore)
                        : new Erasure(address, presence.version(), rooms));
    }

    /** @param version only as long as the account is at this one; null whatever it is at */
    private record Erasure(String address, @Nullable Long version, List<PersonalData> rooms)
            implements Change<Boolean> {
        @Override
        public Outcome<Boolean> decide(AccountPresence now, Instant time) {
            if (version != null && now.version() != version) {
                return new Outcome<>(now, false);
            }
            if (!now.account().isStored()) {
                // a watcher need not have an account of its own
                return new Outcome<>(now, true, session -> rooms.forEach(room -> room.erase(session, address)));
            }
            AccountPresence next = now.erase();
            return new Outcome<>(next, true, session -> {
                rooms.forEach(room -> room.erase(session, address));
                ErasedAccounts.erase(session, next.account());
            });
        }
    }

    private record Forgetting(String address, Instant seenBefore) implements Change<Boolean> {
        @Override
        public Outcome<Boolean> decide(AccountPresence now, Instant time) {
            Long lastSeen = now.account().lastSeen();
            boolean old = lastSeen != null && lastSeen < seenBefore.toEpochMilli();
            return new Outcome<>(old ? now.forgetLastSeen() : now, old);
        }
    }
}

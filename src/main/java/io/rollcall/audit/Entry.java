package io.rollcall.audit;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.Serializable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An act as it was kept; the fields are those of {@link Act}. */
public record Entry(
        long id,
        Instant at,
        String actor,
        String action,
        @Nullable String target,
        String remote,
        int times,
        String detail)
        implements Serializable {

    /** Where the entries that are older than this one begin. */
    public Position position() {
        return new Position(at.toEpochMilli(), id);
    }

    JsonObject toJson() {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("id", id)
                .add("at", at.toString())
                .add("actor", actor)
                .add("action", action);
        if (target != null) {
            json.add("target", target);
        }
        return json.add("from", remote).add("times", times).add("detail", detail).build();
    }
}

package io.rollcall.client;

import com.fasterxml.jackson.databind.JsonNode;

/** A server-sent event; the id is empty where the event carries none. */
public record Event(String name, String id, String data) {

    public JsonNode json() {
        return Json.read(data);
    }

    public boolean isPresence() {
        return name.equals("presence");
    }

    public String account() {
        return json().path("account").asText();
    }

    /** The state of a presence event, or the subscription's in a subscription event. */
    public String state() {
        return json().path("state").asText();
    }

    public long version() {
        return json().path("version").asLong();
    }
}

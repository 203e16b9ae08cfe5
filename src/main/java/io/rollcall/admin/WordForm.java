package io.rollcall.admin;

import io.rollcall.document.OwnWord;
import io.rollcall.presentity.DatabaseClock;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What is typed to be an owner's word. */
@Named
@ViewScoped
public class WordForm implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    private DatabaseClock clock;

    private String state = "busy";
    private String note = "";
    private @Nullable Integer minutes;
    private boolean outOfOffice;

    /** @throws io.rollcall.document.InvalidDocument if it is none */
    OwnWord word() {
        JsonObjectBuilder json = Json.createObjectBuilder().add("state", state);
        if (!note.isBlank()) {
            json.add("note", note);
        }
        if (minutes != null) {
            json.add("expires", minutes * 60L);
        }
        if (outOfOffice) {
            json.add("outOfOffice", true);
        }
        return OwnWord.read(json.build().toString().getBytes(StandardCharsets.UTF_8), clock.now());
    }

    void clear() {
        state = "busy";
        note = "";
        minutes = null;
        outOfOffice = false;
    }

    public String getState() {
        return state;
    }

    public void setState(String word) {
        state = word;
    }

    public String getNote() {
        return note;
    }

    public void setNote(@Nullable String text) {
        note = text == null ? "" : text;
    }

    public @Nullable Integer getMinutes() {
        return minutes;
    }

    public void setMinutes(@Nullable Integer number) {
        minutes = number;
    }

    public boolean isOutOfOffice() {
        return outOfOffice;
    }

    public void setOutOfOffice(boolean out) {
        outOfOffice = out;
    }
}

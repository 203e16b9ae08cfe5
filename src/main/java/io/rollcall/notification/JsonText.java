package io.rollcall.notification;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/** JSON strings in messages that are put together by hand. */
final class JsonText {
    private JsonText() {}

    /** Appends the text as a JSON string, quotes and all. */
    static StringBuilder append(StringBuilder json, String text) {
        json.append('"');
        JsonStringEncoder.getInstance().quoteAsString(text, json);
        return json.append('"');
    }
}

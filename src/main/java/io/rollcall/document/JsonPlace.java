package io.rollcall.document;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;

/** Where JSON is none, in words for its author. What is expected there is for whoever reads it to say. */
public final class JsonPlace {
    private JsonPlace() {}

    /** {@code at line 1, column 17, in /accounts/0}; {@code before its end} where that is not known. */
    public static String of(IOException malformed) {
        if (!(malformed instanceof JsonProcessingException at) || at.getLocation() == null) {
            return "before its end";
        }
        JsonLocation place = at.getLocation();
        String text = "at line " + place.getLineNr() + ", column " + place.getColumnNr();
        if (at.getProcessor() instanceof JsonParser in) {
            String path = in.getParsingContext().pathAsPointer().toString();
            return path.isEmpty() || path.length() > 100 ? text : text + ", in " + path;
        }
        return text;
    }
}

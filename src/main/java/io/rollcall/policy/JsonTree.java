package io.rollcall.policy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamReadException;
import io.rollcall.document.InvalidDocument;
import io.rollcall.document.JsonPlace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A JSON document as maps, lists, strings and booleans; nothing else stands in rules. A null member is a missing one. */
final class JsonTree {
    static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(16)
                    .maxStringLength(PolicyLimits.BYTES)
                    .maxNameLength(100)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private JsonTree() {}

    /** A number, as it was written. */
    record Number(String text) {}

    /** @throws InvalidDocument when it is not one JSON value in UTF-8, or holds null in an array */
    static Object read(byte[] body) {
        try (JsonParser in = FACTORY.createParser(body)) {
            in.nextToken();
            Object value = value(in);
            if (in.nextToken() != null) {
                throw new InvalidDocument("Nothing may follow the JSON object");
            }
            return value;
        } catch (StreamReadException e) {
            throw new InvalidDocument("The document is not JSON, or too large, " + JsonPlace.of(e), e);
        } catch (IOException e) {
            throw new InvalidDocument("The document is not JSON in UTF-8", e);
        }
    }

    private static Object value(JsonParser in) throws IOException {
        JsonToken token = in.currentToken();
        if (token == JsonToken.START_OBJECT) {
            Map<String, Object> members = new LinkedHashMap<>();
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                String name = in.currentName();
                if (in.nextToken() != JsonToken.VALUE_NULL) {
                    members.put(name, value(in));
                }
            }
            return members;
        }
        if (token == JsonToken.START_ARRAY) {
            List<Object> values = new ArrayList<>();
            while (in.nextToken() != JsonToken.END_ARRAY) {
                values.add(value(in));
            }
            return values;
        }
        if (token == JsonToken.VALUE_STRING) {
            return in.getText();
        }
        if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
            return in.getBooleanValue();
        }
        if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT) {
            // of no use to any member, which says so with its name
            return new Number(in.getText());
        }
        throw new InvalidDocument("Rules hold objects, arrays, strings, true and false, but not "
                + (token == null ? "nothing" : in.getText()));
    }
}

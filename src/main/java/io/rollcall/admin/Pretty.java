package io.rollcall.admin;

import jakarta.json.Json;
import jakarta.json.JsonReader;
import jakarta.json.JsonWriter;
import jakarta.json.stream.JsonGenerator;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.Map;

/** Text made for programs, for people. */
final class Pretty {
    private Pretty() {}

    static String json(String text) {
        StringWriter pretty = new StringWriter();
        try (JsonReader reader = Json.createReader(new StringReader(text));
                JsonWriter writer = Json.createWriterFactory(Map.of(JsonGenerator.PRETTY_PRINTING, true))
                        .createWriter(pretty)) {
            writer.write(reader.readValue());
        }
        return pretty.toString().strip();
    }
}

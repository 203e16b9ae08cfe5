package io.rollcall.notification;

import io.rollcall.document.JsonWriter;
import io.rollcall.document.PidfWriter;
import io.rollcall.document.PresenceDocument;
import io.rollcall.http.Format;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** A document and its bytes in each format, each written when first asked for and then shared by all who see the same. */
public final class Rendition {
    private final PresenceDocument document;
    private volatile byte @Nullable [] json;
    private volatile byte @Nullable [] pidf;

    Rendition(PresenceDocument document) {
        this.document = document;
    }

    public PresenceDocument document() {
        return document;
    }

    /** The document's bytes, in UTF-8. Not a copy: not to be changed. */
    public byte[] bytes(Format format) {
        return format == Format.JSON ? json() : pidf();
    }

    /** An entity-tag, without quotes: equal for equal bytes, and telling nothing else. */
    public String entityTag(Format format) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : bytes(format)) {
            hash = (hash ^ b) * 0x100000001b3L;
        }
        return HexFormat.of().toHexDigits(hash);
    }

    String text(Format format) {
        return new String(bytes(format), StandardCharsets.UTF_8);
    }

    private byte[] json() {
        byte[] written = json;
        if (written == null) {
            written = JsonWriter.write(document);
            json = written;
        }
        return written;
    }

    private byte[] pidf() {
        byte[] written = pidf;
        if (written == null) {
            written = PidfWriter.bytes(document);
            pidf = written;
        }
        return written;
    }
}

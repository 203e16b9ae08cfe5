package io.rollcall.publication;

import io.rollcall.document.Address;
import io.rollcall.document.DocumentLimits;
import io.rollcall.document.JsonWriter;
import io.rollcall.document.PidfWriter;
import io.rollcall.document.PresenceDocument.PublishedTuple;
import io.rollcall.document.Publication;
import io.rollcall.document.PublicationReader;
import io.rollcall.http.Problems;
import io.rollcall.presentity.Presentity;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The two forms in which a presentity comes and goes over HTTP and JMS, JSON and PIDF. */
enum PublishedForm {
    JSON("application/json"),
    PIDF("application/pidf+xml");

    static final int MOST_BYTES = DocumentLimits.DEFAULT.maxBytes();
    private static final PublicationReader READER = new PublicationReader(DocumentLimits.DEFAULT);
    private static final String CHARSET = "charset=";

    private final String mediaType;

    PublishedForm(String mediaType) {
        this.mediaType = mediaType;
    }

    String mediaType() {
        return mediaType;
    }

    /**
     * Reads what a client published.
     *
     * @throws io.rollcall.problem.Problem if the content type is neither form
     * @throws io.rollcall.document.InvalidDocument if it cannot be taken
     */
    static Publication read(byte[] document, @Nullable String contentType, Address account) {
        String type = contentType == null ? "" : typeOf(contentType);
        if (type.equals(JSON.mediaType)) {
            return READER.readJson(document);
        }
        if (type.equals(PIDF.mediaType)) {
            return READER.readPidf(document, charset(contentType), account.toString());
        }
        throw Problems.ofStatus(415);
    }

    /** The form that a text has, by how it begins. */
    static PublishedForm of(String text) {
        return text.stripLeading().startsWith("<") ? PIDF : JSON;
    }

    /**
     * Reads what was published in this form, in UTF-8.
     *
     * @throws io.rollcall.document.InvalidDocument if it cannot be taken
     */
    Publication read(byte[] document, Address account) {
        return this == PIDF ? READER.readPidf(document, "UTF-8", account.toString()) : READER.readJson(document);
    }

    /**
     * The form that an Accept header likes best (RFC 9110 §12.5.1); JSON where it does not care.
     *
     * @throws io.rollcall.problem.Problem if it takes neither
     */
    static PublishedForm preferred(@Nullable String accept) {
        if (accept == null || accept.isEmpty() || accept.equals("*/*") || accept.equals(JSON.mediaType)) {
            return JSON;
        }
        PublishedForm best = null;
        double bestQuality = 0;
        boolean bestIsNamed = false;
        for (String range : accept.split(",")) {
            String type = typeOf(range);
            boolean named = !type.endsWith("*");
            double quality = quality(range);
            boolean better = quality > bestQuality || quality == bestQuality && named && !bestIsNamed;
            PublishedForm form = ofRange(type);
            if (form != null && quality > 0 && better) {
                best = form;
                bestQuality = quality;
                bestIsNamed = named;
            }
        }
        if (best == null) {
            throw Problems.ofStatus(406);
        }
        return best;
    }

    private static @Nullable PublishedForm ofRange(String type) {
        if (type.equals(PIDF.mediaType)) {
            return PIDF;
        }
        return type.equals(JSON.mediaType) || type.equals("*/*") || type.equals("application/*") ? JSON : null;
    }

    /** The presentity as it is stored, with its granted expiry. */
    byte[] write(Published published) {
        Presentity presentity = published.presentity();
        PublishedTuple tuple = new PublishedTuple(
                presentity.tupleId(),
                presentity.tuple().changedAt(),
                presentity.tuple().published());
        return this == PIDF
                ? PidfWriter.write(presentity.account(), tuple.id(), tuple.publication(), tuple.timestamp())
                        .getBytes(StandardCharsets.UTF_8)
                : JsonWriter.write(presentity.account(), tuple, published.expires(), presentity.expiresAt());
    }

    private static String typeOf(String header) {
        int end = header.indexOf(';');
        return (end < 0 ? header : header.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    private static @Nullable String charset(String contentType) {
        int at = contentType.toLowerCase(Locale.ROOT).indexOf(CHARSET);
        if (at < 0) {
            return null;
        }
        String rest = contentType.substring(at + CHARSET.length());
        int end = rest.indexOf(';');
        return (end < 0 ? rest : rest.substring(0, end)).strip().replace("\"", "");
    }

    private static double quality(String range) {
        int at = range.toLowerCase(Locale.ROOT).indexOf("q=");
        if (at < 0) {
            return 1;
        }
        try {
            return Double.parseDouble(range.substring(at + 2).split(";")[0].strip());
        } catch (NumberFormatException malformed) {
            return 0;
        }
    }
}

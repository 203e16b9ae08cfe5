package io.rollcall.watcherinfo;

import io.rollcall.document.Address;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Writes watcher information: as JSON, and as {@code application/watcherinfo+xml} (RFC 3858). Addresses and words hold
 * nothing that either would have to escape.
 */
public final class WatcherInfoWriter {
    private WatcherInfoWriter() {}

    /** @param now what times are counted from */
    public static String json(WatcherInfo info, Instant now) {
        StringBuilder json = new StringBuilder(128 + 160 * info.watchers().size())
                .append("{\"account\":\"")
                .append(info.account())
                .append("\",\"version\":")
                .append(info.version())
                .append(",\"state\":\"")
                .append(info.full() ? "full" : "partial")
                .append("\",\"watchers\":[");
        String separator = "";
        for (WatcherState watcher : info.watchers()) {
            json.append(separator);
            append(json, watcher, now);
            separator = ",";
        }
        return json.append("]}").toString();
    }

    private static void append(StringBuilder json, WatcherState watcher, Instant now) {
        json.append("{\"id\":\"")
                .append(watcher.id())
                .append("\",\"watcher\":\"")
                .append(watcher.watcher())
                .append("\",\"status\":\"")
                .append(watcher.standing().status().word())
                .append("\",\"event\":\"")
                .append(watcher.standing().event().word())
                .append("\",\"since\":\"")
                .append(Instant.ofEpochMilli(watcher.since()))
                .append('"');
        Long expires = expires(watcher, now);
        if (expires != null) {
            json.append(",\"expires\":").append(expires);
        }
        if (watcher.handling() != null) {
            json.append(",\"handling\":\"").append(watcher.handling().word()).append('"');
        }
        json.append('}');
    }

    /** @param now what times are counted from */
    public static String xml(WatcherInfo info, Instant now) {
        StringBuilder xml = new StringBuilder(256 + 160 * info.watchers().size())
                .append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
                .append("<watcherinfo xmlns=\"urn:ietf:params:xml:ns:watcherinfo\" version=\"")
                .append(info.version())
                .append("\" state=\"")
                .append(info.full() ? "full" : "partial")
                .append("\">\n  <watcher-list resource=\"")
                .append(uri(info.account()))
                .append("\" package=\"presence\">\n");
        for (WatcherState watcher : info.watchers()) {
            appendXml(xml, watcher, now);
        }
        return xml.append("  </watcher-list>\n</watcherinfo>\n").toString();
    }

    private static void appendXml(StringBuilder xml, WatcherState watcher, Instant now) {
        xml.append("    <watcher id=\"")
                .append(watcher.id())
                .append("\" status=\"")
                .append(watcher.standing().status().word())
                .append("\" event=\"")
                .append(watcher.standing().event().word())
                .append("\" duration-subscribed=\"")
                .append(Math.max(0, now.toEpochMilli() - watcher.since()) / 1000)
                .append('"');
        Long expires = expires(watcher, now);
        if (expires != null) {
            xml.append(" expiration=\"").append(expires).append('"');
        }
        xml.append('>').append(uri(watcher.watcher())).append("</watcher>\n");
    }

    /** The seconds that are left; null where no end is set. */
    private static @Nullable Long expires(WatcherState watcher, Instant now) {
        Long at = watcher.expiresAt();
        return at == null ? null : Long.valueOf(Math.max(0, at - now.toEpochMilli()) / 1000);
    }

    private static String uri(String account) {
        return Address.parse(account).orElseThrow().uri();
    }
}

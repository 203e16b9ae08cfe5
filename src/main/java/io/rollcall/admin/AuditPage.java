package io.rollcall.admin;

import io.rollcall.audit.Action;
import io.rollcall.audit.AuditLog;
import io.rollcall.audit.Entry;
import io.rollcall.audit.Filter;
import io.rollcall.audit.Position;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.primefaces.model.LazyDataModel;
import org.primefaces.model.SortMeta;

/** The audit log, a page after the other from the newest on, and the way to take it along. */
@Named("audit")
@ViewScoped
public class AuditPage implements Serializable {
    private static final long serialVersionUID = 1L;
    /** Further than that nobody pages; a filter or the export go further. */
    private static final int MOST = 10_000;

    @Inject
    private AuditLog log;

    private @Nullable String actor;
    private @Nullable String target;
    private @Nullable String action;
    private @Nullable String from;
    private @Nullable String until;
    private final Rows rows = new Rows();

    /** Each page begins behind the last entry of the one before, whatever came since. */
    private final class Rows extends PageModel<Entry> {
        private static final long serialVersionUID = 1L;

        private final TreeMap<Integer, Position> beginnings = new TreeMap<>(Map.of(0, Position.NEWEST));

        @Override
        int count() {
            return Math.toIntExact(log.count(filter(), MOST));
        }

        @Override
        List<Entry> load(int first, int limit, Map<String, SortMeta> sortBy) {
            Map.Entry<Integer, Position> known = beginnings.floorEntry(first);
            int over = first - known.getKey();
            List<Entry> found = log.find(filter(), known.getValue(), over + limit);
            List<Entry> page = found.subList(Math.min(over, found.size()), found.size());
            if (!page.isEmpty()) {
                beginnings.put(first + page.size(), page.get(page.size() - 1).position());
            }
            return List.copyOf(page);
        }
    }

    private Filter filter() {
        return new Filter(
                actor,
                target,
                action == null ? null : Action.named(action).orElse(null),
                day(from, 0),
                day(until, 1));
    }

    /** The beginning of a day, or of one after it. */
    private static @Nullable Instant day(@Nullable String text, int later) {
        try {
            return text == null
                    ? null
                    : LocalDate.parse(text).plusDays(later).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeParseException none) {
            return null;
        }
    }

    /** Where the same entries are as CSV. */
    public String getCsv() {
        Filter filter = filter();
        StringBuilder url = new StringBuilder("/api/admin/audit?format=csv");
        append(url, "actor", filter.actor());
        append(url, "target", filter.target());
        append(url, "action", filter.action() == null ? null : filter.action().word());
        append(url, "from", filter.from());
        append(url, "until", filter.until());
        return url.toString();
    }

    private static void append(StringBuilder url, String name, @Nullable Object value) {
        if (value != null) {
            url.append('&').append(name).append('=').append(URLEncoder.encode(value.toString(), StandardCharsets.UTF_8));
        }
    }

    public LazyDataModel<Entry> getRows() {
        return rows;
    }

    public List<String> getActions() {
        return Stream.of(Action.values()).map(Action::word).sorted().toList();
    }

    public @Nullable String getActor() {
        return actor;
    }

    public void setActor(@Nullable String text) {
        actor = Typed.account(text);
    }

    public @Nullable String getTarget() {
        return target;
    }

    public void setTarget(@Nullable String text) {
        target = Typed.account(text);
    }

    public @Nullable String getAction() {
        return action;
    }

    public void setAction(@Nullable String word) {
        action = Typed.text(word);
    }

    public @Nullable String getFrom() {
        return from;
    }

    public void setFrom(@Nullable String day) {
        from = day(day, 0) == null ? null : day;
    }

    public @Nullable String getUntil() {
        return until;
    }

    public void setUntil(@Nullable String day) {
        until = day(day, 0) == null ? null : day;
    }
}

package io.rollcall.subscription;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rollcall.document.Address;
import io.rollcall.presentity.PersonalData;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.hibernate.StatelessSession;

/**
 * Who watches an account, whom it watches, and its lists, for the account's export and erasure. The lists of others, in
 * which it may be named, are theirs.
 */
@ApplicationScoped
class PersonalSubscriptions implements PersonalData {
    private static final String OWN_LISTS = "select id from subscription_list where owner = :address";

    @Inject
    private SubscriptionRecords records;

    @Inject
    private Audiences audiences;

    @Override
    public String name() {
        return "subscriptions";
    }

    @Override
    public void export(StatelessSession session, String address, JsonGenerator out) throws IOException {
        out.writeStartObject();
        writeWishes("watchers", watchers(address), out);
        writeWishes("watching", records.of(address), out);
        out.writeArrayFieldStart("lists");
        for (Object[] list : rows(
                session,
                "select l.id, l.delivery, l.created_at, l.expires_at, d.url from subscription_list l"
                        + " left join list_delivery d on d.list = l.id where l.owner = :address order by l.id",
                address)) {
            out.writeStartObject();
            out.writeStringField("id", (String) list[0]);
            out.writeStringField("delivery", (String) list[1]);
            out.writeStringField("created", time(list[2]));
            out.writeStringField("expires", time(list[3]));
            out.writeStringField("url", (String) list[4]);
            writeEntries(session, (String) list[0], out);
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    /** Also those whose lists name the account, or a group that it belongs to. */
    private Collection<SubscriptionRecord> watchers(String address) {
        List<SubscriptionRecord> stored = records.to(address);
        List<SubscriptionRecord> watchers = new ArrayList<>(stored);
        watchers.removeIf(record -> Carrier.isList(record.carrier()));
        watchers.addAll(audiences.byLists(Address.parse(address).orElseThrow(), stored));
        return watchers;
    }

    private static void writeWishes(String name, Collection<SubscriptionRecord> wishes, JsonGenerator out)
            throws IOException {
        out.writeArrayFieldStart(name);
        for (SubscriptionRecord wish : wishes) {
            Long expires = wish.expiresAt();
            out.writeStartObject();
            out.writeStringField("account", wish.account());
            out.writeStringField("watcher", wish.watcher());
            out.writeStringField("status", wish.standing().status().word());
            out.writeStringField("event", wish.standing().event().word());
            out.writeStringField("since", time(wish.since()));
            out.writeStringField("expires", expires == null ? null : time(expires));
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void writeEntries(StatelessSession session, String list, JsonGenerator out) throws IOException {
        out.writeArrayFieldStart("entries");
        for (Object[] entry : rows(
                session,
                "select kind, name from subscription_list_entry where list = :address order by kind, name",
                list)) {
            out.writeStartObject();
            out.writeStringField((String) entry[0], (String) entry[1]);
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    @Override
    public boolean holds(StatelessSession session, String address) {
        return !records.to(address).isEmpty()
                || !records.of(address).isEmpty()
                || !rows(session, "select id, owner from subscription_list where owner = :address", address).isEmpty();
    }

    @Override
    public void erase(StatelessSession session, String address) {
        execute(session, "delete from subscription_list_entry where list in (" + OWN_LISTS + ')', address);
        execute(session, "delete from subscription where carrier in (select 'list:' || id from subscription_list"
                + " where owner = :address)", address);
        execute(session, "delete from subscription_list where owner = :address", address);
        execute(session, "delete from subscription where account = :address or watcher = :address", address);
    }

    private static List<Object[]> rows(StatelessSession session, String select, String address) {
        return session.createNativeQuery(select, Object[].class)
                .setParameter("address", address)
                .getResultList();
    }

    private static void execute(StatelessSession session, String statement, String address) {
        session.createNativeMutationQuery(statement).setParameter("address", address).executeUpdate();
    }

    private static String time(Object millis) {
        return Instant.ofEpochMilli(((Number) millis).longValue()).toString();
    }
}

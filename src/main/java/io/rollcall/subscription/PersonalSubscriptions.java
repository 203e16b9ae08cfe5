package io.rollcall.subscription;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rollcall.presentity.PersonalData;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.hibernate.StatelessSession;

/**
 * Who watches an account, whom it watches, and its lists, for the account's export and erasure. The lists of others, in
 * which it may be named, are theirs.
 */
@ApplicationScoped
class PersonalSubscriptions implements PersonalData {
    private static final String WISHES =
            "select account, watcher, status, event, since, expires_at from subscription where ";
    private static final String OWN_LISTS = "select id from subscription_list where owner = :address";

    @Override
    public String name() {
        return "subscriptions";
    }

    @Override
    public void export(StatelessSession session, String address, JsonGenerator out) throws IOException {
        out.writeStartObject();
        writeWishes("watchers", rows(session, WISHES + "account = :address order by watcher, since", address), out);
        writeWishes("watching", rows(session, WISHES + "watcher = :address order by account, since", address), out);
        out.writeArrayFieldStart("lists");
        for (Object[] list : rows(
                session,
                "select id, delivery, created_at, expires_at from subscription_list where owner = :address order by id",
                address)) {
            out.writeStartObject();
            out.writeStringField("id", (String) list[0]);
            out.writeStringField("delivery", (String) list[1]);
            out.writeStringField("created", time(list[2]));
            out.writeStringField("expires", time(list[3]));
            writeEntries(session, (String) list[0], out);
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private static void writeWishes(String name, List<Object[]> wishes, JsonGenerator out) throws IOException {
        out.writeArrayFieldStart(name);
        for (Object[] wish : wishes) {
            out.writeStartObject();
            out.writeStringField("account", (String) wish[0]);
            out.writeStringField("watcher", (String) wish[1]);
            out.writeStringField("status", (String) wish[2]);
            out.writeStringField("event", (String) wish[3]);
            out.writeStringField("since", time(wish[4]));
            out.writeStringField("expires", wish[5] == null ? null : time(wish[5]));
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
        return !rows(session, WISHES + "account = :address or watcher = :address", address).isEmpty()
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

package io.rollcall.presentity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;

/** Finds the accounts that are stored, live or not, by a part of their address: a page at a time, by address. */
@ApplicationScoped
public class AccountSearch {
    private static final String FITTING = " from account where lower(address) like :pattern escape '!'";

    @Inject
    private Database database;

    /** The addresses in which the text occurs, in their order. */
    public List<String> find(String text, int first, int limit) {
        return database.read(session -> session.createNativeQuery(
                        "select address" + FITTING + " order by address", String.class)
                .setParameter("pattern", pattern(text))
                .setFirstResult(first)
                .setMaxResults(limit)
                .getResultList());
    }

    /** How many there are. */
    public long count(String text) {
        return database.read(session -> session.createNativeQuery("select count(*)" + FITTING, Long.class)
                .setParameter("pattern", pattern(text))
                .getSingleResult());
    }

    /** What the text means to {@code like}: itself, and nothing else. */
    private static String pattern(String text) {
        return '%' + text.strip().toLowerCase(Locale.ROOT).replaceAll("[!%_]", "!$0") + '%';
    }
}

package io.rollcall.subscription;

import io.rollcall.authorization.Authorizations;
import io.rollcall.directory.Caller;
import io.rollcall.directory.Groups;
import io.rollcall.document.Address;
import io.rollcall.policy.Handling;
import io.rollcall.presentity.AccountPresence;
import io.rollcall.presentity.Accounts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/** Subscription lists as their owners are told of them, in JSON. */
@ApplicationScoped
class ListDocuments {
    private static final Logger LOG = Logger.getLogger(ListDocuments.class.getName());
    private static final Standing NO_RESOURCE = Standing.of(Status.TERMINATED, Event.NORESOURCE);

    @Inject
    private SubscriptionRecords records;

    @Inject
    private Accounts accounts;

    @Inject
    private Authorizations authorizations;

    @Inject
    private Resources resources;

    @Inject
    private Groups groups;

    /** A list in JSON, its end left open. */
    StringBuilder whole(SubscriptionList list, Caller caller, Instant now) {
        StringBuilder json = head(list, now)
                .append(",\"accounts\":")
                .append(strings(list.accounts()))
                .append(",\"groups\":")
                .append(strings(list.groups()))
                .append(",\"states\":[");
        Map<String, Standing> recorded = new HashMap<>();
        records.carriedBy(Carrier.list(list.id()))
                .forEach(record -> recorded.put(record.account(), record.standing()));
        List<String> addresses = list.addresses(groups).stream().map(Address::toString).toList();
        String separator = "";
        for (AccountPresence account : accounts.findAll(addresses)) {
            Standing standing = list.hasEnded()
                    ? Standing.of(Status.TERMINATED, list.outlet().ended())
                    : standing(account, recorded.getOrDefault(account.address(), Standing.INIT), caller);
            json.append(separator)
                    .append("{\"account\":\"")
                    .append(account.address())
                    .append("\",\"state\":\"")
                    .append(standing.status().word())
                    .append('"');
            if (standing.reason() != null) {
                json.append(",\"reason\":\"").append(standing.reason()).append('"');
            }
            json.append('}');
            separator = ",";
        }
        return json.append(']');
    }

    /**
     * Where the list stands with one account: an account nobody knows is no resource (RFC 6665 §4.1.3); one whose rules
     * cannot be told just now has not decided (§4.1.2).
     */
    private Standing standing(AccountPresence account, Standing recorded, Caller caller) {
        Standing standing;
        try {
            standing = recorded.decided(authorizations.decide(account, caller).handling());
        } catch (RuntimeException failure) {
            LOG.log(Level.WARNING, "What " + account.address() + " decides cannot be told", failure);
            return Standing.subscribed(Handling.CONFIRM);
        }
        return standing.status() != Status.ACTIVE || resources.include(account) ? standing : NO_RESOURCE;
    }

    /** The head of a list in JSON, its end left open. Addresses and groups hold nothing that JSON would have to escape. */
    static StringBuilder head(SubscriptionList list, Instant now) {
        long expires = Math.max(0, Duration.between(now, list.expiresAt()).toSeconds());
        StringBuilder head = new StringBuilder(256)
                .append("{\"id\":\"")
                .append(list.id())
                .append("\",\"delivery\":\"")
                .append(list.delivery().word())
                .append("\",\"expires\":")
                .append(expires);
        if (list.outlet() != null) {
            list.outlet().appendTo(head);
        }
        return head;
    }

    private static String strings(Set<?> values) {
        return values.stream().map(value -> '"' + value.toString() + '"').collect(Collectors.joining(",", "[", "]"));
    }
}

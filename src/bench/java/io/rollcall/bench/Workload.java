package io.rollcall.bench;

import io.rollcall.bench.load.StoredNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One workload and its size.
 *
 * @param scale what was varied, in words; empty where nothing was
 * @param stored whether the accounts were stored beforehand
 * @param watched how many accounts each watcher watches
 * @param pace publications a second once warm; 0 for as many as the server takes
 * @param share of the highest rate at which times are measured; 0 for not
 */
record Workload(
        String name,
        String transport,
        String scale,
        int accounts,
        boolean stored,
        int watchers,
        int watched,
        double pace,
        double share) {
    private static final int ACCOUNTS = 2000;
    private static final int WATCHED_ACCOUNTS = 500;
    private static final int WATCHERS = 500;
    private static final int WATCHED = 20;
    private static final double SHARE = 0.3;
    /** Notifications a second where each is a write of its own: 30 % of what a good server is asked for at least. */
    private static final int CALM = 20_000;
    private static final double ROUNDS_PER_SECOND = 4;
    private static final int FLOOR_SECONDS = 10;
    private static final int FLOOR_WARM_UP = 30;
    /** Broadcasts under way at once. */
    private static final int BROADCASTS = 4;

    static Workload w1(String transport) {
        return new Workload("W1", transport, "", ACCOUNTS, false, 0, 1, 0, 0);
    }

    static Workload w2(String transport) {
        return new Workload("W2", transport, "", WATCHED_ACCOUNTS, false, WATCHERS, WATCHED, 0, SHARE);
    }

    /** The same at a rate that leaves the server time to breathe: what a watcher waits then. */
    static Workload calmW2(String transport) {
        double pace = (double) CALM * WATCHED_ACCOUNTS / (WATCHERS * WATCHED);
        return new Workload(
                "W2", transport, CALM + " a second", WATCHED_ACCOUNTS, false, WATCHERS, WATCHED, pace, 0);
    }

    static Workload w3(String transport, int watchers) {
        return new Workload(
                "W3", transport, watchers + " watchers", 1, false, watchers, 1, ROUNDS_PER_SECOND, 0);
    }

    /** The workloads that are asked for. */
    static List<Workload> of(Settings settings) {
        List<Workload> all = new ArrayList<>(List.of(w1("http"), w1("websocket"), w2("websocket"), w2("sse"),
                calmW2("websocket"), calmW2("sse")));
        for (int watchers : List.of(2000, 5000)) {
            all.add(w3("websocket", watchers));
            all.add(w3("sse", watchers));
        }
        all.removeIf(one -> !settings.runs(one.name()) || !settings.transports().contains(one.transport()));
        return all;
    }

    /** Whether the bare container can be put under the same load: it has one pace only, its own. */
    boolean hasFloor() {
        return pace == 0 || isBroadcast();
    }

    private boolean isBroadcast() {
        return accounts == 1;
    }

    /** The same with each watcher watching so many accounts. */
    Workload watching(int number) {
        return new Workload(
                name, transport, "W2, " + number + " watched each", accounts, stored, watchers, number, pace, share);
    }

    /** The same, with presentities that are stored beforehand among so many. */
    Workload stored(int number) {
        return new Workload(
                name, transport, "W1, " + number + " stored", Math.min(number, accounts), true, watchers, watched, pace, share);
    }

    /** What the load generator is told. */
    Map<String, Object> plan(Settings settings) {
        Map<String, Object> plan = new LinkedHashMap<>();
        plan.put("server", "rollcall");
        plan.put("port", settings.port());
        plan.put("transport", transport);
        String unique = String.join("-", name, transport, Integer.toString(watchers), watched + "each", (int) pace + "paced");
        plan.put("name", stored ? StoredNames.ACCOUNT : unique.toLowerCase(Locale.ROOT));
        plan.put("stored", stored);
        plan.put("accounts", accounts);
        plan.put("watchers", watchers);
        plan.put("watched", watched);
        // over HTTP a connection has one request in flight: as many connections, for as many requests in flight
        int connections = settings.publishers() * (transport.equals("websocket") ? 1 : settings.window());
        plan.put("publishers", Math.min(accounts, connections));
        plan.put("window", settings.window());
        plan.put("warmUp", settings.warmUp());
        plan.put("seconds", settings.seconds());
        plan.put("pace", pace);
        plan.put("share", share);
        return plan;
    }

    /** The same load on the bare container, where a message goes to all watchers at once. */
    Map<String, Object> floorPlan(Settings settings) {
        Map<String, Object> plan = plan(settings);
        plan.put("server", "floor");
        plan.put("name", "floor");
        plan.put("warmUp", Math.min(settings.warmUp(), FLOOR_WARM_UP));
        plan.put("seconds", Math.min(settings.seconds(), FLOOR_SECONDS));
        plan.put("share", 0);
        if (watchers > 0) {
            int broadcasts = Math.min(accounts, BROADCASTS);
            plan.put("accounts", broadcasts);
            plan.put("watched", broadcasts);
            plan.put("publishers", broadcasts);
        }
        return plan;
    }

    /** Where one account has all watchers, the throughput is what one round, alone, comes to. */
    Map<String, Double> finished(Map<String, Double> values) {
        if (isBroadcast()) {
            values.put("throughput", watchers * 1000 / values.get("lastMillis"));
        }
        return values;
    }
}

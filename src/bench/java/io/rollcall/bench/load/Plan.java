package io.rollcall.bench.load;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * What a load generator is told to do, as {@code name=value} arguments.
 *
 * @param server {@code rollcall} or {@code floor}
 * @param transport {@code http}, {@code websocket} or {@code sse}
 * @param name begins the names of the accounts
 * @param accounts how many accounts change
 * @param stored whether they are in the database already, as the benchmark filled it
 * @param watchers how many connections watch
 * @param watched how many of the accounts each of them watches
 * @param publishers how many connections publish
 * @param window how many requests may be in flight on each, where the transport lets them
 * @param warmUp seconds
 * @param seconds of measurement
 * @param pace publications per second; 0 for as many as the server takes
 * @param share of the highest rate at which latencies are measured afterwards; 0 for not
 * @param serverPid the process of the server
 * @param otherPids the first processes of the database and of the broker, where they are not in the server
 * @param idle how many connections watch what does not change, step by step
 */
record Plan(
        String server,
        String host,
        int port,
        String transport,
        String name,
        int accounts,
        boolean stored,
        int watchers,
        int watched,
        int publishers,
        int window,
        int warmUp,
        int seconds,
        double pace,
        double share,
        long serverPid,
        int[] otherPids,
        int[] idle) {

    static Plan of(String[] arguments) {
        Map<String, String> all = new HashMap<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            all.put(argument.substring(0, equals), argument.substring(equals + 1));
        }
        return new Plan(
                all.get("server"),
                all.getOrDefault("host", "localhost"),
                Integer.parseInt(all.get("port")),
                all.get("transport"),
                all.getOrDefault("name", "bench"),
                number(all, "accounts", 1),
                Boolean.parseBoolean(all.get("stored")),
                number(all, "watchers", 0),
                number(all, "watched", 1),
                number(all, "publishers", 1),
                number(all, "window", 1),
                number(all, "warmUp", 0),
                number(all, "seconds", 10),
                Double.parseDouble(all.getOrDefault("pace", "0")),
                Double.parseDouble(all.getOrDefault("share", "0")),
                number(all, "serverPid", 0),
                numbers(all.getOrDefault("otherPids", "")),
                numbers(all.getOrDefault("idle", "")));
    }

    private static int[] numbers(String list) {
        return Arrays.stream(list.split(","))
                .filter(text -> !text.isEmpty())
                .mapToInt(Integer::parseInt)
                .toArray();
    }

    private static int number(Map<String, String> all, String name, int otherwise) {
        return Integer.parseInt(all.getOrDefault(name, Integer.toString(otherwise)));
    }

    /** The same for other accounts, which are only logged in. */
    Plan named(String otherName, int otherAccounts) {
        return new Plan(
                server, host, port, "http", otherName, otherAccounts, false, 0, 1, Math.min(publishers, otherAccounts),
                1, 0, 0, 0, 0, serverPid, otherPids, new int[0]);
    }

    boolean isFloor() {
        return server.equals("floor");
    }

    boolean isSocket() {
        return transport.equals("websocket");
    }

    /** What the bare container broadcasts is always asked for by HTTP. */
    boolean publishesOverSocket() {
        return isSocket() && !(isFloor() && watchers > 0);
    }

    /** How many watchers each account has. */
    int watchersEach() {
        return (int) ((long) watchers * watched / accounts);
    }

    /** The accounts that a watcher watches: all accounts are watched by as many. */
    int watchedBy(int watcher, int nth) {
        return (watcher + nth * (accounts / watched)) % accounts;
    }

    String account(int index) {
        return name + '-' + index + "@example.com";
    }
}

package io.rollcall.bench.load;

import java.io.IOException;
import java.util.Arrays;

/** The watching side: what each watcher has seen of each account, and how long it took to get there. */
final class Watching implements Audience {
    private static final byte[] ACCOUNT = Scan.bytes("\"account\":\"");
    private static final byte[] VERSION = Scan.bytes("\"version\":");
    private static final long NOTHING = -1;

    private final Plan plan;
    private final Publishing publishing;
    private final long[] seen;

    int opened;
    int closed;
    /** How many pairs of a watcher and an account have got their first state. */
    long begun;

    long received;
    long duplicates;
    long reordered;
    final Latencies times = new Latencies();
    final Latencies firstTimes = new Latencies();
    final Latencies lastTimes = new Latencies();

    Watching(Plan plan, Publishing publishing) {
        this.plan = plan;
        this.publishing = publishing;
        seen = new long[plan.watchers() * plan.accounts()];
        Arrays.fill(seen, NOTHING);
    }

    void clear() {
        received = 0;
        times.clear();
        firstTimes.clear();
        lastTimes.clear();
    }

    @Override
    public void opened() {
        opened++;
    }

    /** Takes a message; those that tell no version are of no interest. */
    @Override
    public void notified(int watcher, byte[] b, int from, int to) {
        int version = Scan.afterLast(b, from, to, VERSION);
        int account = Scan.after(b, from, to, ACCOUNT);
        if (version > 0 && account > 0) {
            notified(watcher, publishing.presentity(Scan.lastNumber(b, account, to)), Scan.number(b, version, to));
        }
    }

    private void notified(int watcher, Presentity account, long version) {
        int slot = watcher * plan.accounts() + account.index;
        long last = seen[slot];
        received++;
        if (version < last) {
            reordered++;
            return;
        }
        if (version == last) {
            duplicates++;
            return;
        }
        seen[slot] = version;
        account.newest = Math.max(account.newest, version);
        if (last == NOTHING) {
            begun++;
        }
        if (account.missing > 0 && last <= account.before && version > account.before) {
            arrived(account);
        }
    }

    private void arrived(Presentity account) {
        long time = System.nanoTime() - account.sentAt;
        times.record(time);
        if (account.missing == plan.watchersEach()) {
            firstTimes.record(time);
        }
        account.missing--;
        if (account.missing == 0) {
            lastTimes.record(time);
            publishing.delivered(account);
        }
    }

    @Override
    public void broken(Exception cause) {
        if (closed++ == 0) {
            System.err.println("a watcher's connection broke: " + cause);
        }
    }

    /** How many pairs of watcher and account did not end with the account's present version. */
    long lost(Target target) throws IOException {
        long lost = 0;
        for (int account = 0; account < plan.accounts() && plan.watchers() > 0; account++) {
            long version = target.version(plan.account(account));
            for (int nth = 0; nth < plan.watchers(); nth++) {
                if (isWatching(nth, account) && seen[nth * plan.accounts() + account] != version) {
                    lost++;
                }
            }
        }
        return lost;
    }

    private boolean isWatching(int watcher, int account) {
        return Math.floorMod(account - watcher, plan.accounts()) % (plan.accounts() / plan.watched()) == 0;
    }
}

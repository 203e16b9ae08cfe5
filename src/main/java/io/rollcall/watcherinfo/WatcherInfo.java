package io.rollcall.watcherinfo;

import java.util.List;

/**
 * A watcher information document (RFC 3858 §3).
 *
 * @param version 0 in the first document of a subscription, one more in each after it
 * @param full whether these are all the watchers, or only those with whom something changed
 */
public record WatcherInfo(String account, long version, boolean full, List<WatcherState> watchers) {

    public WatcherInfo {
        watchers = List.copyOf(watchers);
    }
}

package io.rollcall.subscription;

import io.rollcall.directory.Caller;

/** One who watches, over one connection. */
public interface Watcher {
    /** Who it is, with the roles it had when it connected. */
    Caller caller();
}

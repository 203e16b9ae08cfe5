package io.rollcall.notification;

import io.rollcall.directory.Caller;
import io.rollcall.document.Address;
import io.rollcall.subscription.Subscription;
import io.rollcall.subscription.Subscriptions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A watcher without a connection: it keeps what it is shown, version by version. */
public class RecordingSubscriber extends Subscriber {
    private final List<Long> versions = new CopyOnWriteArrayList<>();

    public RecordingSubscriber(String watcher, Subscriptions registry) {
        super(new Caller(watcher, Address.parse(watcher).orElseThrow(), false, false), registry);
    }

    @Override
    synchronized void show(Subscription subscription, View view, Broadcast broadcast) {
        if (view.rendition() != null) {
            versions.add(view.rendition().document().version());
        }
    }

    List<Long> versions() {
        return versions;
    }

    @Override
    protected boolean send(News waiting) {
        return false;
    }

    @Override
    protected void disconnect() {
        // never connected
    }

    @Override
    public void gone() {
        // never connected
    }
}

package io.rollcall.notification;

import io.rollcall.authorization.Mark;
import io.rollcall.composition.Composition;
import io.rollcall.document.PresenceDocument;
import io.rollcall.policy.Filter;
import io.rollcall.policy.Provision;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What an account at one version looks like, made once for all who may see the same. */
final class Renditions {
    private final Rendition whole;
    private final Map<Provision, Rendition> filtered = new ConcurrentHashMap<>(1);
    private final Map<Mark, Rendition> offline = new ConcurrentHashMap<>(1);

    Renditions(PresenceDocument document) {
        this.whole = new Rendition(document);
    }

    /** As far as it is provided. */
    Rendition of(Provision provision) {
        return provision.isEverything()
                ? whole
                : filtered.computeIfAbsent(
                        provision, some -> new Rendition(Filter.apply(whole.document(), some)));
    }

    /** As if it had gone offline at an earlier version. */
    Rendition of(Mark mark) {
        String account = whole.document().account();
        return offline.computeIfAbsent(
                mark, some -> new Rendition(Composition.offline(account, some.version(), some.lastSeen())));
    }
}

package io.rollcall.delivery;

import io.rollcall.document.PresenceDocument;
import io.rollcall.http.Format;
import io.rollcall.message.NotificationMessage;
import io.rollcall.notification.Notification;
import io.rollcall.notification.Rendition;
import io.rollcall.subscription.Outlet;
import io.rollcall.subscription.Standing;
import io.rollcall.subscription.SubscriptionList;
import io.rollcall.webhook.Outcome;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Brings news to the topic {@code rollcall.notifications}, each event as a message. */
@ApplicationScoped
class TopicCourier implements Courier {
    private static final Duration SHORTEST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(2);

    @Inject
    private NotificationTopic topic;

    @Resource
    private ManagedThreadFactory factory;

    /** One: there is one broker, and while it hangs it shall hold no more. */
    private ThreadPoolExecutor thread;

    @PostConstruct
    void start() {
        thread = new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
        thread.allowCoreThreadTimeOut(true);
    }

    @Override
    public Outcome carry(SubscriptionList list, List<Notification> news, String id, BooleanSupplier wanted) {
        Outlet outlet = Objects.requireNonNull(list.outlet());
        String watcher = list.owner().account().toString();
        List<NotificationMessage> messages = news.stream()
                .map(notification -> message(watcher, notification, outlet.format()))
                .toList();
        return topic.send(messages, wanted);
    }

    static NotificationMessage message(String watcher, Notification notification, Format format) {
        Rendition rendition = notification.rendition();
        Standing standing = notification.standing();
        PresenceDocument document = rendition == null ? null : rendition.document();
        String account = notification.account();
        return new NotificationMessage(
                notification.event(),
                watcher,
                account,
                account.substring(account.lastIndexOf('@') + 1),
                document != null
                        ? document.state().word()
                        : Objects.requireNonNull(standing).status().word(),
                document == null ? null : document.state().basic().word(),
                document == null ? null : document.version(),
                new String(notification.data(format), StandardCharsets.UTF_8));
    }

    @Override
    public Executor threads(boolean failing) {
        return thread;
    }

    @Override
    public Backoff backoff() {
        return new Backoff(SHORTEST, LONGEST, new Random());
    }

    /** A broker comes back. */
    @Override
    public boolean givesUpAfter(Duration failing) {
        return false;
    }
}

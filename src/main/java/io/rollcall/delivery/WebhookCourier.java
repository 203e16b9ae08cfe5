package io.rollcall.delivery;

import io.rollcall.http.Format;
import io.rollcall.notification.Notification;
import io.rollcall.subscription.Outlet;
import io.rollcall.subscription.SubscriptionList;
import io.rollcall.webhook.Outcome;
import io.rollcall.webhook.Webhooks;
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
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Brings news to webhooks, several events a request, each as it would come over WebSocket. */
@ApplicationScoped
class WebhookCourier implements Courier {
    private static final int THREADS = 32;
    private static final int THREADS_FOR_FAILING = 16;
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    @Inject
    private Webhooks webhooks;

    @Inject
    @ConfigProperty(name = "rollcall.webhooks.give-up", defaultValue = "P1D")
    private Duration patience;

    @Resource
    private ManagedThreadFactory factory;

    private ThreadPoolExecutor threads;
    private ThreadPoolExecutor threadsForFailing;

    @PostConstruct
    void start() {
        threads = pool(THREADS);
        threadsForFailing = pool(THREADS_FOR_FAILING);
    }

    private ThreadPoolExecutor pool(int size) {
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(size, size, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    @Override
    public Outcome carry(SubscriptionList list, List<Notification> news, String id, BooleanSupplier wanted) {
        Outlet outlet = Objects.requireNonNull(list.outlet());
        byte[] body = body(list.id(), news, outlet.format()).getBytes(StandardCharsets.UTF_8);
        return webhooks.post(
                Objects.requireNonNull(outlet.url()), Objects.requireNonNull(outlet.secret()), id, body, wanted);
    }

    static String body(String list, List<Notification> news, Format format) {
        return news.stream()
                .map(notification -> notification.message(format))
                .collect(Collectors.joining(",", "{\"subscription\":\"" + list + "\",\"events\":[", "]}"));
    }

    @Override
    public Executor threads(boolean failing) {
        return failing ? threadsForFailing : threads;
    }

    @Override
    public Backoff backoff() {
        return new Backoff(SHORTEST, LONGEST, new Random());
    }

    @Override
    public boolean givesUpAfter(Duration failing) {
        return failing.compareTo(patience) > 0;
    }
}

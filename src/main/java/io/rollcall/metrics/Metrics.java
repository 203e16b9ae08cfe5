package io.rollcall.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.function.Supplier;

/** The meters of this node. */
@ApplicationScoped
public class Metrics {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics gc = new JvmGcMetrics();
    private final Counter notifications = Counter.builder("rollcall.notifications")
            .description("Presence documents and changes of subscriptions sent to watchers")
            .register(registry);
    private final Timer delivery = Timer.builder("rollcall.delivery")
            .description("From the commit of a publication until it was handed to its last connected watcher")
            .publishPercentileHistogram()
            .minimumExpectedValue(Duration.ofMillis(1))
            .maximumExpectedValue(Duration.ofSeconds(10))
            .register(registry);

    public Metrics() {
        gc.bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        for (Alarm alarm : Alarm.values()) {
            FunctionCounter.builder("rollcall.alarms", alarm, Alarm::raised)
                    .description("What somebody should look into, by the code in the log; README.md says what to do")
                    .tag("code", alarm.code())
                    .register(registry);
        }
    }

    @PreDestroy
    void close() {
        gc.close();
        registry.close();
    }

    /** A counter of publications of one kind: {@code login}, {@code modify}, {@code refresh}, {@code logout}, {@code expire}. */
    public Counter publications(String action) {
        return counter("rollcall.publications", "Publications stored", "action", action);
    }

    /** A counter of publications refused for one kind of problem. */
    public Counter refusals(String problem) {
        return counter(
                "rollcall.publications.refused",
                "Publications refused; condition_failed counts conflicts of entity-tags",
                "problem",
                problem);
    }

    /** A counter of events that services outside took, by {@code jms} or {@code webhook}. */
    public Counter delivered(String delivery) {
        return counter("rollcall.deliveries.sent", "Events of lists that services outside took", "delivery", delivery);
    }

    /** A counter of attempts in vain to bring events to services outside. */
    public Counter deliveryFailures(String delivery) {
        return counter(
                "rollcall.deliveries.failed",
                "Attempts in vain to bring events of lists to services outside",
                "delivery",
                delivery);
    }

    /** A counter of watchers whose connections this node ended, for one reason. */
    public Counter givenUp(String reason) {
        return counter(
                "rollcall.watchers.given.up",
                "Connections ended for watchers that are silent, or that leave too much unread",
                "reason",
                reason);
    }

    private Counter counter(String name, String description, String tag, String value) {
        return Counter.builder(name).description(description).tag(tag, value).register(registry);
    }

    /** How many publications were stored on this node since it started. */
    public double publications() {
        return registry.find("rollcall.publications").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    /** How many watchers are connected to this node. */
    public long watchers() {
        Gauge gauge = registry.find("rollcall.watchers").gauge();
        return gauge == null ? 0 : (long) gauge.value();
    }

    public Counter notifications() {
        return notifications;
    }

    public Timer delivery() {
        return delivery;
    }

    /** Shows a number that others keep. */
    public void gauge(String name, String description, Supplier<Number> number) {
        Gauge.builder(name, number)
                .description(description)
                .register(registry);
    }

    /** All meters in the text format of Prometheus. */
    public String scrape() {
        return registry.scrape();
    }
}

package io.rollcall.web;

import io.rollcall.directory.Directory;
import io.rollcall.presentity.ChangeLog;
import io.rollcall.presentity.ChangeTopic;
import io.rollcall.presentity.Changes;
import io.rollcall.server.ServerStop;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/** What {@code /health} tells: whether this node has started, is alive, and has what it needs to serve. */
@ApplicationScoped
public class Health {
    @Inject
    private ChangeLog log;

    @Inject
    private ChangeTopic topic;

    @Inject
    private Changes changes;

    @Inject
    private Directory directory;

    @Inject
    private ServerStop stop;

    @Produces
    @Startup
    HealthCheck started() {
        return () -> HealthCheckResponse.named("started").status(changes.running()).build();
    }

    /** The thread that stores changes is what a restart would bring back. */
    @Produces
    @Liveness
    HealthCheck writer() {
        return () -> HealthCheckResponse.named("writer")
                .status(changes.running())
                .withData("waiting", changes.waiting())
                .build();
    }

    @Produces
    @Readiness
    HealthCheck database() {
        return () -> {
            try {
                return HealthCheckResponse.named("database")
                        .up()
                        .withData("lastChange", log.lastNumber())
                        .build();
            } catch (RuntimeException unreachable) {
                return HealthCheckResponse.down("database");
            }
        };
    }

    /** Down as soon as the server begins to stop. */
    @Produces
    @Readiness
    HealthCheck serving() {
        return () -> HealthCheckResponse.named("serving").status(!stop.hasBegun()).build();
    }

    /** Never down: without the broker this node stores changes and finds them by polling, as well as any other. */
    @Produces
    @Readiness
    HealthCheck broker() {
        return () -> HealthCheckResponse.named("broker")
                .up()
                .withData("reachable", topic.reachable())
                .withData("silence", topic.silence().toSeconds())
                .build();
    }

    /** Down until the directory was read once: nobody's groups are known before. Afterwards what was read holds. */
    @Produces
    @Readiness
    HealthCheck directory() {
        return () -> directory.exists()
                ? HealthCheckResponse.named("directory")
                        .status(directory.isKnown())
                        .withData("available", directory.isAvailable())
                        .withData("people", directory.size())
                        .withData("age", directory.age().toSeconds())
                        .build()
                : HealthCheckResponse.up("directory");
    }
}

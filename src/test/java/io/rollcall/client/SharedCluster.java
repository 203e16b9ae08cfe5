package io.rollcall.client;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** One cluster for all classes of tests that want one: starting it takes longer than most of them. */
public final class SharedCluster implements BeforeAllCallback {
    /** The order of such classes: after all others, so that there is no cluster while these run. */
    public static final int LAST = 2_000_000_000;

    private static Cluster cluster;

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getRoot()
                .getStore(Namespace.create(SharedCluster.class))
                .getOrComputeIfAbsent(Cluster.class, any -> started());
    }

    private static AutoCloseable started() {
        cluster = Cluster.start();
        return cluster::close;
    }

    public static Cluster cluster() {
        return cluster;
    }
}

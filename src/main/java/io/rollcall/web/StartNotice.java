package io.rollcall.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Locale;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Says at the start what whoever started the server should know, and keeps it from starting where nobody should. */
@ApplicationScoped
class StartNotice {
    private static final Logger LOG = Logger.getLogger(StartNotice.class.getName());

    @Inject
    @ConfigProperty(name = "rollcall.demo", defaultValue = "false")
    private boolean demo;

    @Inject
    @ConfigProperty(name = "rollcall.demo.anywhere", defaultValue = "false")
    private boolean anywhere;

    @Inject
    @ConfigProperty(name = "rollcall.host", defaultValue = "localhost")
    private String host;

    void start(@Observes @Initialized(ApplicationScoped.class) Object started) {
        if (demo) {
            if (!anywhere) {
                endUnlessLoopback();
            }
            LOG.warning("DEMO SIGN-IN, NOT FOR PRODUCTION: everybody's password is the name (alice, bob, carol, dave, "
                    + "zoe, admin, service). Choose other users with ROLLCALL_USERS_KIND; see liberty/SIGN-IN.md");
        }
    }

    /** Also the container, which would go on listening there, with a page of its own. */
    private void endUnlessLoopback() {
        try {
            mustBeLoopback(host);
        } catch (IllegalStateException refused) {
            LOG.severe(refused.getMessage());
            // of its own: the end waits for the start, which waits for this
            new Thread(() -> System.exit(1), "rollcall-refusal").start();
            throw refused;
        }
    }

    /** @throws IllegalStateException saying what to set, if others than this machine can reach that address */
    static void mustBeLoopback(String host) {
        String plain = host.strip().toLowerCase(Locale.ROOT).replaceAll("[\\[\\]]", "");
        // no look-up: what a name stands for may be another address for the container
        if (!plain.equals("localhost") && !plain.matches("127(\\.\\d{1,3}){3}|(0{0,4}:){1,7}0{0,3}1")) {
            throw new IllegalStateException("The passwords of the demo sign-in are public, and it would listen on " + host
                    + ". Choose other users with ROLLCALL_USERS_KIND (see liberty/SIGN-IN.md), listen on"
                    + " ROLLCALL_HOST=localhost, or, where nobody else can reach it, set ROLLCALL_DEMO_ANYWHERE=true");
        }
    }
}

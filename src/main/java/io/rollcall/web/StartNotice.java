package io.rollcall.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Says at the start what whoever started the server should know. */
@ApplicationScoped
class StartNotice {
    private static final Logger LOG = Logger.getLogger(StartNotice.class.getName());

    @Inject
    @ConfigProperty(name = "rollcall.demo", defaultValue = "false")
    private boolean demo;

    void start(@Observes @Initialized(ApplicationScoped.class) Object started) {
        if (demo) {
            LOG.warning("DEMO SIGN-IN, NOT FOR PRODUCTION: everybody's password is the name (alice, bob, carol, dave, "
                    + "zoe, admin, service). Choose other users with ROLLCALL_USERS_KIND; see README.md");
        }
    }
}

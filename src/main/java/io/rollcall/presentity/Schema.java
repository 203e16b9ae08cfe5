package io.rollcall.presentity;

import java.util.logging.Level;
import java.util.logging.Logger;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.hibernate.boot.Metadata;
import org.hibernate.boot.spi.BootstrapContext;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.integrator.spi.Integrator;
import org.hibernate.service.spi.SessionFactoryServiceRegistry;

/**
 * Brings the database's tables up to what this release needs. Hibernate calls it while it starts, before it compares the
 * tables with the entities; the container promises no other order.
 */
public class Schema implements Integrator {
    private static final Logger FLYWAY_VERSION_CHECK =
            Logger.getLogger("org.flywaydb.core.internal.database.base.Database");

    @Override
    public void integrate(Metadata metadata, BootstrapContext context, SessionFactoryImplementor sessions) {
        // it warns of every H2 that is newer than itself; that this one works is what the tests show
        FLYWAY_VERSION_CHECK.setLevel(Level.SEVERE);
        Flyway.configure(Schema.class.getClassLoader())
                .dataSource(dataSource())
                .locations("classpath:db-migrations")
                .failOnMissingLocations(true)
                .load()
                .migrate();
    }

    @Override
    public void disintegrate(SessionFactoryImplementor sessions, SessionFactoryServiceRegistry services) {
        // tables stay
    }

    private static DataSource dataSource() {
        try {
            return (DataSource) new InitialContext().lookup("jdbc/rollcall");
        } catch (NamingException missing) {
            throw new IllegalStateException("The server has no data source jdbc/rollcall", missing);
        }
    }
}

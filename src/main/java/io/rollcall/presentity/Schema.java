package io.rollcall.presentity;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
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
        DataSource source = dataSource();
        Flyway.configure(Schema.class.getClassLoader())
                .dataSource(source)
                .locations("classpath:db-migrations")
                .failOnMissingLocations(true)
                .placeholders(Map.of("postgresql", isPostgres(source) ? "" : "-- "))
                .load()
                .migrate();
    }

    @Override
    public void disintegrate(SessionFactoryImplementor sessions, SessionFactoryServiceRegistry services) {
        // tables stay
    }

    /** What begins with this placeholder in a migration is for PostgreSQL alone, and elsewhere a comment. */
    private static boolean isPostgres(DataSource source) {
        try (Connection connection = source.getConnection()) {
            return connection.getMetaData().getDatabaseProductName().equals("PostgreSQL");
        } catch (SQLException away) {
            throw new IllegalStateException("The database cannot be reached", away);
        }
    }

    private static DataSource dataSource() {
        try {
            return (DataSource) new InitialContext().lookup("jdbc/rollcall");
        } catch (NamingException missing) {
            throw new IllegalStateException("The server has no data source jdbc/rollcall", missing);
        }
    }
}

package io.rollcall.presentity;

import java.util.Hashtable;
import java.util.List;
import java.util.function.Function;
import javax.naming.Context;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.naming.spi.InitialContextFactory;
import org.h2.jdbcx.JdbcDataSource;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.hibernate.cfg.Configuration;

/** The tables as the migrations make them, in memory, with something that may happen while they are read. */
final class Tables extends Database implements AutoCloseable {
    private static final JdbcDataSource SOURCE = new JdbcDataSource();

    private final SessionFactory sessions;
    private Runnable beforeTheNextStatement = () -> {};
    private Runnable afterReading = () -> {};

    Tables(String name) {
        SOURCE.setURL("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1");
        System.setProperty(Context.INITIAL_CONTEXT_FACTORY, Names.class.getName());
        Configuration configuration = new Configuration()
                .addAnnotatedClass(Account.class)
                .addAnnotatedClass(Presentity.class)
                .setStatementInspector(this::inspected);
        configuration.getProperties().put("hibernate.connection.datasource", SOURCE);
        sessions = configuration.buildSessionFactory();
        System.clearProperty(Context.INITIAL_CONTEXT_FACTORY);
    }

    /** The server's names: that of the data source alone. */
    public static final class Names implements InitialContextFactory {
        @Override
        public Context getInitialContext(Hashtable<?, ?> environment) throws NamingException {
            return new InitialContext(true) {
                @Override
                public Object lookup(String name) {
                    return SOURCE;
                }
            };
        }
    }

    private String inspected(String sql) {
        Runnable first = beforeTheNextStatement;
        beforeTheNextStatement = () -> {};
        first.run();
        return sql;
    }

    /** Has this happen when the reading that comes next has sent its first statement and sends another one. */
    void betweenStatements(Runnable meanwhile) {
        beforeTheNextStatement = () -> beforeTheNextStatement = meanwhile;
    }

    /** Has this happen when what is read next was read, and nobody has it yet. */
    void afterReading(Runnable meanwhile) {
        afterReading = meanwhile;
    }

    @Override
    public <T> T read(Function<StatelessSession, T> work) {
        T read;
        try (StatelessSession session = sessions.openStatelessSession()) {
            read = work.apply(session);
        }
        Runnable meanwhile = afterReading;
        afterReading = () -> {};
        meanwhile.run();
        return read;
    }

    /** Stores a change as another node would, and gives what is announced of it. */
    ChangeGroup.Announced store(AccountPresence before, AccountPresence after) {
        Transition transition = new Transition(before, after);
        inTransaction(session -> GroupStore.store(session, List.of(transition), Examples.NOON.toEpochMilli()));
        return ChangeGroup.announced(transition);
    }

    @Override
    public <T> T inTransaction(Function<StatelessSession, T> work) {
        try (StatelessSession session = sessions.openStatelessSession()) {
            session.beginTransaction();
            T result = work.apply(session);
            Database.flush(session);
            session.getTransaction().commit();
            return result;
        }
    }

    @Override
    public void close() {
        sessions.close();
    }
}

package io.rollcall.presentity;

import io.rollcall.metrics.Alarm;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceUnit;
import jakarta.transaction.UserTransaction;
import java.sql.SQLException;
import java.util.function.Function;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.hibernate.JDBCException;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.hibernate.exception.ConstraintViolationException;
import org.hibernate.exception.JDBCConnectionException;

/** Runs work in a transaction of its own. Sessions are stateless: every statement is one that somebody wrote down. */
@ApplicationScoped
public class Database {
    private static final Logger LOG = Logger.getLogger(Database.class.getName());

    private static final Pattern AWAY = Pattern.compile("08|53|57P");

    @PersistenceUnit(unitName = "rollcall")
    private EntityManagerFactory entityManagers;

    @Resource
    private UserTransaction transaction;

    /**
     * Reads without a transaction of its own, or within the caller's.
     *
     * @throws Problem {@link Kind#UNAVAILABLE} if the database does not answer
     */
    public <T> T read(Function<StatelessSession, T> work) {
        try (StatelessSession session = sessions().openStatelessSession()) {
            return work.apply(session);
        } catch (JDBCException failure) {
            Alarm.NOT_READ.raise(LOG, "The database cannot be read", failure);
            throw Problem.forNow("What is stored cannot be read just now; try again", failure);
        }
    }

    /**
     * Works in one transaction: all of it is stored, or nothing.
     *
     * @throws RuntimeException what the work threw, after the roll-back; {@link StoreUnavailable} if the commit failed
     */
    public <T> T inTransaction(Function<StatelessSession, T> work) {
        begin();
        T result;
        try (StatelessSession session = sessions().openStatelessSession()) {
            result = work.apply(session);
            // a stateless session drops what it has not sent yet when it is closed
            flush(session);
        } catch (RuntimeException | Error failure) {
            rollBack(failure);
            throw failure;
        }
        commit();
        return result;
    }

    /**
     * Stores in one transaction what somebody asks for, and waits to be told of.
     *
     * @throws Problem {@link Kind#UNAVAILABLE} if the database does not take it; nothing of it is stored then, unless its answer
     *     to the commit was lost
     * @throws ConstraintViolationException if somebody else was faster
     */
    public <T> T store(Function<StatelessSession, T> work) {
        try {
            return inTransaction(work);
        } catch (ConstraintViolationException another) {
            throw another;
        } catch (JDBCException | StoreUnavailable failure) {
            Alarm.NOT_STORED.raise(LOG, "The database does not take what somebody asks for", failure);
            throw Problem.forNow("It cannot be stored just now; try again", failure);
        }
    }

    /**
     * Whether something failed because the database is away, full, or has no connections left (SQLSTATE classes 08, 53 and
     * 57P): whatever had been asked of it would have failed too.
     */
    static boolean isAway(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof JDBCConnectionException
                    || cause instanceof SQLException sql
                            && sql.getSQLState() != null
                            && AWAY.matcher(sql.getSQLState()).lookingAt()) {
                return true;
            }
        }
        return false;
    }

    /** Sends what the session still gathers to be sent together. */
    static void flush(StatelessSession session) {
        ((SharedSessionContractImplementor) session).getJdbcCoordinator().executeBatch();
    }

    private SessionFactory sessions() {
        return entityManagers.unwrap(SessionFactory.class);
    }

    private void begin() {
        try {
            transaction.begin();
        } catch (Exception failure) {
            throw new StoreUnavailable("no transaction could be begun", failure);
        }
    }

    private void commit() {
        try {
            transaction.commit();
        } catch (Exception failure) {
            throw new StoreUnavailable("the transaction could not be committed", failure);
        }
    }

    private void rollBack(Throwable reason) {
        try {
            transaction.rollback();
        } catch (Exception failure) {
            reason.addSuppressed(failure);
        }
    }

    /** The database did not take it. */
    public static final class StoreUnavailable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        StoreUnavailable(String message, Throwable cause) {
            super(message, cause);
        }
    }
}

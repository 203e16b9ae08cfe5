package io.rollcall.notification;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The threads that write to connections. The container's flush waits for as long as the other side does not read; so
 * whoever brings a change leaves the writing to these few threads, and where all of them hang another one takes over
 * what waits. They are not the container's, so that clients that do not read hold up no request.
 */
@ApplicationScoped
class Writers implements Executor {
    private static final int FEW = Math.max(2, Runtime.getRuntime().availableProcessors());
    private static final int MOST = 200;
    private static final int CLOSING = 8;
    private static final long IDLE_SECONDS = 10;

    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger threads = new AtomicInteger();
    private final AtomicLong done = new AtomicLong();
    private long doneBefore;

    @Resource
    private ManagedThreadFactory factory;

    private ExecutorService pool;
    private ThreadPoolExecutor closing;

    @PostConstruct
    void start() {
        closing = new ThreadPoolExecutor(CLOSING, CLOSING, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
        closing.allowCoreThreadTimeOut(true);
        pool = new ThreadPoolExecutor(0, MOST, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), factory);
    }

    @PreDestroy
    void stop() {
        pool.shutdown();
        closing.shutdown();
    }

    @Override
    public void execute(Runnable write) {
        waiting.add(write);
        startUpTo(FEW);
    }

    /**
     * Closes a connection, which waits for a thread of the container's: where many are closed at once, on its own threads, they
     * would all wait for each other.
     */
    void close(Runnable close) {
        try {
            closing.execute(close);
        } catch (RejectedExecutionException stopping) {
            close.run();
        }
    }

    /** To be called every few milliseconds: starts a thread more if nothing was written since the last time. */
    void relieve() {
        long now = done.get();
        if (now == doneBefore && !waiting.isEmpty()) {
            startUpTo(MOST);
        }
        doneBefore = now;
    }

    /** Writes what still waits, on the caller's thread; for the end, when there may be no others any more. */
    void finish() {
        for (Runnable write = waiting.poll(); write != null; write = waiting.poll()) {
            write.run();
            done.incrementAndGet();
        }
    }

    private void startUpTo(int most) {
        int running = threads.get();
        while (running < most) {
            if (threads.compareAndSet(running, running + 1)) {
                startOne();
                return;
            }
            running = threads.get();
        }
    }

    private void startOne() {
        try {
            pool.execute(this::writeAll);
        } catch (RejectedExecutionException stopping) {
            // what waits is written by whoever calls finish
            threads.decrementAndGet();
        }
    }

    private void writeAll() {
        try {
            finish();
        } finally {
            threads.decrementAndGet();
        }
        // what came between the last look and the end of this thread
        if (!waiting.isEmpty()) {
            startUpTo(FEW);
        }
    }
}

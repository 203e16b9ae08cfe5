package io.rollcall.client;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.Message;
import jakarta.jms.Queue;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.api.core.management.ResourceNames;
import org.apache.activemq.artemis.api.jms.management.JMSManagementHelper;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/** An ActiveMQ Artemis broker in a process of its own; it ends with the test, at the latest with the tests' process. */
public final class BrokerProcess implements AutoCloseable {
    private static final String USER = "rollcall";
    private static final String PASSWORD = "secret of the broker";

    private static final File LOG = new File("target/it-broker.log");

    private final int port = FreePort.find();
    private Process process;

    /** How a server is told to use it. */
    public Map<String, String> settings() {
        return Map.of(
                "ROLLCALL_JMS_KIND", "artemis",
                "ROLLCALL_JMS_PORT", String.valueOf(port),
                "ROLLCALL_JMS_USER", USER,
                "ROLLCALL_JMS_PASSWORD", PASSWORD);
    }

    /** Connects a service to it. */
    public OtherService connect() {
        return new OtherService(connections());
    }

    /** How another service than a node gets to it. */
    public ConnectionFactory connections() {
        return new ActiveMQConnectionFactory("tcp://localhost:" + port, USER, PASSWORD);
    }

    /** How many take from a queue. */
    public int takers(String queue) {
        return number(ResourceNames.QUEUE + queue, "consumerCount");
    }

    /** How many messages all its queues hold. */
    public int messages() {
        return number(ResourceNames.BROKER, "totalMessageCount");
    }

    private int number(String resource, String attribute) {
        try (JMSContext context = connections().createContext()) {
            Message question = context.createMessage();
            JMSManagementHelper.putAttribute(question, resource, attribute);
            Queue answers = context.createTemporaryQueue();
            question.setJMSReplyTo(answers);
            context.createProducer().send(context.createQueue("activemq.management"), question);
            Message answer = context.createConsumer(answers).receive(Await.PATIENCE.toMillis());
            return JMSManagementHelper.hasOperationSucceeded(answer)
                    ? ((Number) JMSManagementHelper.getResult(answer)).intValue()
                    : 0;
        } catch (Exception broken) {
            throw new AssertionError(broken);
        }
    }

    /** Starts it, for the first time or again, with nothing in it, and waits until it listens. */
    public void start() {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                Broker.class.getName(),
                Integer.toString(port),
                USER,
                PASSWORD);
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(LOG));
        try {
            process = builder.start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        Await.until("the broker listens; see " + LOG, () -> {
            if (!process.isAlive()) {
                throw new AssertionError("The broker has ended; see " + LOG);
            }
            return listens();
        });
    }

    private boolean listens() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Has it keep its connections and do nothing, until {@link #thaw}. */
    public void freeze() {
        signal("-STOP");
    }

    public void thaw() {
        signal("-CONT");
    }

    private void signal(String signal) {
        try {
            new ProcessBuilder("kill", signal, Long.toString(process.pid())).start().onExit().join();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Ends it without warning. */
    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
            process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
        }
    }
}

package io.rollcall.server;

import io.rollcall.metrics.Alarm;
import jakarta.enterprise.context.ApplicationScoped;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.logging.Logger;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** The connections of message-driven beans to what they listen to, as Open Liberty lets operators control them. */
@ApplicationScoped
public class MessageEndpoints {
    private static final Logger LOG = Logger.getLogger(MessageEndpoints.class.getName());
    private static final String CONTROL = "WebSphere:feature=kernel,name=ServerEndpointControl";
    private static final String[] ONE_NAME = {String.class.getName()};

    /** Ends a bean's connection and makes a new one. A container that has no such control keeps the connection. */
    public void connectAnew(String bean) {
        try {
            MBeanServer server = ManagementFactory.getPlatformMBeanServer();
            ObjectName control = new ObjectName(CONTROL);
            for (Object endpoint : (List<?>) server.invoke(control, "listEndpoints", null, null)) {
                // application#module#bean
                if (endpoint.toString().endsWith('#' + bean)) {
                    server.invoke(control, "pause", new Object[] {endpoint}, ONE_NAME);
                    server.invoke(control, "resume", new Object[] {endpoint}, ONE_NAME);
                }
            }
        } catch (JMException unable) {
            Alarm.CONTAINER.raise(LOG, "The container cannot connect " + bean + " anew; a restart of the server would", unable);
        }
    }
}

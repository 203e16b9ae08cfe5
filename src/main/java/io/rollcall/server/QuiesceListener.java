package io.rollcall.server;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Dictionary;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Has Open Liberty call back when it begins to stop. Jakarta EE tells an application only when it is being taken away, after
 * the container has waited in vain, for half a minute, for open streams to end. Liberty's interface for this,
 * {@code ServerQuiesceListener}, is meant for its extensions: a service of its OSGi framework, of which an application sees
 * nothing. So it is reached by reflection, through a class that the container gave.
 */
final class QuiesceListener {
    private static final Logger LOG = Logger.getLogger(QuiesceListener.class.getName());
    private static final String BUNDLE = "com.ibm.ws.kernel.service";
    private static final String INTERFACE = "com.ibm.wsspi.kernel.service.utils.ServerQuiesceListener";

    private final Object registration;
    private final Method unregister;

    private QuiesceListener(Object registration, Method unregister) {
        this.registration = registration;
        this.unregister = unregister;
    }

    /**
     * @param containers any class of the container's
     * @param stopping is run when the stop begins; the container waits for it
     * @throws ReflectiveOperationException if it is another container
     */
    static QuiesceListener register(Class<?> containers, Runnable stopping) throws ReflectiveOperationException {
        Framework framework = new Framework(containers.getClassLoader());
        Object bundle = framework.bundle(BUNDLE);
        Class<?> listener = (Class<?>) framework.method("Bundle", "loadClass", String.class).invoke(bundle, INTERFACE);
        Object registration = framework.method("BundleContext", "registerService", String.class, Object.class, Dictionary.class)
                .invoke(framework.context(bundle), INTERFACE, proxy(listener, stopping), null);
        return new QuiesceListener(registration, framework.method("ServiceRegistration", "unregister"));
    }

    private static Object proxy(Class<?> listener, Runnable stopping) {
        return Proxy.newProxyInstance(listener.getClassLoader(), new Class<?>[] {listener}, (proxy, method, arguments) ->
                switch (method.getName()) {
                    case "serverStopping" -> {
                        stopping.run();
                        yield null;
                    }
                    case "equals" -> proxy == arguments[0];
                    case "hashCode" -> System.identityHashCode(proxy);
                    default -> listener.getName();
                });
    }

    void unregister() {
        try {
            unregister.invoke(registration);
        } catch (ReflectiveOperationException alreadyGone) {
            LOG.log(Level.FINE, "The framework was faster", alreadyGone);
        }
    }

    /** The OSGi framework, seen from the class loader of one of its bundles. */
    private record Framework(ClassLoader ofBundle) {
        Method method(String type, String name, Class<?>... parameters) throws ReflectiveOperationException {
            return ofBundle.getClass()
                    .getClassLoader()
                    .loadClass("org.osgi.framework." + type)
                    .getMethod(name, parameters);
        }

        Object context(Object bundle) throws ReflectiveOperationException {
            return method("Bundle", "getBundleContext").invoke(bundle);
        }

        Object bundle(String name) throws ReflectiveOperationException {
            Object any = method("BundleReference", "getBundle").invoke(ofBundle);
            for (Object bundle : (Object[]) method("BundleContext", "getBundles").invoke(context(any))) {
                if (name.equals(method("Bundle", "getSymbolicName").invoke(bundle))) {
                    return bundle;
                }
            }
            throw new ClassNotFoundException("There is no bundle " + name);
        }
    }
}

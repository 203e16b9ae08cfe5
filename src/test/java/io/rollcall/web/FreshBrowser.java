package io.rollcall.web;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives each test a browser of its own, which is closed after it; skips them where there is none. */
final class FreshBrowser implements BeforeAllCallback, ParameterResolver {
    private static final Namespace SPACE = Namespace.create(FreshBrowser.class);

    @Override
    public void beforeAll(ExtensionContext tests) {
        Browser.mustBeInstalled();
    }

    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
        return ExtensionContextScope.TEST_METHOD;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == Browser.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
        Browser browser = new Browser();
        test.getStore(SPACE).put(browser, (AutoCloseable) browser::close);
        return browser;
    }
}

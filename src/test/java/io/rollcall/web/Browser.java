package io.rollcall.web;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.support.ui.WebDriverWait;

/** A fresh browser in front of the running server, and the server's HTTP interface beside it. */
public final class Browser implements AutoCloseable {

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final String SERVER = System.getProperty("rollcall.url", "http://localhost:9080");
    private static final Queue<Chromium> IDLE = new ConcurrentLinkedQueue<>();
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(30);

    private final HttpClient http = HttpClient.newHttpClient();
    private final String server;
    private final Chromium chromium;
    private final ChromeDriver driver;

    /** In front of the server that the tests share. */
    public Browser() {
        this(SERVER);
    }

    /** In front of another server. */
    public Browser(String server) {
        this.server = server;
        Chromium free = IDLE.poll();
        chromium = free == null ? Chromium.start() : free;
        driver = chromium.driver;
        driver.switchTo().newWindow(WindowType.TAB);
        // Counts the live connections that a page opens: a page cannot be asked for them afterwards.
        driver.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", """
                window.streams = [];
                window.WebSocket = class extends WebSocket {
                  constructor(...all) { super(...all); window.streams.push(this); }
                };"""));
    }

    /** The program; starting it takes as long as most tests, so that they hand it on. One window of it is never used. */
    private record Chromium(ChromeDriver driver, String window) {
        static Chromium start() {
            ChromeOptions options = new ChromeOptions();
            options.setBinary(CHROMIUM.toFile());
            options.addArguments("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run");
            // the provider of OpenID Connect has signed its own
            options.addArguments("--ignore-certificate-errors");
            options.addArguments("--disable-background-networking", "--disable-component-update", "--disable-sync");
            ChromeDriver driver = new ChromeDriver(
                    new ChromeDriverService.Builder()
                            .usingDriverExecutable(DRIVER.toFile())
                            .build(),
                    options);
            Runtime.getRuntime().addShutdownHook(new Thread(driver::quit));
            return new Chromium(driver, driver.getWindowHandle());
        }

        /** Leaves no page, no cookie, nothing stored. */
        void clear(String server) {
            for (String opened : driver.getWindowHandles()) {
                if (!opened.equals(window)) {
                    driver.switchTo().window(opened).close();
                }
            }
            driver.switchTo().window(window);
            driver.executeCdpCommand("Network.clearBrowserCookies", Map.of());
            driver.executeCdpCommand("Storage.clearDataForOrigin", Map.of("origin", server, "storageTypes", "all"));
        }
    }

    /** Skips where there is no browser; on the build server that is a failure. */
    public static void mustBeInstalled() {
        boolean installed = Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER);
        String message = "The pages are not tested: " + CHROMIUM + " or " + DRIVER + " is missing";
        if (!installed && "true".equals(System.getenv("CI"))) {
            throw new AssertionError(message);
        }
        Assumptions.assumeTrue(installed, message);
    }

    public void open(String path) {
        driver.get(server + path);
    }

    public void signIn(String name, String password) {
        open("/login.html");
        element("#name").sendKeys(name);
        element("#password").sendKeys(password);
        element("main button").click();
    }

    public WebElement element(String css) {
        return driver.findElement(By.cssSelector(css));
    }

    public int count(String css) {
        return driver.findElements(By.cssSelector(css)).size();
    }

    public String title() {
        return driver.getTitle();
    }

    public Object script(String source) {
        return driver.executeScript(source);
    }

    /** What the browser complained of since it was asked last. */
    public List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(LogEntry::getMessage)
                .toList();
    }

    public void network(boolean connected) {
        driver.executeCdpCommand("Network.enable", Map.of());
        driver.executeCdpCommand(
                "Network.emulateNetworkConditions",
                Map.of("offline", !connected, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
    }

    public void until(String what, BooleanSupplier holds) {
        new WebDriverWait(driver, PATIENCE, BETWEEN_LOOKS)
                .withMessage(what)
                .ignoring(NoSuchElementException.class, StaleElementReferenceException.class)
                .until(anything -> holds.getAsBoolean());
    }

    public void untilText(String css, String text) {
        until(css + " shows: " + text, () -> element(css).getText().contains(text));
    }

    public void untilAttribute(String css, String name, String value) {
        until(css + " has " + name + " = " + value, () -> value.equals(element(css).getDomAttribute(name)));
    }

    /** A request as somebody else, whose password is the name; JSON both ways. */
    public HttpResponse<String> api(String name, String method, String path, String json, String... headers) {
        String credentials = Base64.getEncoder().encodeToString((name + ":" + name).getBytes(StandardCharsets.UTF_8));
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server + path))
                .method(method, BodyPublishers.ofString(json))
                .header("Authorization", "Basic " + credentials)
                .header("Accept", "application/json")
                .header("Content-Type", "application/json");
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException problem) {
            throw new AssertionError(method + " " + path, problem);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(method + " " + path, interrupted);
        }
    }

    @Override
    public void close() {
        chromium.clear(server);
        IDLE.add(chromium);
    }
}

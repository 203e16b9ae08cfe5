package io.rollcall;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import org.assertj.core.api.Assertions;
import org.jboss.shrinkwrap.api.ArchivePaths;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** What tests inside the server deploy. */
public final class Inside {
    private Inside() {}

    /** The WAR as it is shipped, but open to the requests that run the tests, and with classes that these need. */
    public static WebArchive application(Class<?>... ofTests) throws IOException, URISyntaxException {
        File shipped = new File(System.getProperty("rollcall.war"));
        WebArchive war = ShrinkWrap.createFromZipFile(WebArchive.class, shipped);
        String descriptor = new String(
                war.get("WEB-INF/web.xml").getAsset().openStream().readAllBytes(), StandardCharsets.UTF_8);
        war.delete(ArchivePaths.create("WEB-INF/web.xml"));
        File assertions = new File(
                Assertions.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        return ShrinkWrap.create(WebArchive.class, "rollcall.war")
                .merge(war)
                .setWebXML(new StringAsset(withoutPageFilter(descriptor).replace("<absolute-ordering/>", "")))
                .addClasses(Inside.class)
                .addClasses(ofTests)
                .addAsLibrary(assertions);
    }

    /** It would lead the requests that run the tests to the sign-in page. */
    private static String withoutPageFilter(String descriptor) {
        return descriptor.replaceAll(
                "(?s)<(filter|filter-mapping)>\\s*<filter-name>PageFilter</filter-name>.*?</\\1>", "");
    }
}

package io.rollcall.subscription;

import io.rollcall.http.Format;
import io.rollcall.problem.Kind;
import io.rollcall.problem.Problem;
import io.rollcall.webhook.Secret;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * What a client wants of a list's delivery to a service outside; null is what it does not say.
 *
 * @param unlimited whether it says that there shall be no {@code maxRate}
 */
record OutletRequest(
        @Nullable Format format,
        @Nullable String maxRate,
        boolean unlimited,
        @Nullable URI url,
        @Nullable Secret secret) {

    static final OutletRequest NONE = new OutletRequest(null, null, false, null, null);

    /**
     * The outlet of a list with that delivery.
     *
     * @param before the list's own; what the client does not say stays as it is there; null if the list is new
     * @return null for a stream, which has none
     * @throws Problem {@link Kind#INVALID_REQUEST} if the delivery needs more, or has no use for what is said
     */
    @Nullable Outlet outlet(Delivery delivery, @Nullable Outlet before) {
        if (delivery == Delivery.STREAM) {
            if (!equals(NONE)) {
                throw new Problem(
                        Kind.INVALID_REQUEST,
                        "format, maxRate, url and secret belong to delivery jms or webhook; /events takes the first two as parameters");
            }
            return null;
        }
        Outlet said = before == null
                ? Outlet.of(format == null ? Format.JSON : format, maxRate, url, secret)
                : Outlet.of(
                        format == null ? before.format() : format,
                        maxRate == null && !unlimited ? before.maxRate() : maxRate,
                        url == null ? before.url() : url,
                        secret == null ? before.secret() : secret);
        if (delivery == Delivery.JMS && (url != null || secret != null)) {
            throw new Problem(Kind.INVALID_REQUEST, "url and secret belong to delivery webhook");
        }
        if (delivery == Delivery.WEBHOOK && said.url() == null) {
            throw new Problem(Kind.INVALID_REQUEST, "Say where the webhook is: \"url\":\"https://hooks.example.com/presence\"");
        }
        boolean needsSecret = delivery == Delivery.WEBHOOK && said.secret() == null;
        return needsSecret ? Outlet.of(said.format(), said.maxRate(), said.url(), Secret.generate()) : said;
    }
}

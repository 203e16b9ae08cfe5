package io.rollcall.policy;

import static io.rollcall.document.AuthPolicyXml.COMMON_POLICY;
import static io.rollcall.document.AuthPolicyXml.PRES_RULES;
import static io.rollcall.document.AuthPolicyXml.ROLLCALL;

import io.rollcall.document.AuthPolicyXml;
import io.rollcall.document.InvalidDocument;
import io.rollcall.document.XmlTree;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rules as {@code application/auth-policy+xml}, which follows the schemas of RFC 4745 §13 and RFC 5025 §8 in both
 * directions. What was read and written says the same; what this server does not know comes back as it came.
 */
public final class RulesetXml {
    private static final AuthPolicyXml XML = new AuthPolicyXml(PolicyLimits.DOCUMENT);

    private RulesetXml() {}

    /**
     * Reads a document.
     *
     * @param charset the parameter of the Content-Type, or null
     * @throws InvalidDocument saying what is wrong with it
     */
    public static Ruleset read(byte[] body, @Nullable String charset) {
        Ruleset ruleset = PolicyLimits.checked(RulesetXmlReader.ruleset(XML.read(body, charset)));
        // whatever is taken in one form can be had in the other, in which it is kept
        return RulesetJsonReader.readStored(RulesetJson.write(ruleset, null));
    }

    /** Equal rules give equal documents. */
    public static String write(Ruleset ruleset) {
        Object[] rules = ruleset.rules().stream().map(RulesetXml::rule).toArray();
        return AuthPolicyXml.write(XmlTree.of(COMMON_POLICY, "ruleset", rules));
    }

    static Unknown unknown(String xml) {
        return new Unknown(XML.readElement(xml));
    }

    private static XmlTree rule(Rule rule) {
        List<XmlTree> parts = new ArrayList<>();
        if (!rule.conditions().isEmpty()) {
            parts.add(XmlTree.of(
                    COMMON_POLICY,
                    "conditions",
                    rule.conditions().stream().map(RulesetXml::condition).toArray()));
        }
        List<XmlTree> actions = new ArrayList<>();
        actions.add(XmlTree.of(PRES_RULES, "sub-handling", rule.handling().word()));
        rule.actions().forEach(unknown -> actions.add(unknown.element()));
        parts.add(XmlTree.of(COMMON_POLICY, "actions", actions.toArray()));
        List<XmlTree> transformations = ProvisionXml.write(rule.provision(), XML);
        rule.transformations().forEach(unknown -> transformations.add(unknown.element()));
        if (!transformations.isEmpty()) {
            parts.add(XmlTree.of(COMMON_POLICY, "transformations", transformations.toArray()));
        }
        return XmlTree.of(COMMON_POLICY, "rule", parts.toArray()).with("id", rule.id());
    }

    private static XmlTree condition(Condition condition) {
        if (condition instanceof Identity identity) {
            return XmlTree.of(
                    COMMON_POLICY,
                    "identity",
                    identity.anyOf().stream().map(RulesetXml::who).toArray());
        }
        if (condition instanceof Sphere sphere) {
            return XmlTree.of(COMMON_POLICY, "sphere").with("value", sphere.value());
        }
        if (condition instanceof Validity validity) {
            List<XmlTree> times = new ArrayList<>();
            for (Validity.Period period : validity.periods()) {
                times.add(XmlTree.of(COMMON_POLICY, "from", period.from().toString()));
                times.add(XmlTree.of(COMMON_POLICY, "until", period.until().toString()));
            }
            return XmlTree.of(COMMON_POLICY, "validity", times.toArray());
        }
        return ((Unknown) condition).element();
    }

    private static XmlTree who(Who who) {
        if (who instanceof One one) {
            return XmlTree.of(COMMON_POLICY, "one").with("id", one.id());
        }
        if (who instanceof Many many) {
            List<XmlTree> inside = exceptions(many.exceptions());
            many.unknown().forEach(unknown -> inside.add(unknown.element()));
            XmlTree element = XmlTree.of(COMMON_POLICY, "many", inside.toArray());
            return many.domain() == null ? element : element.with("domain", many.domain());
        }
        if (who instanceof Group group) {
            return XmlTree.of(ROLLCALL, "group", exceptions(group.exceptions()).toArray())
                    .with("name", group.name());
        }
        return ((Unknown) who).element();
    }

    private static List<XmlTree> exceptions(List<Except> exceptions) {
        List<XmlTree> out = new ArrayList<>();
        for (Except except : exceptions) {
            XmlTree element = XmlTree.of(COMMON_POLICY, "except");
            element = except.domain() == null ? element : element.with("domain", except.domain());
            out.add(except.id() == null ? element : element.with("id", except.id()));
        }
        return out;
    }
}

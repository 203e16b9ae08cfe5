package io.rollcall.policy;

import static io.rollcall.document.AuthPolicyXml.COMMON_POLICY;
import static io.rollcall.document.AuthPolicyXml.PRES_RULES;
import static io.rollcall.document.AuthPolicyXml.ROLLCALL;

import io.rollcall.document.AuthPolicyXml;
import io.rollcall.document.InvalidDocument;
import io.rollcall.document.XmlTree;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.xml.datatype.DatatypeConstants;
import javax.xml.datatype.DatatypeFactory;
import javax.xml.datatype.XMLGregorianCalendar;
import org.jspecify.annotations.Nullable;

/** What the elements of a ruleset mean (RFC 4745 §13, RFC 5025 §8); they are valid by the schemas already. */
final class RulesetXmlReader {
    private RulesetXmlReader() {}

    static Ruleset ruleset(XmlTree ruleset) {
        return new Ruleset(ruleset.children().stream().map(RulesetXmlReader::rule).toList());
    }

    private static Rule rule(XmlTree rule) {
        List<Condition> conditions = new ArrayList<>();
        List<Unknown> actions = new ArrayList<>();
        Handling handling = null;
        ProvisionXml transformations = new ProvisionXml();
        for (XmlTree part : rule.children()) {
            for (XmlTree child : part.children()) {
                switch (part.name()) {
                    case "conditions" -> conditions.add(condition(child));
                    case "actions" -> {
                        if (!child.is(PRES_RULES, "sub-handling")) {
                            actions.add(new Unknown(child));
                        } else if (handling != null) {
                            throw new InvalidDocument("A rule may say sub-handling once");
                        } else {
                            handling = Handling.named(child.token());
                        }
                    }
                    default -> transformations.read(child);
                }
            }
        }
        return new Rule(
                String.valueOf(rule.attribute("id")).strip(),
                conditions,
                handling == null ? Handling.BLOCK : handling,
                transformations.provision(),
                actions,
                transformations.unknown());
    }

    private static Condition condition(XmlTree condition) {
        if (!condition.namespace().equals(COMMON_POLICY)) {
            return new Unknown(condition);
        }
        return switch (condition.name()) {
            case "identity" ->
                new Identity(condition.children().stream().map(RulesetXmlReader::who).toList());
            case "sphere" -> new Sphere(required(condition, "value"));
            case "validity" -> validity(condition);
            default -> new Unknown(condition);
        };
    }

    private static Who who(XmlTree who) {
        if (who.is(COMMON_POLICY, "one") && who.children().isEmpty()) {
            return new One(required(who, "id"));
        }
        if (who.is(COMMON_POLICY, "many")) {
            return new Many(who.attribute("domain"), exceptions(who), unknownExceptions(who));
        }
        if (who.is(ROLLCALL, "group") && unknownExceptions(who).isEmpty()) {
            return new Group(required(who, "name"), exceptions(who));
        }
        return new Unknown(who);
    }

    private static List<Except> exceptions(XmlTree parent) {
        return parent.children().stream()
                .filter(child -> child.is(COMMON_POLICY, "except"))
                .map(except -> new Except(except.attribute("id"), except.attribute("domain")))
                .toList();
    }

    private static List<Unknown> unknownExceptions(XmlTree parent) {
        return parent.children().stream()
                .filter(child -> !child.is(COMMON_POLICY, "except"))
                .map(Unknown::new)
                .toList();
    }

    private static Validity validity(XmlTree validity) {
        List<XmlTree> times = validity.children();
        List<Validity.Period> periods = new ArrayList<>();
        for (int i = 0; i + 1 < times.size(); i += 2) {
            periods.add(new Validity.Period(
                    time(times.get(i).token()), time(times.get(i + 1).token())));
        }
        return new Validity(periods);
    }

    /**
     * A time as xs:dateTime has it; one without a zone is in UTC.
     *
     * @throws InvalidDocument if it is none, or not in the years that this server can count
     */
    static Instant time(String text) {
        try {
            XMLGregorianCalendar time = DatatypeFactory.newDefaultInstance().newXMLGregorianCalendar(text);
            boolean whole = time.getXMLSchemaType() == DatatypeConstants.DATETIME;
            int year = whole && time.getEonAndYear().bitLength() < 15 ? time.getYear() : 0;
            if (year < 1 || year > 9999) {
                throw new IllegalArgumentException(text);
            }
            BigDecimal fraction = Objects.requireNonNullElse(time.getFractionalSecond(), BigDecimal.ZERO);
            time.setFractionalSecond(null);
            if (time.getTimezone() == DatatypeConstants.FIELD_UNDEFINED) {
                time.setTimezone(0);
            }
            Instant second = time.toGregorianCalendar().toInstant();
            return second.plusNanos(fraction.movePointRight(9).longValue());
        } catch (IllegalArgumentException noTime) {
            throw new InvalidDocument("A time is written like 2026-03-01T09:30:00Z, in the years 1 to 9999; '"
                    + text.substring(0, Math.min(40, text.length())) + "' is not", noTime);
        }
    }

    private static String required(XmlTree element, String attribute) {
        @Nullable String value = element.attribute(attribute);
        if (value == null || value.isBlank()) {
            throw new InvalidDocument(
                    element.name() + " needs an attribute " + attribute + ": " + AuthPolicyXml.writeElement(element));
        }
        return value.strip();
    }
}

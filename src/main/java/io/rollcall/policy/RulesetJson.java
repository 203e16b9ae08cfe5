package io.rollcall.policy;

import com.fasterxml.jackson.core.JsonGenerator;
import io.rollcall.document.AuthPolicyXml;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes rules as JSON of the same power as {@link RulesetXml}; {@link RulesetJsonReader} reads it. */
public final class RulesetJson {
    private final JsonGenerator out;

    private RulesetJson(JsonGenerator out) {
        this.out = out;
    }

    private interface Part {
        void write(RulesetJson json) throws IOException;
    }

    /**
     * The rules in an object.
     *
     * @param level the name of the level that they are, or null
     */
    public static String write(Ruleset ruleset, @Nullable String level) {
        return written(json -> {
            json.out.writeStartObject();
            json.out.writeStringField("level", level);
            json.out.writeArrayFieldStart("rules");
            for (Rule rule : ruleset.rules()) {
                json.rule(rule);
            }
            json.out.writeEndArray();
            json.out.writeEndObject();
        });
    }

    /** What is provided, as it stands in a rule behind {@code provide}: {@code "all"} or an object. */
    public static String write(Provision provision) {
        return written(json -> json.provision(provision));
    }

    private static String written(Part part) {
        StringWriter text = new StringWriter(512);
        try (JsonGenerator out = JsonTree.FACTORY.createGenerator(text)) {
            part.write(new RulesetJson(out));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    private void rule(Rule rule) throws IOException {
        out.writeStartObject();
        out.writeStringField("id", rule.id());
        if (!rule.conditions().isEmpty()) {
            out.writeArrayFieldStart("conditions");
            for (Condition condition : rule.conditions()) {
                condition(condition);
            }
            out.writeEndArray();
        }
        out.writeStringField("handling", rule.handling().word());
        if (!rule.provision().equals(Provision.NOTHING)) {
            out.writeFieldName("provide");
            provision(rule.provision());
        }
        unknown("unknownActions", rule.actions());
        unknown("unknownTransformations", rule.transformations());
        out.writeEndObject();
    }

    private void condition(Condition condition) throws IOException {
        out.writeStartObject();
        if (condition instanceof Identity identity) {
            out.writeArrayFieldStart("identity");
            for (Who who : identity.anyOf()) {
                who(who);
            }
            out.writeEndArray();
        } else if (condition instanceof Sphere sphere) {
            out.writeStringField("sphere", sphere.value());
        } else if (condition instanceof Validity validity) {
            out.writeArrayFieldStart("validity");
            for (Validity.Period period : validity.periods()) {
                out.writeStartObject();
                out.writeStringField("from", period.from().toString());
                out.writeStringField("until", period.until().toString());
                out.writeEndObject();
            }
            out.writeEndArray();
        } else {
            out.writeStringField("unknown", AuthPolicyXml.writeElement(((Unknown) condition).element()));
        }
        out.writeEndObject();
    }

    private void who(Who who) throws IOException {
        out.writeStartObject();
        if (who instanceof One one) {
            out.writeStringField("one", one.id());
        } else if (who instanceof Many many) {
            out.writeObjectFieldStart("many");
            if (many.domain() != null) {
                out.writeStringField("domain", many.domain());
            }
            exceptions(many.exceptions());
            unknown("unknown", many.unknown());
            out.writeEndObject();
        } else if (who instanceof Group group) {
            out.writeObjectFieldStart("group");
            out.writeStringField("name", group.name());
            exceptions(group.exceptions());
            out.writeEndObject();
        } else {
            out.writeStringField("unknown", AuthPolicyXml.writeElement(((Unknown) who).element()));
        }
        out.writeEndObject();
    }

    private void exceptions(List<Except> exceptions) throws IOException {
        if (exceptions.isEmpty()) {
            return;
        }
        out.writeArrayFieldStart("except");
        for (Except except : exceptions) {
            out.writeStartObject();
            if (except.id() != null) {
                out.writeStringField("id", except.id());
            }
            if (except.domain() != null) {
                out.writeStringField("domain", except.domain());
            }
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private void unknown(String name, List<Unknown> elements) throws IOException {
        if (elements.isEmpty()) {
            return;
        }
        out.writeArrayFieldStart(name);
        for (Unknown unknown : elements) {
            out.writeString(AuthPolicyXml.writeElement(unknown.element()));
        }
        out.writeEndArray();
    }

    private void provision(Provision provision) throws IOException {
        if (provision.isEverything()) {
            out.writeString("all");
            return;
        }
        out.writeStartObject();
        selection("services", provision.services());
        selection("persons", provision.persons());
        selection("devices", provision.devices());
        if (provision.allAttributes()) {
            out.writeStringField("attributes", "all");
        } else {
            attributes(provision);
        }
        out.writeEndObject();
    }

    private void attributes(Provision provision) throws IOException {
        if (!provision.attributes().isEmpty()) {
            out.writeArrayFieldStart("attributes");
            for (Attribute attribute : Attribute.values()) {
                if (provision.provides(attribute)) {
                    out.writeString(attribute.word());
                }
            }
            out.writeEndArray();
        }
        if (provision.userInput() != UserInput.FALSE) {
            out.writeStringField("user-input", provision.userInput().word());
        }
        if (!provision.unknown().isEmpty()) {
            out.writeArrayFieldStart("unknown");
            for (Provision.Name name : provision.unknown().stream().sorted(Provision.Name.ORDER).toList()) {
                out.writeStartObject();
                out.writeStringField("ns", name.namespace());
                out.writeStringField("name", name.name());
                out.writeEndObject();
            }
            out.writeEndArray();
        }
    }

    private void selection(String name, Selection selection) throws IOException {
        if (selection.all()) {
            out.writeStringField(name, "all");
        } else if (!selection.isEmpty()) {
            out.writeArrayFieldStart(name);
            for (Selector selector : selection.sorted()) {
                out.writeStartObject();
                out.writeStringField(selector.kind().word(), selector.value());
                out.writeEndObject();
            }
            out.writeEndArray();
        }
    }
}

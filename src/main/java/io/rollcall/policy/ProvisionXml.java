package io.rollcall.policy;

import static io.rollcall.document.AuthPolicyXml.PRES_RULES;

import io.rollcall.document.AuthPolicyXml;
import io.rollcall.document.InvalidDocument;
import io.rollcall.document.XmlTree;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The transformations of one rule as elements (RFC 5025 §3.3); one that says false says nothing. */
final class ProvisionXml {
    private static final String PROVIDE = "provide-";

    private Selection services = Selection.NONE;
    private Selection persons = Selection.NONE;
    private Selection devices = Selection.NONE;
    private final Set<Attribute> attributes = EnumSet.noneOf(Attribute.class);
    private UserInput userInput = UserInput.FALSE;
    private final Set<Provision.Name> names = new LinkedHashSet<>();
    private boolean allAttributes;
    private final List<Unknown> unknown = new ArrayList<>();

    Provision provision() {
        return new Provision(services, persons, devices, attributes, userInput, names, allAttributes);
    }

    List<Unknown> unknown() {
        return unknown;
    }

    void read(XmlTree element) {
        if (!element.namespace().equals(PRES_RULES)) {
            unknown.add(new Unknown(element));
            return;
        }
        switch (element.name()) {
            case "provide-services" -> services = both(services, selection(element, "all-services"));
            case "provide-persons" -> persons = both(persons, selection(element, "all-persons"));
            case "provide-devices" -> devices = both(devices, selection(element, "all-devices"));
            case "provide-user-input" ->
                userInput = userInput.or(UserInput.named(element.token()).orElse(UserInput.FALSE));
            case "provide-unknown-attribute" -> {
                if (isTrue(element)) {
                    names.add(new Provision.Name(
                            String.valueOf(element.attribute("ns")), String.valueOf(element.attribute("name"))));
                }
            }
            case "provide-all-attributes" -> allAttributes = true;
            default -> attribute(element);
        }
    }

    private void attribute(XmlTree element) {
        String word = element.name().startsWith(PROVIDE) ? element.name().substring(PROVIDE.length()) : "";
        Attribute attribute = Attribute.named(word).orElse(null);
        if (attribute == null) {
            unknown.add(new Unknown(element));
        } else if (isTrue(element)) {
            attributes.add(attribute);
        }
    }

    /** {@code xs:boolean} has two words for each. */
    private static boolean isTrue(XmlTree element) {
        return element.token().equals("true") || element.token().equals("1");
    }

    private static Selection both(Selection one, Selection other) {
        Set<Selector> all = new LinkedHashSet<>(one.selectors());
        all.addAll(other.selectors());
        return new Selection(one.all() || other.all(), all);
    }

    private static Selection selection(XmlTree element, String all) {
        Set<Selector> selectors = new LinkedHashSet<>();
        for (XmlTree child : element.children()) {
            if (child.is(PRES_RULES, all)) {
                return Selection.ALL;
            }
            Selector.Kind kind = child.namespace().equals(PRES_RULES)
                    ? Selector.Kind.named(child.name()).orElse(Selector.Kind.UNKNOWN)
                    : Selector.Kind.UNKNOWN;
            selectors.add(new Selector(
                    kind, kind == Selector.Kind.UNKNOWN ? AuthPolicyXml.writeElement(child) : value(child)));
        }
        return new Selection(false, selectors);
    }

    private static String value(XmlTree selector) {
        if (selector.token().isEmpty()) {
            throw new InvalidDocument(selector.name() + " needs a value");
        }
        return selector.token();
    }

    /** The elements that say the same. */
    static List<XmlTree> write(Provision provision, AuthPolicyXml reader) {
        List<XmlTree> out = new ArrayList<>();
        selection(out, "devices", provision.devices(), reader);
        selection(out, "persons", provision.persons(), reader);
        selection(out, "services", provision.services(), reader);
        if (provision.allAttributes()) {
            out.add(XmlTree.of(PRES_RULES, "provide-all-attributes"));
            return out;
        }
        for (Attribute attribute : Attribute.values()) {
            if (provision.provides(attribute)) {
                out.add(XmlTree.of(PRES_RULES, PROVIDE + attribute.word(), "true"));
            }
        }
        if (provision.userInput() != UserInput.FALSE) {
            out.add(XmlTree.of(PRES_RULES, "provide-user-input", provision.userInput().word()));
        }
        provision.unknown().stream()
                .sorted(Provision.Name.ORDER)
                .map(name -> XmlTree.of(PRES_RULES, "provide-unknown-attribute", "true")
                        .with("ns", name.namespace())
                        .with("name", name.name()))
                .forEach(out::add);
        return out;
    }

    private static void selection(List<XmlTree> out, String what, Selection selection, AuthPolicyXml reader) {
        if (selection.isEmpty()) {
            return;
        }
        Object[] inside = selection.all()
                ? new Object[] {XmlTree.of(PRES_RULES, "all-" + what)}
                : selection.sorted().stream()
                        .map(selector -> selector.kind() == Selector.Kind.UNKNOWN
                                ? reader.readElement(selector.value())
                                : XmlTree.of(PRES_RULES, selector.kind().word(), selector.value()))
                        .toArray();
        out.add(XmlTree.of(PRES_RULES, PROVIDE + what, inside));
    }
}

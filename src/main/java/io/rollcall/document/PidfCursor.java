package io.rollcall.document;

import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** Goes through a PIDF document element by element, passes over comments, refuses what XML offers beyond elements. */
final class PidfCursor {
    /** What an element is to {@link PidfParser}; OTHER is whatever it has no reading for. */
    enum Kind {
        TUPLE,
        STATUS,
        BASIC,
        CONTACT,
        NOTE,
        TIMESTAMP,
        PERSON,
        DEVICE,
        DEVICE_ID,
        OTHER
    }

    private final XMLStreamReader in;

    PidfCursor(XMLStreamReader in) {
        this.in = in;
    }

    void toRoot() throws XMLStreamException {
        while (in.next() != XMLStreamConstants.START_ELEMENT) {
            if (in.getEventType() == XMLStreamConstants.DTD) {
                throw new InvalidDocument("A DOCTYPE is not allowed: leave it out");
            }
        }
        if (!in.getLocalName().equals("presence") || !namespace().equals(Namespaces.PIDF)) {
            throw new InvalidDocument("The root must be presence in the namespace " + Namespaces.PIDF
                    + " (RFC 3863 §4.1.1), not " + here());
        }
    }

    void toEnd() throws XMLStreamException {
        while (in.hasNext()) {
            in.next();
        }
    }

    /** Goes to the next element inside the present one; false at its end. */
    boolean nextChild(String parent) throws XMLStreamException {
        while (true) {
            switch (in.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    return true;
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    return false;
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                    if (!in.isWhiteSpace()) {
                        throw new InvalidDocument("There may be no text directly inside " + parent);
                    }
                }
                case XMLStreamConstants.SPACE,
                        XMLStreamConstants.COMMENT,
                        XMLStreamConstants.PROCESSING_INSTRUCTION -> {}
                default -> throw new InvalidDocument("Entities are not allowed");
            }
        }
    }

    /** The text of the present element, up to its end. */
    String text() throws XMLStreamException {
        String name = in.getLocalName();
        String text = "";
        while (in.next() != XMLStreamConstants.END_ELEMENT) {
            switch (in.getEventType()) {
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
                    text = text.isEmpty() ? in.getText() : text + in.getText();
                case XMLStreamConstants.COMMENT, XMLStreamConstants.PROCESSING_INSTRUCTION -> {}
                default -> throw new InvalidDocument(name + " may hold nothing but text");
            }
        }
        return text;
    }

    /** The present element with all that is inside, up to its end. */
    Element element() throws XMLStreamException {
        return new ElementReader(in).read();
    }

    @Nullable String attribute(String name) {
        return in.getAttributeValue("", name);
    }

    @Nullable String language() {
        return in.getAttributeValue(Namespaces.XML, "lang");
    }

    String namespace() {
        return ElementReader.namespace(in);
    }

    /** Notes and timestamps of the data model count as PIDF's and the other way round: clients mix them up. */
    Kind kind() {
        String name = in.getLocalName();
        return switch (namespace()) {
            case Namespaces.PIDF -> switch (name) {
                case "tuple" -> Kind.TUPLE;
                case "status" -> Kind.STATUS;
                case "basic" -> Kind.BASIC;
                case "contact" -> Kind.CONTACT;
                case "note" -> Kind.NOTE;
                case "timestamp" -> Kind.TIMESTAMP;
                default -> Kind.OTHER;
            };
            case Namespaces.DATA_MODEL -> switch (name) {
                case "person" -> Kind.PERSON;
                case "device" -> Kind.DEVICE;
                case "deviceID" -> Kind.DEVICE_ID;
                case "note" -> Kind.NOTE;
                case "timestamp" -> Kind.TIMESTAMP;
                default -> Kind.OTHER;
            };
            case Namespaces.DRAFT_PERSON -> name.equals("person") ? Kind.PERSON : Kind.OTHER;
            default -> Kind.OTHER;
        };
    }

    /** The present element's name for a message. */
    String here() {
        String namespace = namespace();
        return XmlText.quote(in.getLocalName())
                + (namespace.isEmpty() ? " without a namespace" : " of " + XmlText.quote(namespace));
    }
}

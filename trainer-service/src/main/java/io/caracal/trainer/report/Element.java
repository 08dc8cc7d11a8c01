package io.caracal.trainer.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// An HTML element that is being put together. What is added as text or as the value of an attribute is escaped
/// here and nowhere else: labels and file names come from whoever made the data set.
final class Element {
    private static final Set<String> VOID = Set.of("meta", "img", "br");
    private static final Set<String> VERBATIM = Set.of("script", "style");

    private final String name;
    private final Map<String, String> attributes = new LinkedHashMap<>();
    private final List<Node> children = new ArrayList<>();

    private Element(String name) {
        this.name = name;
    }

    /// @param children elements
    static Element of(String name, Element... children) {
        return new Element(name).add(children);
    }

    /// An element that holds text.
    static Element text(String name, String text) {
        return new Element(name).add(text);
    }

    /// A script or style, which HTML does not unescape.
    ///
    /// @param content from this program or made safe for this place
    /// @throws IllegalArgumentException if the content could end the element or begin a comment in it
    static Element verbatim(String name, String content) {
        if (!VERBATIM.contains(name)) {
            throw new IllegalArgumentException(name + " is not one of " + VERBATIM);
        }
        if (content.contains("<!--") || content.toLowerCase(Locale.ROOT).contains("</" + name)) {
            throw new IllegalArgumentException("content that could end a " + name + " element");
        }
        Element element = new Element(name);
        element.children.add(new Verbatim(content));
        return element;
    }

    /// What an element can hold.
    private sealed interface Node {}

    private record Child(Element element) implements Node {}

    private record Text(String text) implements Node {}

    private record Verbatim(String content) implements Node {}

    Element with(String attribute, String value) {
        attributes.put(attribute, value);
        return this;
    }

    Element add(Element... elements) {
        return add(List.of(elements));
    }

    Element add(List<Element> elements) {
        elements.forEach(element -> children.add(new Child(element)));
        return this;
    }

    Element add(String text) {
        children.add(new Text(text));
        return this;
    }

    /// The HTML of it and all that is in it.
    @Override
    public String toString() {
        var html = new StringBuilder();
        appendTo(html);
        return html.toString();
    }

    private void appendTo(StringBuilder html) {
        html.append('<').append(name);
        attributes.forEach((attribute, value) -> html.append(' ')
                .append(attribute)
                .append("=\"")
                .append(escaped(value))
                .append('"'));
        html.append('>');
        if (VOID.contains(name)) {
            return;
        }
        for (Node child : children) {
            switch (child) {
                case Child(Element element) -> element.appendTo(html);
                case Verbatim(String content) -> html.append(content);
                case Text(String text) -> html.append(escaped(text));
            }
        }
        html.append("</").append(name).append('>');
    }

    /// For text and for attributes between double quotes. Control characters, which HTML does not allow, and the marks
    /// that change the direction of text become visible as U+FFFD.
    static String escaped(String text) {
        var html = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '&' -> html.append("&amp;");
                case '"' -> html.append("&quot;");
                case '\'' -> html.append("&#39;");
                default -> html.append(isInvisible(c) ? '\ufffd' : c);
            }
        }
        return html.toString();
    }

    private static boolean isInvisible(char c) {
        boolean control = Character.isISOControl(c) && c != '\n' && c != '\t';
        boolean direction = (c >= '\u202a' && c <= '\u202e') || (c >= '\u2066' && c <= '\u2069');
        return control || direction;
    }
}

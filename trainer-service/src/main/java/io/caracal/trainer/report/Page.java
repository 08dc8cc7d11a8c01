package io.caracal.trainer.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;

/// An HTML file that needs no other: style, charts and pictures are in it. Its content security policy forbids every
/// request and every script but the ones that it was written with, so that nothing which a data set smuggles into a
/// name can run, escaped or not.
final class Page {
    private final String title;

    /// @param title of the window and of the page
    Page(String title) {
        this.title = title;
    }

    /// @param subtitle one line below the title
    /// @param data elements that are not shown
    byte[] html(String subtitle, List<Element> sections, Element... data) {
        List<String> scripts = List.of(ChartLibrary.script(), ChartLibrary.drawing());
        Element head = Element.of("head")
                .add(Element.of("meta").with("charset", "utf-8"))
                .add(Element.of("meta")
                        .with("http-equiv", "Content-Security-Policy")
                        .with("content", policy(scripts)))
                .add(meta("viewport", "width=device-width, initial-scale=1"))
                .add(meta("color-scheme", "light dark"))
                .add(meta("referrer", "no-referrer"))
                .add(Element.text("title", title))
                .add(Element.verbatim("style", ChartLibrary.style()));
        Element body = Element.of("body")
                .add(Element.of("header", Element.text("h1", title), Element.text("p", subtitle)))
                .add(Element.of("main").add(sections))
                .add(data);
        scripts.forEach(script -> body.add(Element.verbatim("script", script)));
        return ("<!doctype html>\n" + Element.of("html", head, body).with("lang", "en") + "\n").getBytes(UTF_8);
    }

    private static Element meta(String name, String content) {
        return Element.of("meta").with("name", name).with("content", content);
    }

    private static String policy(List<String> scripts) {
        return "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; script-src "
                + scripts.stream()
                        .map(script -> "'sha256-" + sha256(script) + "'")
                        .collect(Collectors.joining(" "));
    }

    private static String sha256(String script) {
        return Base64.getEncoder().encodeToString(DigestUtils.sha256(script.getBytes(UTF_8)));
    }
}

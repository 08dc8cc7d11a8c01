package io.caracal.trainer.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.caracal.contracts.Json;
import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class RunPageTest {
    private static final Pattern SCRIPT = Pattern.compile("(?s)<script( type=[^>]*)?>(.*?)</script>");
    private static final Pattern STYLE = Pattern.compile("(?s)<style>(.*?)</style>");

    private static final RunReport RUN = Reports.hostile();

    private static String html;
    /// The page without its scripts and styles, which are no XML.
    private static List<Element> elements;

    @BeforeAll
    static void write() throws Exception {
        html = new String(RunPage.html(RUN), UTF_8);
        String markup = STYLE.matcher(SCRIPT.matcher(html).replaceAll("<script$1/>"))
                .replaceAll("<style/>")
                .replaceFirst("<!doctype html>", "")
                .replaceAll("<(meta|img|br)([^>]*)>", "<$1$2/>");
        Document document = DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(markup.getBytes(UTF_8)));
        NodeList all = document.getElementsByTagName("*");
        elements = new ArrayList<>();
        for (int i = 0; i < all.getLength(); i++) {
            elements.add((Element) all.item(i));
        }
    }

    private static List<String> all(String element) {
        return elements.stream()
                .filter(candidate -> candidate.getTagName().equals(element))
                .map(Element::getTextContent)
                .toList();
    }

    @Test
    void hostileNamesStayText() {
        // Then there are no more scripts and pictures than the page's own
        assertThat(all("script")).hasSize(3);
        assertThat(all("style")).hasSize(1);
        assertThat(all("svg")).isEmpty();
        assertThat(all("img")).hasSize(1);
        assertThat(elements).allSatisfy(element -> {
            for (int a = 0; a < element.getAttributes().getLength(); a++) {
                assertThat(element.getAttributes().item(a).getNodeName()).doesNotStartWith("on");
            }
        });
        // and the names can be read
        assertThat(all("h1")).containsExactly(Reports.HOSTILE.get(3) + " " + Reports.HOSTILE.get(4));
        assertThat(all("strong")).contains(Reports.HOSTILE.get(0));
        assertThat(all("code")).containsExactly("&lt;b&gt;\ufffdgpj.exe\ufffd", Reports.HOSTILE.get(2));
    }

    @Test
    void nothingIsLoadedFromElsewhere() {
        // Then
        assertThat(elements)
                .extracting(Element::getTagName)
                .doesNotContain("link", "iframe", "object", "embed", "base");
        assertThat(elements).allSatisfy(element -> {
            assertThat(element.hasAttribute("href")).isFalse();
            assertThat(element.hasAttribute("srcset")).isFalse();
            assertThat(element.getAttribute("style")).matches("(--share:[0-9.]+)?");
            if (element.hasAttribute("src")) {
                assertThat(element.getAttribute("src")).startsWith("data:image/jpeg;base64,");
            }
        });
        assertThat(STYLE.matcher(html).results().map(found -> found.group(1)))
                .noneMatch(style -> style.contains("url(") || style.contains("@import") || style.contains("http"));
        assertThat(ChartLibrary.drawing()).doesNotContain("http", "fetch", "import(", "innerHTML");
    }

    @Test
    void policyForbidsEveryRequestAndAllScriptsButItsOwn() throws Exception {
        // Given
        String policy = elements.stream()
                .filter(element -> element.getAttribute("http-equiv").equals("Content-Security-Policy"))
                .findFirst()
                .orElseThrow()
                .getAttribute("content");
        List<String> hashes = new ArrayList<>();
        for (MatchResult script : SCRIPT.matcher(html).results().toList()) {
            if (script.group(1) == null) {
                byte[] hash = MessageDigest.getInstance("SHA-256")
                        .digest(script.group(2).getBytes(UTF_8));
                hashes.add("'sha256-" + Base64.getEncoder().encodeToString(hash) + "'");
            }
        }

        // Then
        assertThat(hashes).hasSize(2);
        assertThat(policy).startsWith("default-src 'none'; img-src data:;");
        assertThat(policy).endsWith("script-src " + String.join(" ", hashes));
    }

    @Test
    void figuresCanBeReadFromThePage() {
        // When
        String figures = RunPage.figures(html).orElseThrow();

        // Then
        assertThat(Json.read(figures.getBytes(UTF_8), JsonNode.class))
                .isEqualTo(Json.read(Json.write(RUN), JsonNode.class));
        assertThat(RunPage.figures("<html></html>")).isEmpty();
    }

    @Test
    void everyPartIsThere() {
        // Then
        assertThat(all("h2"))
                .containsExactly(
                        "Training",
                        "Classes",
                        "Calibration",
                        "Worst mistakes",
                        "Time and memory",
                        "Images left out",
                        "Provenance");
        assertThat(all("canvas")).hasSize(5);
        assertThat(all("dd")).contains("0.7500", "4 images; 95 % interval 0.3006 to 0.9544", "29.6 k");
        assertThat(all("td")).contains("ab".repeat(32), "1 min 16 s");
    }
}

package io.caracal.trainer.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ElementTest {
    private static final Pattern ONE_PARAGRAPH = Pattern.compile("<p title=\"[^\"<>]*\">[^<>]*</p>");

    @Test
    void textAndAttributesAreEscaped() {
        // When
        String html = Element.text("p", "<script>alert('1') & more</script>")
                .with("title", "\"><img src=x onerror=alert(1)>")
                .toString();

        // Then
        assertThat(html)
                .isEqualTo("<p title=\"&quot;&gt;&lt;img src=x onerror=alert(1)&gt;\">"
                        + "&lt;script&gt;alert(&#39;1&#39;) &amp; more&lt;/script&gt;</p>");
    }

    @Test
    void charactersThatWouldHideSomethingAreShown() {
        // Given a name whose end is written from right to left, so that it looks like gpj.exe
        String name = "cat\u202egpj.exe\u0000\u001b[2K";

        // When
        String html = Element.text("p", name).toString();

        // Then
        assertThat(html).isEqualTo("<p>cat\ufffdgpj.exe\ufffd\ufffd[2K</p>");
    }

    @Test
    void nothingThatIsAddedAsTextBecomesMarkup() {
        // Given
        var random = new Random(5);
        String dangerous = "<>&\"'/=`!-\\\u0000\u2028abc ;#x";

        for (int round = 0; round < 2_000; round++) {
            var text = new StringBuilder();
            for (int i = random.nextInt(40); i > 0; i--) {
                text.append(dangerous.charAt(random.nextInt(dangerous.length())));
            }

            // When
            String html = Element.text("p", text.toString())
                    .with("title", text.toString())
                    .toString();

            // Then
            assertThat(html).matches(ONE_PARAGRAPH);
        }
    }

    @Test
    void scriptThatCouldEndItselfIsRefused() {
        // When, Then
        assertThatThrownBy(() -> Element.verbatim("script", "'</SCRIPT>'"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Element.verbatim("script", "'<!--'")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Element.verbatim("p", "text")).isInstanceOf(IllegalArgumentException.class);
    }
}

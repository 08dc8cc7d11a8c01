package io.caracal.trainer.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// What images of each class were taken for, and each class's figures.
final class ConfusionSection {
    /// With more classes the matrix cannot be read; the most frequent mistakes are listed instead.
    private static final int MOST_CLASSES = 24;

    private static final int PAIRS = 20;

    private ConfusionSection() {}

    static Element of(TestFigures test) {
        return Sections.section(
                "Classes",
                test.classes().size() <= MOST_CLASSES ? matrix(test) : pairs(test),
                Sections.table(
                        List.of("class", "precision", "recall", "F1", "support"),
                        test.classes().stream().map(ConfusionSection::row).toList()),
                Element.text(
                        "p",
                        "Precision: of the images taken for this class, the share that is of it. Recall: of the images of this "
                                + "class, the share that was taken for it. F1: their harmonic mean. Support: images of it."));
    }

    private static List<String> row(TestFigures.PerClass row) {
        return List.of(
                row.label(),
                Numbers.share(row.precision()),
                Numbers.share(row.recall()),
                Numbers.share(row.f1()),
                Numbers.count(row.images()));
    }

    private static Element matrix(TestFigures test) {
        Element head = Element.of("tr", Element.text("th", "true \\ predicted").with("scope", "col"));
        test.classes().forEach(c -> head.add(Element.text("th", c.label()).with("scope", "col")));
        Element body = Element.of("tbody");
        for (int label = 0; label < test.classes().size(); label++) {
            TestFigures.PerClass row = test.classes().get(label);
            Element line = Element.of("tr", Element.text("th", row.label()).with("scope", "row"));
            for (int predicted = 0; predicted < test.classes().size(); predicted++) {
                line.add(cell(test.confusion()[label][predicted], row.images(), label == predicted));
            }
            body.add(line);
        }
        Element table = Element.of(
                        "table",
                        Element.text("caption", "Images by true class (rows) and predicted class (columns)"),
                        Element.of("thead", head),
                        body)
                .with("class", "confusion");
        return Element.of("div", table).with("class", "scroll");
    }

    private static Element cell(int images, int ofClass, boolean right) {
        double share = ofClass == 0 ? 0 : (double) images / ofClass;
        return Element.text("td", Numbers.count(images))
                .add(Element.text("small", ofClass == 0 ? "" : Numbers.percent(share)))
                .with("class", right ? "right" : "wrong")
                .with("style", String.format(Locale.ROOT, "--share:%.3f", share));
    }

    private record Pair(String label, String predicted, int images) {}

    private static Element pairs(TestFigures test) {
        List<Pair> pairs = new ArrayList<>();
        for (int label = 0; label < test.classes().size(); label++) {
            for (int predicted = 0; predicted < test.classes().size(); predicted++) {
                int images = test.confusion()[label][predicted];
                if (label != predicted && images > 0) {
                    pairs.add(new Pair(
                            test.classes().get(label).label(),
                            test.classes().get(predicted).label(),
                            images));
                }
            }
        }
        return Sections.table(
                List.of("true class", "taken for", "images"),
                pairs.stream()
                        .sorted(Comparator.comparingInt(Pair::images).reversed())
                        .limit(PAIRS)
                        .map(pair -> List.of(pair.label(), pair.predicted(), Numbers.count(pair.images())))
                        .toList());
    }
}

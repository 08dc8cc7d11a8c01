package io.caracal.trainer.report;

import java.util.Base64;
import java.util.List;

/// The worst mistakes as pictures.
final class MistakesSection {
    private MistakesSection() {}

    /// @param all images that got a wrong label, shown or not
    static Element of(List<Mistake> mistakes, int all) {
        if (mistakes.isEmpty()) {
            return Sections.section("Worst mistakes", Element.text("p", "None: every image got its label."));
        }
        Element gallery = Element.of("div").with("class", "gallery");
        mistakes.forEach(mistake -> gallery.add(card(mistake)));
        return Sections.section(
                "Worst mistakes",
                Element.text(
                        "p",
                        "Of " + Numbers.count(all) + " images with a wrong label, the " + mistakes.size()
                                + " of which the model was surest: often a wrong label in the data set, or two classes in one "
                                + "picture."),
                gallery);
    }

    private static Element card(Mistake mistake) {
        Element picture = mistake.picture()
                .map(jpeg -> Element.of("img")
                        .with(
                                "src",
                                "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(jpeg))
                        .with("alt", "Image " + mistake.entry())
                        .with("loading", "lazy"))
                .orElseGet(() -> Element.text("p", "no picture"));
        Element verdict = Element.of(
                "p",
                Element.text("strong", mistake.predicted()),
                Element.text("span", " " + Numbers.percent(mistake.probability())));
        Element truth =
                Element.text("p", "is " + mistake.label() + " (" + Numbers.percent(mistake.labelProbability()) + ")");
        return Element.of(
                        "figure",
                        Element.of("div", picture).with("class", "picture"),
                        Element.of("figcaption", verdict, truth, Element.text("code", mistake.entry())))
                .with("class", "mistake");
    }
}

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
        String folder = sharedFolder(mistakes);
        Element gallery = Element.of("div").with("class", "gallery");
        mistakes.forEach(mistake -> gallery.add(card(mistake, folder.length())));
        return Sections.section(
                "Worst mistakes",
                Element.text(
                        "p",
                        "Of " + Numbers.count(all) + " images with a wrong label, the " + mistakes.size()
                                + " of which the model was surest: often a wrong label in the data set, or two classes in one "
                                + "picture."
                                + (folder.isEmpty() ? "" : " Their names continue " + folder + ".")),
                gallery);
    }

    /// What the names of all of them begin with, up to a slash; so much would be the same below every picture.
    static String sharedFolder(List<Mistake> mistakes) {
        String shared = mistakes.getFirst().entry();
        for (Mistake mistake : mistakes) {
            int same = 0;
            while (same < Math.min(shared.length(), mistake.entry().length())
                    && shared.charAt(same) == mistake.entry().charAt(same)) {
                same++;
            }
            shared = shared.substring(0, same);
        }
        return shared.substring(0, shared.lastIndexOf('/') + 1);
    }

    /// @param shared how much of the entry is left out
    private static Element card(Mistake mistake, int shared) {
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
                        Element.of(
                                "figcaption",
                                verdict,
                                truth,
                                Element.text("code", mistake.entry().substring(shared))))
                .with("class", "mistake");
    }
}

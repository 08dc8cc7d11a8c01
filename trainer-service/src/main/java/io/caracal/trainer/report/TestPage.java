package io.caracal.trainer.report;

import io.caracal.contracts.ModelCard;
import io.caracal.datasets.ImageSet;
import java.util.ArrayList;
import java.util.List;

/// The page of a model's test on some data.
public final class TestPage {
    private TestPage() {}

    /// One HTML file in UTF-8 that opens offline.
    ///
    /// @param data where the images are from, for a person
    public static byte[] html(
            ModelCard card, String data, TestFigures test, List<Mistake> mistakes, List<ImageSet.Skipped> skipped) {
        List<Element> sections = new ArrayList<>();
        sections.add(Sections.tiles(tiles(test)));
        sections.addAll(sections(test, mistakes));
        sections.add(SkippedSection.of(skipped));
        return new Page(card.name() + " " + card.version()).html("tested on " + data, sections);
    }

    static List<Element> sections(TestFigures test, List<Mistake> mistakes) {
        List<Element> sections = new ArrayList<>();
        sections.add(ConfusionSection.of(test));
        test.calibration().map(CalibrationSection::of).ifPresent(sections::add);
        sections.add(MistakesSection.of(mistakes, wrong(test)));
        return sections;
    }

    static List<Sections.Tile> tiles(TestFigures test) {
        List<Sections.Tile> tiles = new ArrayList<>();
        Interval interval = Interval.of(test.images() - wrong(test), test.images());
        tiles.add(new Sections.Tile(
                "Test accuracy",
                Numbers.share(test.accuracy()),
                Numbers.count(test.images()) + " images; 95 % interval " + Numbers.share(interval.low()) + " to "
                        + Numbers.share(interval.high())));
        test.calibration()
                .ifPresent(calibration -> tiles.add(
                        new Sections.Tile("Calibration error", Numbers.share(calibration.ece()), "ECE, 0 is best")));
        return tiles;
    }

    private static int wrong(TestFigures test) {
        int right = 0;
        for (int c = 0; c < test.confusion().length; c++) {
            right += test.confusion()[c][c];
        }
        return test.images() - right;
    }
}

package io.caracal.trainer.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.caracal.contracts.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The page of a run.
public final class RunPage {
    private static final String FIGURES = "figures";
    private static final Pattern EMBEDDED =
            Pattern.compile("<script type=\"application/json\" id=\"" + FIGURES + "\">([^<]*)</script>");

    private RunPage() {}

    /// One HTML file in UTF-8 that opens offline and carries the run's JSON.
    public static byte[] html(RunReport run) {
        List<Element> sections = new ArrayList<>();
        sections.add(Sections.tiles(tiles(run)));
        sections.add(TrainingSection.of(run));
        sections.addAll(TestPage.sections(run.test(), run.mistakes()));
        sections.add(TimingSection.of(run));
        sections.add(SkippedSection.of(run.skipped()));
        sections.add(ProvenanceSection.of(run));
        return new Page(run.card().name() + " " + run.card().version())
                .html(
                        run.recipe().preset() + ", " + run.card().labels().size() + " classes, "
                                + run.card().input().width() + "×"
                                + run.card().input().height() + " pixels; "
                                + Numbers.count(run.split().train()) + " images to train, "
                                + Numbers.count(run.split().validation()) + " to validate, "
                                + Numbers.count(run.split().test()) + " held out",
                        sections,
                        Element.verbatim("script", figures(run))
                                .with("type", "application/json")
                                .with("id", FIGURES));
    }

    /// JSON that no HTML can be in.
    private static String figures(RunReport run) {
        return new String(Json.write(run), UTF_8).replace("<", "\\u003c");
    }

    /// The JSON that a page carries; empty if it is not one of a run.
    public static Optional<String> figures(String html) {
        return Optional.of(EMBEDDED.matcher(html)).filter(Matcher::find).map(found -> found.group(1));
    }

    private static List<Sections.Tile> tiles(RunReport run) {
        List<Sections.Tile> tiles = new ArrayList<>(TestPage.tiles(run.test()));
        tiles.add(new Sections.Tile(
                "Validation accuracy",
                Numbers.share(run.validation().accuracy()),
                "epoch " + run.bestEpoch() + " of " + run.epochs().size()));
        tiles.add(new Sections.Tile(
                "Parameters",
                Numbers.brief(run.cost().parameters()),
                Numbers.brief(run.cost().macs()) + " MACs per image"));
        tiles.add(new Sections.Tile(
                "Training images/s", Numbers.rate(run.imagesPerSecond()), Numbers.duration(run.seconds()) + " in all"));
        return tiles;
    }
}

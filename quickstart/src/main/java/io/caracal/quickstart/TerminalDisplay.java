package io.caracal.quickstart;

import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/// Progress bars that move in place.
record TerminalDisplay(PrintStream out) implements Display {
    private static final int UPDATE_MILLIS = 200;
    private static final int TASK_WIDTH = 12;

    @Override
    public void say(String line) {
        out.println(line);
    }

    @Override
    public Meter meter(String task, long total) {
        ProgressBar bar = new ProgressBarBuilder()
                .setTaskName(("%-" + TASK_WIDTH + "s").formatted(task))
                .setInitialMax(total)
                .setStyle(ProgressBarStyle.UNICODE_BLOCK)
                .setUpdateIntervalMillis(UPDATE_MILLIS)
                .hideEta()
                .setConsumer(new ConsoleProgressBarConsumer(out, TerminalWidth.now()))
                .build();
        return new Meter() {
            @Override
            public void at(long done, String figures) {
                bar.stepTo(done);
                bar.setExtraMessage(" " + figures);
            }

            @Override
            public void close() {
                bar.close();
            }
        };
    }
}

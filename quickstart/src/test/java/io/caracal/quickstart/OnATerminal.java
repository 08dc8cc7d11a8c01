package io.caracal.quickstart;

import java.util.concurrent.CountDownLatch;

/// A process that shows a bar until it is stopped, and says so then.
final class OnATerminal {
    static final String TASK = "Streaming";
    static final String CLEARED_UP = "cleared up";

    private OnATerminal() {}

    public static void main(String[] arguments) throws InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println(CLEARED_UP)));
        try (Display.Meter meter = new TerminalDisplay(System.out).meter(TASK, 10)) {
            meter.at(1, "");
            new CountDownLatch(1).await();
        }
    }
}

package io.caracal.scoring;

/// The first line of what an exception says: native libraries like to print pages.
final class OneLine {
    private OneLine() {}

    static String of(Throwable e) {
        String message = e.getMessage();
        return message == null
                ? e.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }
}

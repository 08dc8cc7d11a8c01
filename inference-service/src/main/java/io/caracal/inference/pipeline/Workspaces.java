package io.caracal.inference.pipeline;

import io.caracal.imaging.Limits;
import io.caracal.imaging.Preprocessing;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Keeps the workspaces that no thread uses: never more than there are threads. A workspace made for another model's
/// geometry is closed when it is met.
final class Workspaces implements AutoCloseable {
    private final ConcurrentLinkedQueue<Workspace> idle = new ConcurrentLinkedQueue<>();
    private final Limits limits;
    private final int images;

    Workspaces(Limits limits, int images) {
        this.limits = limits;
        this.images = images;
    }

    /// A cleared workspace; the caller gives it back.
    Workspace take(Preprocessing preprocessing) {
        for (Workspace workspace = idle.poll(); workspace != null; workspace = idle.poll()) {
            if (workspace.fits(preprocessing)) {
                workspace.clear();
                return workspace;
            }
            workspace.close();
        }
        return new Workspace(preprocessing, limits, images);
    }

    void give(Workspace workspace) {
        idle.add(workspace);
    }

    /// Closes what is idle; nothing may be taken any more.
    @Override
    public void close() {
        for (Workspace workspace = idle.poll(); workspace != null; workspace = idle.poll()) {
            workspace.close();
        }
    }
}

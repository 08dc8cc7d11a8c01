package io.caracal.ingest.admit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/// What became of the latest images whose senders chose an id, so that one that is sent again is answered again and not
/// published twice. In memory, in this process, bounded.
@Singleton
final class RecentIds {
    private final Cache<Key, CompletableFuture<Receipt>> receipts;

    RecentIds(AdmitSettings settings) {
        this.receipts =
                Caffeine.newBuilder().maximumSize(settings.rememberedIds()).build();
    }

    /// Runs the action unless it is running or has succeeded for this id.
    CompletionStage<Receipt> once(String source, String id, Supplier<CompletionStage<Receipt>> action) {
        var key = new Key(source, id);
        var mine = new CompletableFuture<Receipt>();
        CompletableFuture<Receipt> earlier = receipts.asMap().putIfAbsent(key, mine);
        if (earlier != null) {
            return earlier.copy();
        }
        action.get().whenComplete((receipt, failure) -> {
            if (!(receipt instanceof Receipt.Accepted)) {
                receipts.asMap().remove(key, mine);
            }
            if (failure == null) {
                mine.complete(receipt);
            } else {
                mine.completeExceptionally(failure);
            }
        });
        return mine.copy();
    }

    private record Key(String source, String id) {}
}

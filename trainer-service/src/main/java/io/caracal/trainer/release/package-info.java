/// From a trained network to a published model: export, parity gate, test on held-out images, model store, and the
/// record on the `models` topic, in this order. Whatever fails or is cancelled on the way leaves nothing published.
package io.caracal.trainer.release;
